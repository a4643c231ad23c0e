/**
 * The Spark that a script works with: the server that SPARK_REMOTE names, or one that ends with the script: embedded, or in
 * a container where the set-up found no Java or no Maven.
 */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { LakeError } from 'lake';
import { startLocalServer } from 'spark-connect/server';
import { type Folders, type Server, startSparkContainer } from './spark-container.ts';

export type { Server };

/** Written by the set-up. */
const IMAGE_FILE = '.cache/spark-image';

/**
 * @param remote of a server that is there; one is started without it
 * @param folders that the server works in
 * @param signal ends the waiting for the start
 * @throws LakeError config where there is no Java or no Spark to start
 */
export async function sparkServer(
  remote: string | undefined,
  folders: Folders,
  signal: AbortSignal,
  progress: { say(text: string): void },
): Promise<Server> {
  if (remote) return { remote, lost: new AbortController().signal, [Symbol.asyncDispose]: () => Promise.resolve() };
  const logFile = resolve(join('data', 'spark.log'));
  if (existsSync(IMAGE_FILE)) {
    if (!isOnPath('docker')) {
      throw new LakeError(
        'config',
        'docker is not on the PATH, and the set-up chose it: install it, or Java 17 and Maven, and run npm start again',
      );
    }
    progress.say('starting Spark in a container');
    return startSparkContainer({ image: readFileSync(IMAGE_FILE, 'utf8'), folders, logFile, signal });
  }
  const jarsFile = '.cache/spark-jars';
  if (!existsSync(jarsFile))
    throw new LakeError('config', 'the Spark server is not installed: run npm start, which fetches it');
  if (!isOnPath('java'))
    throw new LakeError(
      'config',
      'java is not on the PATH: Spark needs Java 17 or newer. Install a JRE, or Docker, and run npm start',
    );
  progress.say('starting Spark');
  return await startLocalServer({ jarsDir: readFileSync(jarsFile, 'utf8'), logFile, signal });
}

function isOnPath(command: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => existsSync(join(folder, command)));
}
