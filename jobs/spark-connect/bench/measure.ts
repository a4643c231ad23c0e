/** Runs work in processes of its own, ours and PySpark's. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Cost {
  readonly rows: number;
  /** Of each time that the work was done. */
  readonly elapsedMs: readonly number[];
  /** The largest part of the process that ever was in memory. */
  readonly peakMb: number;
  /** From the start of the process until its line came. */
  readonly processMs: number;
}

/** How a process is started that takes `remote work sql repeats`. */
export type Side = readonly [command: string, ...args: string[]];

export const OURS: Side = [process.execPath, join(import.meta.dirname, 'worker.ts')];
export const theirs = (python: string): Side => [python, '-B', join(import.meta.dirname, 'peer.py')];

/** @throws Error where the process fails */
export async function cost(
  [command, ...args]: Side,
  remote: string,
  work: string,
  sql: string,
  repeats: number,
): Promise<Cost> {
  const startMs = performance.now();
  const child = spawn(command, [...args, remote, work, sql, String(repeats)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let processMs = 0;
  child.stdout.once('data', () => {
    processMs = performance.now() - startMs;
  });
  const [[code], line] = await Promise.all([once(child, 'close'), text(child.stdout)]);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ${work} failed with ${code}.`);
  return { ...(JSON.parse(line) as Omit<Cost, 'processMs'>), processMs };
}
