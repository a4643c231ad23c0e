/** The Kafka source: a day is landed once, and judged from what landed as often as it takes. */
import {
  type Day,
  type Emptiness,
  type Finding,
  fingerprint,
  LakeError,
  landingDay,
  type PublishedDay,
  readPublishedDay,
  type Staged,
} from 'lake';
import { bytesOfEvents, dayConfs, type DatasetUse, type Run, Timings } from 'runtime';
import type { SparkSession } from 'spark-connect';
import type { Source } from '../source.ts';
import { asRead, type FrozenOffsets } from './freeze-decision.ts';
import { freezeOffsets } from './freeze.ts';
import { landingUse, topicUse } from './dataset-uses.ts';
import {
  inputFindings,
  landedLines,
  landedLinesWithOrigin,
  landingFindings,
  publishLanding,
  stageLanding,
} from './landing.ts';

/** The object that is judged. */
export interface FrozenLanding {
  readonly input: {
    readonly source: 'kafka';
    readonly topic: string;
    readonly partitions: FrozenOffsets['partitions'];
    readonly landing: {
      readonly key: string;
      readonly sha256: string;
      /** The run that landed the day. */
      readonly runId: string;
      readonly rows: number;
    };
  };
  readonly fingerprint: string;
  readonly rows: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
  readonly emptiness: Emptiness;
  /** The topic where this run landed the day, else the landing. */
  readonly readFrom: DatasetUse;
  readonly url: string;
}

export const kafkaTopic: Source<FrozenLanding> = {
  async freeze(run, spark, table) {
    const day = landingDay({ ...run, warn: run.log.warn }, run.args.logicalDate);
    const current = await readPublishedDay(day);
    const landed = run.args.refetch ? undefined : landedBefore(run, day, current, table.current);
    if (landed === undefined) return await land(run, spark, { day, current }, `${table.staging}/landing`);
    run.log.info(`${day.date.iso} is judged from ${landed.url}, which run ${landed.input.landing.runId} landed`);
    return landed;
  },

  lines: (spark, frozen) => landedLines(spark, frozen.url),

  linesWithOrigin: (spark, frozen, isWanted) => landedLinesWithOrigin(spark, frozen.url).filter(isWanted),

  async assertUnchanged({ lake }, { input: { landing } }) {
    if ((await lake.head(landing.key))?.sha256 === landing.sha256) return;
    const message = `${lake.url(landing.key)} was replaced while it was judged. Nothing was published; run it again`;
    throw new LakeError('input-changed', message);
  },
};

/**
 * @returns undefined where the day is still to be landed: nothing is published, it was taken before the day was closed, or
 *   nothing was there and no run has taken that for right: events that a producer sends late must not need a --refetch
 */
function landedBefore(run: Run, day: Day, current: PublishedDay, table: PublishedDay): FrozenLanding | undefined {
  if (current.data === undefined) return undefined;
  const landed = frozenLanding(run, day, current);
  if (landed.rows === 0 && !isTableOf(table, landed)) return undefined;
  const isOpen = landed.findings.some(({ code }) => code === 'day_not_closed');
  return isOpen && !run.args.allowIncomplete ? undefined : landed;
}

/** @returns whether the published table was made of this landing */
function isTableOf({ manifest }: PublishedDay, { input }: FrozenLanding): boolean {
  const landing = manifest?.input['landing'] as Partial<FrozenLanding['input']['landing']> | undefined;
  return landing?.sha256 === input.landing.sha256;
}

/** @throws LakeError unreadable-input where no manifest knows the object, config where it is of another topic */
function frozenLanding(run: Run, { dataKey: key }: Day, { data, manifest }: PublishedDay): FrozenLanding {
  const url = run.lake.url(key);
  if (data === undefined || manifest === undefined) {
    const message = `no manifest knows ${url}: something else put it there; --refetch replaces it by what Kafka has`;
    throw new LakeError('unreadable-input', message);
  }
  const frozen = manifest.input as unknown as FrozenOffsets;
  const { topic } = run.config.kafka;
  if (frozen.topic !== topic) {
    const advice = `kafka_config.yml names ${topic}: name the other one again, or replace it with --refetch`;
    throw new LakeError('config', `${url} holds records of topic ${frozen.topic}, but ${advice}`);
  }
  return frozenOf(run, frozen, { key, sha256: data.sha256, runId: manifest.runId, rows: manifest.staged.rows });
}

function frozenOf(run: Run, frozen: FrozenOffsets, landing: FrozenLanding['input']['landing']): FrozenLanding {
  const { topic, partitions } = frozen;
  return {
    input: { source: 'kafka', topic, partitions, landing },
    fingerprint: fingerprint([topic, landing.sha256]),
    rows: landing.rows,
    bytes: bytesOfEvents(landing.rows),
    findings: inputFindings(frozen),
    emptiness: frozen.isBeforeFirst === true ? 'before-first-event' : 'suspect',
    readFrom: landingUse('read', run, landing),
    url: run.lake.url(landing.key),
  };
}

/** @param prefix of the staging of the landing */
async function land(
  run: Run,
  spark: SparkSession,
  { day, current }: { readonly day: Day; readonly current: PublishedDay },
  prefix: string,
): Promise<FrozenLanding> {
  const { log, args } = run;
  const timings = new Timings(run.startedAt);
  const offsets = await freezeOffsets(run);
  timings.lap('freezeMs');
  const atMost = offsets.partitions.reduce((sum, { start, end }) => sum + end - start, 0);
  run.progress(`dataload ${day.date.iso}: landing the records of topic ${offsets.topic}`, { rows: atMost });
  await spark.conf.set(dayConfs(run.config, bytesOfEvents(atMost)));
  const staged = await stageLanding(run, spark, offsets, prefix);
  const frozen = asRead(offsets, staged.counts);
  timings.lap('landMs');
  const landing = { ...staged, frozen, findings: landingFindings(frozen, staged) };
  if (args.dryRun) return frozenOf(run, frozen, { ...staged.staged, runId: run.runId });
  let published: Staged;
  try {
    published = await publishLanding(run, day, current, landing, prefix, timings);
  } catch (error) {
    if (args.refetch || !(error instanceof LakeError) || error.code !== 'overtaken') throw error;
    log.warn(`another run landed ${day.date.iso} meanwhile; what it landed is judged`);
    return frozenLanding(run, day, await readPublishedDay(day));
  }
  const { sha256, rows } = published;
  log.info(`${day.date.iso}: ${rows} records of topic ${frozen.topic} landed`);
  const landed = frozenOf(run, frozen, { key: day.dataKey, sha256, runId: run.runId, rows });
  run.used(landingUse('written', run, landed.input.landing));
  return { ...landed, readFrom: topicUse(run.config, staged.counts.records) };
}
