/** A Python with packages of its own below .cache, made once for each list of packages. */
import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that names what was installed. */
const DONE = 'packages';
const CACHE = join(import.meta.dirname, '..', '..', '..', '.cache');

/** @returns what the command writes. @throws Error where it fails */
export function run(command: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const result = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28, ...options });
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed: ${result.error?.message ?? result.status}`);
  return result.stdout.toString();
}

/** PySpark's own client, of the version that ours is held against. */
export const PYSPARK_CLIENT = 'pyspark-client==4.2.0';

/** @returns the path of a python that has it; `ORACLE_PYTHON` names one that is there already */
export const pySparkPython = (): string => process.env['ORACLE_PYTHON'] || pythonWith('pyspark', [PYSPARK_CLIENT]);

/** @param name of its folder @returns the path of the python */
export function pythonWith(name: string, packages: readonly string[]): string {
  const folder = join(CACHE, name);
  const bin = join(folder, 'bin', 'python');
  const isMade = (): boolean => {
    const done = join(folder, DONE);
    return existsSync(done) && readFileSync(done, 'utf8') === packages.join('\n');
  };
  if (isMade()) return bin;
  // Test files run side by side: each makes one of its own, and the first that is done is taken by all. By a link, since the
  // scripts of an environment name the folder that it was made in.
  const made = `${folder}-${randomUUID().slice(0, 8)}`;
  run('python3', ['-m', 'venv', made]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  run(join(made, 'bin', 'python'), pip);
  writeFileSync(join(made, DONE), packages.join('\n'));
  if (isMade()) rmSync(made, { recursive: true });
  else replaceByLink(folder, made);
  return bin;
}

/** In one step, unless there is a folder of its own. */
function replaceByLink(folder: string, target: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) rmSync(folder, { recursive: true });
  const link = `${target}.link`;
  symlinkSync(target, link);
  renameSync(link, folder);
}
