/** The Spark that a script works with: the server that SPARK_REMOTE names, or an embedded one that ends with the script. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { LakeError } from 'lake';
import { startLocalServer } from 'spark-connect/server';

export interface Server extends AsyncDisposable {
  readonly remote: string;
}

/**
 * @param remote of a server that is there; an embedded one is started without it
 * @param signal ends the waiting for the start
 * @throws LakeError config where there is no Java or no Spark to start
 */
export async function sparkServer(
  remote: string | undefined,
  signal: AbortSignal,
  progress: { say(text: string): void },
): Promise<Server> {
  if (remote) return { remote, [Symbol.asyncDispose]: () => Promise.resolve() };
  const jarsFile = '.cache/spark-jars';
  if (!existsSync(jarsFile))
    throw new LakeError('config', 'the Spark server is not installed: run npm start, which fetches it');
  if (!isOnPath('java'))
    throw new LakeError('config', 'java is not on the PATH: Spark needs Java 17 or newer, install a JRE');
  progress.say('starting Spark');
  return startLocalServer({
    jarsDir: readFileSync(jarsFile, 'utf8'),
    logFile: resolve(join('data', 'spark.log')),
    signal,
  });
}

function isOnPath(command: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => existsSync(join(folder, command)));
}
