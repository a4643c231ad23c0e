/** A process of a test: what it says and when, and how it ends. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

export interface Ended {
  /** Undefined where a signal ended the process. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What came from both, in the order in which it came. */
  readonly streams: readonly ('stdout' | 'stderr')[];
  readonly elapsedMs: number;
}

export interface Started extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  hasEnded(): boolean;
  /** What came on stderr so far. */
  said(): string;
  /** Resolves when stdout or stderr holds the text. @throws Error where the process ends without it */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Closes its stdin, which is open until then. */
  closeInput(): void;
}

/**
 * @param variables its whole environment; what is undefined is left out
 * @param echo also writes its stderr to ours, as it comes
 */
export function startProcess(
  command: string,
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  { echo = false }: { readonly echo?: boolean } = {},
): Started {
  const startedAt = performance.now();
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(command, words, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...variables },
  });
  child.stdin.on('error', () => undefined);
  if (echo) child.stderr.pipe(process.stderr, { end: false });
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
  const ended = endOf(child).then(({ exitCode, signal }): Ended => {
    return { exitCode, signal, ...text, streams, elapsedMs: performance.now() - startedAt };
  });
  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    said: () => text.stderr,
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (`${text.stdout}${text.stderr}`.includes(wanted)) resolve();
        };
        listeners.add(look);
        const fail = (): void =>
          reject(new Error(`the process ended without saying ${wanted}: ${text.stdout}${text.stderr}`));
        void ended.then(fail, fail);
        look();
      }),
    kill: (signal) => void child.kill(signal),
    closeInput: () => void child.stdin.end(),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** `close` comes after the last word on both streams. */
async function endOf(
  child: ChildProcessByStdio<Writable, Readable, Readable>,
): Promise<Pick<Ended, 'exitCode' | 'signal'>> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { exitCode: code ?? undefined, signal: signal ?? undefined };
}
