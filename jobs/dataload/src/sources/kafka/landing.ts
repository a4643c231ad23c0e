/** Lands a day: the frozen offsets of the topic become one object of raw records, published by the step of all others. */
import {
  assertNewRun,
  audit,
  type Day,
  type Finding,
  fingerprint,
  publish,
  type PublishedDay,
  type Staged,
  stagedParquet,
} from 'lake';
import { type Config, type Environment, type Run, runManifest, Timings } from 'runtime';
import { type Column, type DataFrame, functions as F, Observation, type SparkSession } from 'spark-connect';
import type { FrozenOffsets } from './freeze-decision.ts';
import { readingKafka } from './spark-errors.ts';
import { sparkOptions } from './spark-options.ts';

const COLUMNS = {
  key: 'BINARY',
  value: 'BINARY',
  headers: 'ARRAY<STRUCT<key: STRING, value: BINARY>>',
  topic: 'STRING',
  partition: 'INT',
  offset: 'BIGINT',
  timestamp: 'TIMESTAMP',
} as const;
const LANDED_SCHEMA = Object.entries(COLUMNS)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');
/** Names a record, and is the order in which records count: the later one of a url stays. */
const POSITION = ['timestamp', 'partition', 'offset'] as const;

const columns = (names: readonly string[]): Column[] => names.map((name) => F.col(name));

/**
 * All records of the frozen offsets; neighbours of the day are among them.
 *
 * @throws LakeError config as sparkOptions
 */
export function frozenRecords(
  spark: SparkSession,
  kafka: Config['kafka'],
  frozen: FrozenOffsets,
  variables: Environment,
): DataFrame {
  const records = spark.read
    .format('kafka')
    .options(sparkOptions(kafka, frozen, variables))
    .load();
  return records.select(...columns(Object.keys(COLUMNS)));
}

/** True for a record of the day: offsets are a rough guide, since clocks of producers differ. */
export function isOfDay({ fromMs, untilMs }: Pick<FrozenOffsets, 'fromMs' | 'untilMs'>): Column {
  const at = (ms: number): Column => F.timestampMillis(F.lit(BigInt(ms)));
  return F.col('timestamp')
    .ge(at(fromMs))
    .and(F.col('timestamp').lt(at(untilMs)));
}

/** Aggregates over {@link frozenRecords}: all, those of the day, and those from before it. */
export function recordMetrics(frozen: FrozenOffsets): Record<string, Column> {
  const ofDay = isOfDay(frozen);
  return {
    records: F.count(F.lit(1)),
    landed: F.countIf(ofDay),
    earlier: F.countIf(F.col('timestamp').lt(F.timestampMillis(F.lit(BigInt(frozen.fromMs))))),
    tombstones: F.countIf(ofDay.and(F.col('value').isNull())),
  };
}

/** One object, sorted by what names a record: the same records give the same bytes. */
export function asLanded(records: DataFrame): DataFrame {
  return records.repartition(1).sortWithinPartitions(...POSITION);
}

/** `value`, `event` and `position` of each landed record; a value is one line, whatever it holds. */
export function landedLines(spark: SparkSession, url: string): DataFrame {
  return landed(spark, url).select(...lineColumns());
}

/** The same with `origin`. */
export function landedLinesWithOrigin(spark: SparkSession, url: string): DataFrame {
  const key = F.col('key').cast('string');
  const origin = F.struct({
    topic: F.col('topic'),
    partition: F.col('partition'),
    offset: F.col('offset'),
    timestamp: F.col('timestamp'),
    key: F.when(F.isValidUtf8(key), key),
    key_base64: F.when(F.isValidUtf8(key).not(), F.base64(F.col('key'))),
  });
  return landed(spark, url).select(...lineColumns(), origin.as('origin'));
}

/** Read as it was written, so that Spark need not look first. */
const landed = (spark: SparkSession, url: string): DataFrame => spark.read.schema(LANDED_SCHEMA).parquet(url);

