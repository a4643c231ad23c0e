/** The command line of a job, as a table of its flags: parsed, checked, printed as help. */
import { parseArgs } from 'node:util';
import { type JobName, LakeError, type LogicalDate, parseLogicalDate } from 'lake';
import type { Environment } from './config/variables.ts';
import { didYouMean } from './config/yaml-file.ts';
import { parseMaxRuntime } from './max-runtime.ts';

export interface RunArguments {
  readonly logicalDate: LogicalDate;
  readonly env: string;
  readonly source: string;
  /** The only report that prepare makes; undefined for all. */
  readonly report: string | undefined;
  readonly runId: string | undefined;
  readonly try: number;
  readonly dryRun: boolean;
  readonly allowEmpty: boolean;
  readonly allowIncomplete: boolean;
  /** Take the day from Kafka again, although it landed already. */
  readonly refetch: boolean;
  /** Replace a day, or a report, that restore brought back. */
  readonly replaceRestored: boolean;
  readonly maxRuntimeMs: number | undefined;
}

export interface Flag {
  readonly type: 'string' | 'boolean';
  /** Placeholder of the value in the help text. */
  readonly value?: string;
  /** The only job that has it; left out where both do. */
  readonly job?: JobName;
  readonly text: string;
}

/** The flags of the jobs, without the two dashes. */
export const FLAGS: Readonly<Record<string, Flag>> = {
  date: { type: 'string', value: 'YYYY-MM-DD', text: 'the logical date, a day in UTC that has ended; required' },
  env: { type: 'string', value: 'NAME', text: 'folder in configs/; default: RECIPE_ETL_ENV, else local' },
  source: { type: 'string', value: 'NAME', text: 'where the raw events come from; default: files' },
  report: {
    type: 'string',
    value: 'NAME',
    job: 'prepare',
    text: 'prepare makes this report only; default: all of schema/schemas.yml',
  },
  'run-id': {
    type: 'string',
    value: 'ID',
    text: 'names the run in manifests and quarantine; default: made from the time',
  },
  try: { type: 'string', value: 'N', text: 'number of the try of the run id, from 1' },
  'dry-run': { type: 'boolean', text: 'do everything but the publish' },
  'allow-empty': { type: 'boolean', text: 'a day without input, or without rows, becomes an empty partition' },
  'allow-incomplete': { type: 'boolean', text: 'accept a day that has not ended, or that Kafka has only in part' },
  refetch: { type: 'boolean', text: 'with --source kafka: take the day from Kafka again, although it landed already' },
  'replace-restored': {
    type: 'boolean',
    text: 'replace what lake restore brought back; without it such a day is refused',
  },
  'max-runtime': {
    type: 'string',
    value: 'DURATION',
    text: 'end with exit code 6 after this time, such as 30m, 2h or PT90S; at most 7 days',
  },
  help: { type: 'boolean', text: 'print this' },
};

export function helpText(job: JobName): string {
  const own = Object.entries(FLAGS).filter(([, flag]) => (flag.job ?? job) === job);
  const lines = own.map(([name, flag]) => {
    return `  ${`--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`.padEnd(26)}${flag.text}\n`;
  });
  return `${job} --date YYYY-MM-DD [options]\n\n${lines.join('')}`;
}

/**
 * @param job whose command line it is; left out where one serves both jobs, and each takes its own
 * @throws LakeError usage naming the flag and what is expected
 */
export function parseArguments(argv: readonly string[], variables: Environment, job?: JobName): RunArguments {
  const values = parseFlags(argv);
  assertOwn(Object.keys(values), job);
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const date = text('date');
  if (date === undefined)
    throw new LakeError('usage', '--date is required: the day to work on, such as --date 2019-11-29');
  const source = text('source') ?? 'files';
  if (values['refetch'] === true && source !== 'kafka')
    throw new LakeError('usage', '--refetch goes with --source kafka: files are read again in every run');
  return {
    logicalDate: parseLogicalDate(date),
    env: text('env') ?? (variables['RECIPE_ETL_ENV'] || 'local'),
    source,
    report: text('report'),
    runId: text('run-id'),
    try: parseTry(text('try') ?? '1'),
    dryRun: values['dry-run'] === true,
    allowEmpty: values['allow-empty'] === true,
    allowIncomplete: values['allow-incomplete'] === true,
    refetch: values['refetch'] === true,
    replaceRestored: values['replace-restored'] === true,
    maxRuntimeMs: parseMaxRuntime(text('max-runtime')),
  };
}

function assertOwn(given: readonly string[], job: JobName | undefined): void {
  for (const name of given) {
    const owner = FLAGS[name]?.job;
    if (job === undefined || owner === undefined || owner === job) continue;
    throw new LakeError('usage', `--${name} is an option of ${owner}; ${job} has no such option, leave it out`);
  }
}

/** @param extra flags that the caller has beside those of the jobs */
export function parseFlags(argv: readonly string[], extra: Readonly<Record<string, Flag>> = {}) {
  const options = { ...FLAGS, ...extra };
  const known = Object.keys(options);
  for (const word of argv) {
    const name = /^--([^=]*)/.exec(word)?.[1];
    if (name !== undefined && !known.includes(name)) {
      throw new LakeError('usage', `unknown option --${name}${didYouMean(name, known)}`);
    }
  }
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new LakeError('usage', (error as Error).message.replace(/\.?$/, '; see --help'), { cause: error });
  }
}

function parseTry(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text))
    throw new LakeError('usage', `--try ${JSON.stringify(text)} is no number from 1 to 999`);
  return Number(text);
}
