/** The makers of a day, each in a process of its own, so that none counts for the memory of another. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { pySparkPython } from 'spark-connect/testing/python';

export type Seconds = Readonly<Record<'dataload' | 'prepare', number>>;

export const duckDb = (input: string, output: string, rounds: number): Promise<Seconds[]> =>
  spoken(process.execPath, [join(import.meta.dirname, 'duckdb.ts'), input, output, String(rounds)]);

export const pySpark = (remote: string, input: string, output: string, rounds: number): Promise<Seconds[]> => {
  return spoken(pySparkPython(), [
    '-B',
    join(import.meta.dirname, 'pyspark_day.py'),
    remote,
    input,
    output,
    String(rounds),
  ]);
};

async function spoken(command: string, words: readonly string[]): Promise<Seconds[]> {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${String(code)}`);
  return JSON.parse(said) as Seconds[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
