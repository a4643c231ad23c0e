/** The images by docker's own command, as a scheduler and an operator use them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { JobName } from 'lake';
import type { Ended } from '../processes.ts';

export const JOBS: readonly JobName[] = ['dataload', 'prepare'];

export const imageOf = (name: string): string => `recipe-etl-${name}:${process.env['RECIPE_ETL_TAG'] || 'dev'}`;

/** As the scheduler starts a job: nothing can be written, nothing may be done but compute. */
export const LOCKED_UP = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'] as const;

/** For Java: a Spark that lives for minutes loses more by the second compiler than it wins. */
export const SHORT_LIVED = { JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' } as const;

/** Runs a command in the root of the repository. @param variables beside those of this process */
export async function command(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  cwd = '.',
): Promise<Pick<Ended, 'exitCode' | 'stdout' | 'stderr'>> {
  const [program = '', ...args] = words;
  const env = { ...process.env, ...variables };
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode: code ?? undefined, stdout, stderr };
}

/** @returns what docker printed. @throws Error with its words where it fails */
export async function docker(...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await command(['docker', ...words]);
  if (exitCode !== 0) throw new Error(`docker ${words.join(' ')} ended with ${exitCode}: ${stderr}${stdout}`);
  return stdout.trim();
}

export async function inspect<T>(what: string, format: string): Promise<T> {
  return JSON.parse(await docker('inspect', '--format', `{{json ${format}}}`, what)) as T;
}

/** Runs a command in the image instead of its job, locked up as a job is. */
export const inImage = (image: string, ...words: [string, ...string[]]): Promise<string> => {
  const [entry, ...rest] = words;
  return docker('run', '--rm', '--network', 'none', ...LOCKED_UP, '--entrypoint', entry, image, ...rest);
};
