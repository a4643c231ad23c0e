/** The product's own processes, as an operator or a scheduler runs them: started, stopped, and listened to. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Summary } from 'runtime';

export type Variables = Readonly<Record<string, string | undefined>>;

export interface Ended {
  /** Undefined where a signal ended the process. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
}

export interface Started extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  hasEnded(): boolean;
  /** What came on stderr so far. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
}

/** A developer's own settings, and what jest needs, are nothing for the processes. */
const KEPT_OUT = /^(RECIPE_ETL_|SPARK_|KAFKA_|NODE_OPTIONS$)/;

/**
 * @param file of the repository, run by the Node that runs the tests
 * @param variables beyond what every process needs; undefined takes one away
 */
export function startScript(file: string, words: readonly string[], variables: Variables = {}): Started {
  return started(process.execPath, [file, ...words], variables);
}

export async function runScript(file: string, words: readonly string[], variables: Variables = {}): Promise<Ended> {
  await using script = startScript(file, words, variables);
  return await script.ended;
}

/** Both streams as one, in the order of their lines, as on a terminal. */
export async function runMerged(file: string, words: readonly string[], variables: Variables = {}): Promise<string> {
  await using shell = started('sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, file, ...words], variables);
  return (await shell.ended).stdout;
}

/** What a script costs the processor, in user and system time. */
export async function cpuMsOf(file: string, words: readonly string[], variables: Variables = {}): Promise<number> {
  const timed = '"$0" "$@" >/dev/null 2>&1; times';
  await using shell = started('sh', ['-c', timed, process.execPath, file, ...words], variables);
  const [, ofChildren = ''] = (await shell.ended).stdout.split('\n');
  const seconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  if (seconds.length !== 2) throw new Error(`the shell should tell two times, but says ${ofChildren}`);
  return (seconds[0]! + seconds[1]!) * 1000;
}

/** What a scheduler takes from a job: the last line on stdout. */
export function summaryOf({ stdout }: Pick<Ended, 'stdout'>): Summary & { readonly message?: string } {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Summary;
}

function started(command: string, args: readonly string[], variables: Variables): Started {
  const startedAt = performance.now();
  const inherited = Object.entries(process.env).filter(([name]) => !KEPT_OUT.test(name));
  const env = { ...Object.fromEntries(inherited), ...variables };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = endOf(child, startedAt, () => said);
  return {
    pid: child.pid ?? 0,
    ended,
    said: () => said,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function endOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  startedAt: number,
  said: () => string,
): Promise<Ended> {
  // `close` comes after the last word on both streams.
  const [[code, signal], stdout] = await Promise.all([
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    text(child.stdout),
  ]);
  const elapsedMs = performance.now() - startedAt;
  return { exitCode: code ?? undefined, signal: signal ?? undefined, stdout, stderr: said(), elapsedMs };
}
