/** Lands a day: the frozen offsets of the topic become one object of raw records, published by the step of all others. */
import {
  assertNewRun,
  audit,
  type Day,
  type Finding,
  fingerprint,
  publish,
  type Staged,
  stagedParquet,
  type PublishedDay,
} from 'lake';
import { type Run, runManifest, Timings } from 'runtime';
import { Observation, type SparkSession } from 'spark-connect';
import { asLanded, frozenRecords, isOfDay, recordMetrics } from './records.ts';
import type { FrozenOffsets } from './ranges.ts';
import { readingKafka } from './spark-errors.ts';

/** Small enough for all cores to share the judging of one object. */
const ROW_GROUP_BYTES = 32 * 1024 * 1024;

/** Records of the frozen offsets; those of the day are the landing. */
export interface RecordCounts {
  readonly records: number;
  readonly landed: number;
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
  const records = frozenRecords(spark, run.config.kafka, frozen);
  const landed = asLanded(records.observe(seen, recordMetrics(frozen)).filter(isOfDay(frozen)));
  const options = { compression: 'zstd', 'parquet.block.size': ROW_GROUP_BYTES };
  const writing = landed.write.format('parquet').mode('errorifexists').options(options).save(run.lake.url(prefix));
  await readingKafka(frozen.topic, writing);
  const staged = await stagedParquet(run.lake, prefix);
  // An empty answer means unknown, never zero.
  const counted = seen.values ?? (await readingKafka(frozen.topic, records.agg(recordMetrics(frozen)).collect()))[0];
  const count = (name: string): number => Number(counted?.[name]);
  return { staged, counts: { records: count('records'), landed: count('landed'), tombstones: count('tombstones') } };
}

export interface Landing extends StagedLanding {
  readonly frozen: FrozenOffsets;
  readonly findings: readonly Finding[];
}

/** @throws LakeError as publish */
export async function publishLanding(
  run: Run,
  day: Day,
  current: PublishedDay,
  landing: Landing,
  prefix: string,
  timings: Timings,
): Promise<void> {
  const { frozen, staged, counts, findings } = landing;
  await assertNewRun(day, run.runId);
  const input = { source: 'kafka', ...frozen };
  const draft = runManifest(run, {
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
  await publish({ day, current, verdict, draft, staging, signal: run.signal });
}

/** What is odd about a landing: an error where the staged rows are not those that were counted. */
export function landingFindings(frozen: FrozenOffsets, { staged, counts }: StagedLanding): Finding[] {
  if (staged.rows === counts.landed) return inputFindings(frozen);
  const message = `${counts.landed} records of the day were counted while landing, the staged object has ${staged.rows}`;
  return [{ severity: 'error', code: 'rows_differ', message }, ...inputFindings(frozen)];
}

/** What a run was told to accept. */
export function inputFindings({ topic, lost = [], notClosed = [] }: FrozenOffsets): Finding[] {
  const gone = lost.map(({ partition, before }) => `${partition} (below offset ${before})`).join(', ');
  const open = notClosed.join(', ');
  return [
    ...(lost.length === 0 ? [] : [warning('records_lost', `retention took records of ${topic}: partition ${gone}`)]),
    ...(notClosed.length === 0 ? [] : [warning('day_not_closed', `${topic} was still open: partition ${open}`)]),
  ];
}

const warning = (code: string, message: string): Finding => ({ severity: 'warn', code, message });
