/** Test programs as processes of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';

const PROGRAMS = join(import.meta.dirname, 'children');

export interface Ended {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What came from both, in the order in which it came. */
  readonly streams: readonly ('stdout' | 'stderr')[];
}

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stdout or stderr holds the text. @throws Error where the child ends without it */
  says(text: string): Promise<void>;
}

/** @param program name of a file in `children/`, or its whole path, without its ending */
export function startChild(
  program: string,
  words: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
): Child {
  const child = spawn(process.execPath, [resolve(PROGRAMS, `${program}.ts`), ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const streams: ('stdout' | 'stderr')[] = [];
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      streams.push(name);
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, ...text, streams }));
  });
  const says = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (`${text.stdout}${text.stderr}`.includes(wanted)) resolve();
      };
      listeners.add(look);
      void ended.then(() =>
        reject(new Error(`the child ended without saying ${wanted}: ${text.stdout}${text.stderr}`)),
      );
      look();
    });
  return { process: child, ended, says };
}
