/** The command line of `lake`: commands and their flags as tables, parsed, checked, printed as help. */
import { parseArgs } from 'node:util';
import { type DateRange, type JobName, LakeError, type LogicalDate, parseLogicalDate } from 'lake';
import { didYouMean, type Environment, type Flag, parseMaxRuntime } from 'runtime';
import { type Scheduler, SCHEDULERS, schedulerOf, whereFlagsOf } from 'watch';

export const LAKE_FLAGS = {
  env: { type: 'string', value: 'NAME', text: 'folder in configs/; default: RECIPE_ETL_ENV, else local' },
  lake: { type: 'string', value: 'URI', text: 'folder or s3:// URI instead of the configured lake' },
  output: { type: 'string', value: 'URI', text: 'folder or s3:// URI instead of the configured output' },
  date: { type: 'string', value: 'YYYY-MM-DD', text: 'one day' },
  from: { type: 'string', value: 'YYYY-MM-DD', text: 'the first day' },
  to: { type: 'string', value: 'YYYY-MM-DD', text: 'the last day' },
  check: { type: 'boolean', text: 'one line for all that is lacking, and exit code 4; 0 where nothing is' },
  page: { type: 'boolean', text: 'write the index page too, as a night does that publishes: refused days are on it' },
  rule: { type: 'string', value: 'NAME', text: 'only lines that break it: its name, or name:field' },
  raw: { type: 'boolean', text: 'the lines as they came, and nothing else' },
  yes: { type: 'boolean', text: 'do it; without it nothing is changed unless you confirm on a terminal' },
  version: { type: 'string', value: 'ID', text: 'the version to bring back; without it all are listed' },
  job: { type: 'string', value: 'NAME', text: 'dataload (the table) or prepare (the reports)' },
  report: { type: 'string', value: 'NAME', text: 'with prepare: this report only' },
  source: { type: 'string', value: 'NAME', text: 'where the raw events come from; default: files' },
  'continue-on-error': { type: 'boolean', text: 'go on with the next day when one fails' },
  'max-runtime': { type: 'string', value: 'DURATION', text: 'a day that takes longer fails with exit code 6' },
  'allow-empty': { type: 'boolean', text: 'a day without input, or without rows, becomes an empty partition' },
  'allow-incomplete': { type: 'boolean', text: 'accept a day that has not ended, or that Kafka has only in part' },
  refetch: { type: 'boolean', text: 'with --source kafka: take days from Kafka again that landed already' },
  'replace-restored': { type: 'boolean', text: 'replace days that restore brought back; without it they are refused' },
  json: { type: 'boolean', text: 'one JSON document instead of text' },
  help: { type: 'boolean', text: 'print this' },
} as const satisfies Record<string, Flag>;

type FlagName = keyof typeof LAKE_FLAGS;

const ALWAYS = ['env', 'lake', 'output', 'json', 'help'] as const;
const RANGE = ['date', 'from', 'to'] as const;

export const LAKE_COMMANDS = {
  status: {
    text: 'what lies in the lake for each day, and which days are missing',
    flags: [...RANGE, 'check', 'page'],
  },
  quarantine: { text: 'the broken lines of a day, by rule', flags: ['date', 'rule', 'raw'] },
  page: { text: 'writes the pages of the lake anew: the index and its report pages', flags: [] },
  clean: { text: 'removes what runs left behind and nobody needs any more', flags: [...RANGE, 'yes'] },
  policies: { text: 'sets versioning, encryption and lifecycle of the buckets as configured', flags: ['yes'] },
  restore: { text: 'brings an earlier version of a day back', flags: ['date', 'version', 'job', 'report'] },
  backfill: {
    text: 'runs both jobs for each day of a range, the oldest first',
    flags: [
      ...RANGE,
      'job',
      'report',
      'source',
      'continue-on-error',
      'max-runtime',
      'allow-empty',
      'allow-incomplete',
      'refetch',
      'replace-restored',
    ],
  },
} as const satisfies Record<string, { readonly text: string; readonly flags: readonly FlagName[] }>;

export type CommandName = keyof typeof LAKE_COMMANDS;

export interface CommandLine {
  readonly command: CommandName;
  readonly env: string;
  readonly lake: string | undefined;
  readonly output: string | undefined;
  /** `--date D` is the range of that day. */
  readonly range: DateRange;
  readonly isConfirmed: boolean;
  readonly isJson: boolean;
  readonly isCheck: boolean;
  readonly writesPage: boolean;
  readonly rule: string | undefined;
  readonly isRaw: boolean;
  readonly version: string | undefined;
  readonly job: JobName | undefined;
  readonly report: string | undefined;
  readonly continueOnError: boolean;
  readonly maxRuntimeMs: number | undefined;
  /** Flags that each run of a job is given as they are. */
  readonly passedOn: readonly string[];
  /** The environment, `--lake` and `--output` as given, for commands that are proposed. */
  readonly whereFlags: string;
  /** Who runs the days of the lake, by RECIPE_ETL_SCHEDULER; undefined for whoever types commands. */
  readonly scheduler: Scheduler | undefined;
}

export const flagsOf = (command: CommandName): readonly FlagName[] => [...LAKE_COMMANDS[command].flags, ...ALWAYS];