function lineColumns(): Column[] {
  const event = F.struct({
    file: F.lit(null).cast('string'),
    topic: F.col('topic'),
    partition: F.col('partition'),
    offset: F.col('offset'),
    timestamp: F.col('timestamp'),
  });
  const position = F.struct(Object.fromEntries(POSITION.map((name) => [name, F.col(name)])));
  return [F.col('value').cast('string').as('value'), event.as('event'), position.as('position')];
}

/** Small enough for all cores to share the judging of one object. */
const ROW_GROUP_BYTES = 32 * 1024 * 1024;

/** Records of the frozen offsets; those of the day are the landing. */
export interface RecordCounts {
  readonly records: number;
  readonly landed: number;
  /** Of days before. */
  readonly earlier: number;
  readonly tombstones: number;
}

export interface StagedLanding {
  readonly staged: Staged;
  readonly counts: RecordCounts;
}

/** @throws LakeError as {@link readingKafka} */
export async function stageLanding(
  run: Run,
  spark: SparkSession,
  frozen: FrozenOffsets,
  prefix: string,
): Promise<StagedLanding> {
  const seen = new Observation('landing');
  const records = frozenRecords(spark, run.config.kafka, frozen, run.variables);
  const landed = asLanded(records.observe(seen, recordMetrics(frozen)).filter(isOfDay(frozen)));
  const options = { compression: 'zstd', 'parquet.block.size': ROW_GROUP_BYTES };
  const writing = landed.write.format('parquet').mode('errorifexists').options(options).save(run.lake.url(prefix));
  await readingKafka(frozen.topic, writing);
  const staged = await stagedParquet(run.lake, prefix);
  // An empty answer means unknown, never zero.
  const counted = seen.values ?? (await readingKafka(frozen.topic, records.agg(recordMetrics(frozen)).collect()))[0];
  const count = (name: string): number => Number(counted?.[name]);
  const counts = {
    records: count('records'),
    landed: count('landed'),
    earlier: count('earlier'),
    tombstones: count('tombstones'),
  };
  return { staged, counts };
}

export interface Landing extends StagedLanding {
  readonly frozen: FrozenOffsets;
  readonly findings: readonly Finding[];
}

/** @returns the published object, which an earlier run may have staged. @throws LakeError as publish */
export async function publishLanding(
  run: Run,
  day: Day,
  current: PublishedDay,
  landing: Landing,
  prefix: string,
  timings: Timings,
): Promise<Staged> {
  const { frozen, staged, counts, findings } = landing;
  await assertNewRun(day, run.runId);
  const input = { source: 'kafka', ...frozen };
  const unpublished = runManifest(run, {
    step: 'landing',
    input,
    inputFingerprint: fingerprint(input),
    rules: null,
    counts,
    findings,
    timings,
  });
  const verdict = audit(staged, findings);
  const staging = [{ store: run.lake, prefix }];
  const { manifest } = await publish({ day, current, verdict, unpublished, staging, signal: run.signal });
  return manifest.staged;
}

/** What is odd about a landing: an error where the staged rows are not those that were counted. */
export function landingFindings(frozen: FrozenOffsets, { staged, counts }: StagedLanding): Finding[] {
  if (staged.rows === counts.landed) return inputFindings(frozen);
  const message = `${counts.landed} records of the day were counted while landing, the staged object has ${staged.rows}`;
  return [{ severity: 'error', code: 'rows_differ', message }, ...inputFindings(frozen)];
}

/** What a run accepts because of --allow-incomplete. */
export function inputFindings({ topic, lost = [], notClosed = [] }: FrozenOffsets): Finding[] {
  const gone = lost.map(({ partition, before }) => `${partition} (below offset ${before})`).join(', ');
  const open = notClosed.join(', ');
  return [
    ...(lost.length === 0 ? [] : [warning('records_lost', `retention took records of ${topic}: partition ${gone}`)]),
    ...(notClosed.length === 0 ? [] : [warning('day_not_closed', `${topic} was still open: partition ${open}`)]),
  ];
}

const warning = (code: string, message: string): Finding => ({ severity: 'warn', code, message });
