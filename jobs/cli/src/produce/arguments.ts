/** The command line of the producer: which day, from which folder, how fast. */
import { parseArgs } from 'node:util';
import { LakeError, type LogicalDate, parseLogicalDate } from 'lake';
import type { Environment } from 'runtime';

export interface ProduceArguments {
  readonly date: LogicalDate;
  /** A folder, or s3://bucket/prefix. */
  readonly input: string;
  /** Events a second; undefined for as fast as it goes. */
  readonly rate: number | undefined;
  /** Of a topic that is made. */
  readonly partitions: number;
  readonly env: string;
}

export const HELP = `npm run produce -- --date YYYY-MM-DD --input FOLDER [options]
    sends each line of the JSON-lines files of FOLDER (.json, .jsonl, .ndjson, each optionally .gz or .zst) to the topic
    of configs/ENV/kafka_config.yml, as an event of the day; each is later than the one before

  --rate N          events a second; default: as fast as it goes
  --partitions N    of the topic, where it has to be made (with retention.ms=-1); default: 4
  --env NAME        folder in configs/; default: RECIPE_ETL_ENV, else local
  KAFKA_BROKER=host:port and KAFKA_TOPIC=name say where to
`;

const OPTIONS = {
  date: { type: 'string' },
  input: { type: 'string' },
  rate: { type: 'string' },
  partitions: { type: 'string' },
  env: { type: 'string' },
} as const;
const MAX_RATE = 1_000_000;
const MAX_PARTITIONS = 1_000;

/** @throws LakeError usage */
export function produceArguments(argv: readonly string[], variables: Environment): ProduceArguments {
  const { date, input, rate, partitions, env } = valuesOf(argv);
  if (date === undefined || input === undefined) {
    const lacking = date === undefined ? '--date YYYY-MM-DD' : '--input FOLDER';
    throw new LakeError('usage', `${lacking} is required: npm run produce -- --date 2019-11-29 --input FOLDER`);
  }
  return {
    date: parseLogicalDate(date),
    input,
    rate: rate === undefined ? undefined : wholeNumber('rate', rate, MAX_RATE),
    partitions: partitions === undefined ? 4 : wholeNumber('partitions', partitions, MAX_PARTITIONS),
    env: env ?? (variables['RECIPE_ETL_ENV'] || 'local'),
  };
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new LakeError('usage', (cause as Error).message.replace(/\.?$/, '; see --help'), { cause });
  }
}

function wholeNumber(name: string, text: string, max: number): number {
  const number = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= max) return number;
  throw new LakeError('usage', `--${name} ${JSON.stringify(text)} is not a whole number from 1 to ${max}`);
}
