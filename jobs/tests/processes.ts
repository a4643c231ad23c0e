/** The product's own processes, as an operator or a scheduler runs them: started, stopped, and listened to. */
import type { Summary } from 'runtime';
import { type Ended, type Started, startProcess } from 'spark-connect/testing/started-process';

export type Variables = Readonly<Record<string, string | undefined>>;

export type { Ended, Started };

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

function started(command: string, words: readonly string[], variables: Variables): Started {
  const inherited = Object.entries(process.env).filter(([name]) => !KEPT_OUT.test(name));
  const script = startProcess(command, words, { ...Object.fromEntries(inherited), ...variables });
  // They are told all by their words and variables.
  script.closeInput();
  return script;
}
