/** What is measured: days by their number of events and files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeGenerated } from '../events/generated-events.ts';

export interface Workload {
  readonly name: string;
  readonly events: number;
  /** One line each, instead of files of 50,000. */
  readonly isInSmallFiles?: boolean;
  readonly rounds: number;
  /** PySpark takes minutes for a large day: one round then. */
  readonly pysparkRounds: number;
}

export const WORKLOADS: readonly Workload[] = [
  { name: '500', events: 500, rounds: 7, pysparkRounds: 5 },
  { name: '100k', events: 100_000, rounds: 3, pysparkRounds: 2 },
  { name: '500k', events: 500_000, rounds: 3, pysparkRounds: 1 },
  { name: '4M', events: 4_000_000, rounds: 1, pysparkRounds: 0 },
  { name: '20k', events: 20_000, rounds: 3, pysparkRounds: 1 },
  { name: '20k-files', events: 20_000, isInSmallFiles: true, rounds: 1, pysparkRounds: 0 },
];

/** @returns the folder of the day's files, made once */
export async function inputOf({ name, events, isInSmallFiles = false }: Workload, folder: string): Promise<string> {
  const input = join(folder, `input-${name}`);
  if (existsSync(input)) return input;
  if (!isInSmallFiles) {
    await writeGenerated(input, events);
    return input;
  }
  const whole = join(folder, `whole-${name}`);
  const files = await writeGenerated(whole, events);
  const lines = files.flatMap((file) => readFileSync(join(whole, file), 'utf8').trimEnd().split('\n'));
  await mkdir(input);
  const AT_ONCE = 500;
  for (let start = 0; start < lines.length; start += AT_ONCE)
    await Promise.all(
      lines
        .slice(start, start + AT_ONCE)
        .map((line, index) => writeFile(join(input, `${String(start + index).padStart(6, '0')}.json`), `${line}\n`)),
    );
  return input;
}