/** @returns help where it is asked for @throws LakeError usage naming what is wrong and what is nearest */
export function parseCommandLine(words: readonly string[], variables: Environment): CommandLine | { help: string } {
  const [first] = words;
  if (first === '--help') return { help: lakeHelp() };
  const command = parseCommand(first);
  const values = parseValues(command, words.slice(1));
  if (values['help'] === true) return { help: commandHelp(command) };
  const text = (name: FlagName): string | undefined => values[name] as string | undefined;
  const [job, report] = [parseJob(text('job')), text('report')];
  if (command === 'backfill' && job === 'dataload' && report !== undefined)
    throw new LakeError('usage', '--report goes with prepare: leave out --job dataload, or --report');
  const namedEnv = text('env') ?? (variables['RECIPE_ETL_ENV'] || undefined);
  return {
    command,
    env: namedEnv ?? 'local',
    lake: text('lake'),
    output: text('output'),
    range: parseRange(command, text),
    isConfirmed: values['yes'] === true,
    isJson: values['json'] === true,
    isCheck: values['check'] === true,
    writesPage: values['page'] === true,
    rule: text('rule'),
    isRaw: values['raw'] === true,
    version: text('version'),
    job,
    report,
    continueOnError: values['continue-on-error'] === true,
    maxRuntimeMs: parseMaxRuntime(text('max-runtime')),
    passedOn: [
      ...(['source', 'report'] as const).flatMap((name) =>
        text(name) === undefined ? [] : [`--${name}=${text(name)}`],
      ),
      ...(['allow-empty', 'allow-incomplete', 'refetch', 'replace-restored'] as const)
        .filter((name) => values[name] === true)
        .map((name) => `--${name}`),
    ],
    whereFlags: whereFlagsOf({ env: namedEnv, lake: text('lake'), output: text('output') }),
    scheduler: parseScheduler(variables['RECIPE_ETL_SCHEDULER']),
  };
}

function parseCommand(word: string | undefined): CommandName {
  const known = Object.keys(LAKE_COMMANDS);
  if (word !== undefined && known.includes(word)) return word as CommandName;
  if (word === undefined || word.startsWith('-')) {
    throw new LakeError('usage', `a command is required before any option: ${known.join(', ')}; see --help`);
  }
  throw new LakeError('usage', `unknown command ${word}${didYouMean(word, known)}`);
}

function parseValues(command: CommandName, words: readonly string[]): Readonly<Record<string, string | boolean>> {
  const known = flagsOf(command);
  for (const word of words) {
    const name = /^--([^=]*)/.exec(word)?.[1];
    if (name === undefined || (known as readonly string[]).includes(name)) continue;
    throw new LakeError('usage', `unknown option --${name} of ${command}${didYouMean(name, known)}`);
  }
  const options = Object.fromEntries(known.map((name) => [name, { type: LAKE_FLAGS[name].type }]));
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
    return values as Readonly<Record<string, string | boolean>>;
  } catch (error) {
    throw new LakeError('usage', (error as Error).message.replace(/\.?$/, `; see lake ${command} --help`), {
      cause: error,
    });
  }
}

function parseRange(command: CommandName, text: (name: FlagName) => string | undefined): DateRange {
  const day = (name: (typeof RANGE)[number]): LogicalDate | undefined => {
    const given = text(name);
    return given === undefined ? undefined : parseDay(name, given);
  };
  const [date, from, to] = [day('date'), day('from'), day('to')];
  if (date !== undefined && (from !== undefined || to !== undefined)) {
    throw new LakeError('usage', '--date is one day: give it, or --from and --to');
  }
  if (from !== undefined && to !== undefined && from.iso > to.iso) {
    throw new LakeError('usage', `--from ${from.iso} is after --to ${to.iso}`);
  }
  const range = date === undefined ? { from, to } : { from: date, to: date };
  const flags = flagsOf(command);
  if (flags.includes('date') && !flags.includes('from') && date === undefined) {
    throw new LakeError('usage', '--date is required: one day, such as --date 2019-11-29');
  }
  if (command === 'backfill' && (range.from === undefined || range.to === undefined)) {
    throw new LakeError('usage', '--from and --to are required, such as --from 2019-11-28 --to 2019-11-30');
  }
  return range;
}

function parseDay(name: string, text: string): LogicalDate {
  try {
    return parseLogicalDate(text);
  } catch (error) {
    throw new LakeError('usage', (error as Error).message.replace(/^--date/, `--${name}`), { cause: error });
  }
}

function parseScheduler(text: string | undefined): Scheduler | undefined {
  const found = schedulerOf(text);
  if (found !== undefined || text === undefined || text === '') return found;
  const known = `leave it empty, or set it to ${SCHEDULERS.join(' or ')}`;
  throw new LakeError('usage', `RECIPE_ETL_SCHEDULER=${text} is no scheduler: ${known}`);
}

const JOBS = ['dataload', 'prepare'] as const;

function parseJob(text: string | undefined): JobName | undefined {
  if (text === undefined || (JOBS as readonly string[]).includes(text)) return text as JobName | undefined;
  throw new LakeError('usage', `--job ${JSON.stringify(text)} is not a job${didYouMean(text, JOBS)}`);
}

function lakeHelp(): string {
  const commands = Object.entries(LAKE_COMMANDS).map(([name, { text }]) => `  ${name.padEnd(10)}${text}\n`);
  return `npm run lake -- COMMAND [options]\n\n${commands.join('')}\nCOMMAND --help tells its options.\n`;
}

function commandHelp(command: CommandName): string {
  const lines = flagsOf(command).map((name) => {
    const flag: Flag = LAKE_FLAGS[name];
    return `  ${`--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`.padEnd(26)}${flag.text}\n`;
  });
  return `npm run lake -- ${command} [options]: ${LAKE_COMMANDS[command].text}\n\n${lines.join('')}`;
}
