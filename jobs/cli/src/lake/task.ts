/** One call of the lake command: what it was asked for, where it works, and how it prints the result. */
import { createInterface } from 'node:readline/promises';
import type { LakeContext } from 'lake';
import { type Config, type Environment, printable, scrub, scrubTexts } from 'runtime';
import type { CommandLine } from './command-line.ts';

export interface LakeTask {
  readonly line: CommandLine;
  readonly config: Config;
  /** The environment, with what AWS holds for references in it. */
  readonly variables: Environment;
  readonly context: LakeContext;
}

/** What nothing shows that is printed from now on. */
let hidden: readonly string[] = [];

export function hide(secrets: readonly string[]): void {
  hidden = secrets;
}

/** Names of files, fields and runs come from elsewhere: what a terminal would obey is written out. */
export function print(text: string): void {
  process.stdout.write(printable(scrub(text, hidden)));
}

export function printJson(value: unknown): void {
  process.stdout.write(printable(`${JSON.stringify(scrubTexts(toPlain(value), hidden), undefined, 2)}\n`));
}

/** As JSON has it: what turns itself into text has done so. */
const toPlain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** Whether there is a person who can be asked. */
export const isTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

export async function confirmed(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`${printable(question)} Type yes: `, { signal })).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
