/** One call of the lake command: what it was asked for, where it works, and how it prints the result. */
import { createInterface } from 'node:readline/promises';
import type { LakeContext } from 'lake';
import { type Config, printable } from 'runtime';
import type { CommandLine } from './command-line.ts';

export interface LakeTask {
  readonly line: CommandLine;
  readonly config: Config;
  readonly context: LakeContext;
}

/** Names of files, fields and runs come from elsewhere: what a terminal would obey is written out. */
export function print(text: string): void {
  process.stdout.write(printable(text));
}

export function printJson(value: unknown): void {
  print(`${JSON.stringify(value, undefined, 2)}\n`);
}

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
