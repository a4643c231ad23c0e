/** A generated day through Spark, to S3 and back, beside the same day on the local store. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dataload } from 'dataload';
import { openStore, parseLogicalDate } from 'lake';
import { prepare } from 'prepare';
import { type Config, executeJob, openLog, parseArguments } from 'runtime';
import { functions as F, type SparkSession } from 'spark-connect';
import { layout } from '../lakes/layout.ts';
import { countsOfGenerated, writeGenerated } from '../events/generated-events.ts';
import { testLake, type TestLake } from '../lakes/in-process.ts';
import { DATE } from '../lakes/process-lake.ts';
import { s3Day, type S3Day } from '../lakes/s3-day.ts';
import { s3Lake, type S3Lake } from '../lakes/s3-lake.ts';
import { startRequestCounter, type RequestCounter } from '../servers/s3-request-counter.ts';

const EVENTS = 1_000_000;
const TEST_MS = 900_000;
const DAY = parseLogicalDate(DATE);

interface Measured {
  readonly seconds: string;
  readonly sha256: string;
  readonly counts: unknown;
  readonly report: string;
}

let s3: S3Lake;
let counter: RequestCounter;
let day: S3Day;
let local: TestLake;

const input = (): string => join(local.folder, 'input');
const land = async (lines: number): Promise<void> => {
  await rm(input(), { recursive: true });
  const names = await writeGenerated(input(), lines);
  await s3.land([]);
  for (const name of names) await s3.lake.put(`${layout.landing(DAY)}/${name}`, await readFile(join(input(), name)));
};

beforeAll(async () => {
  s3 = await s3Lake();
  counter = await startRequestCounter(s3.gateway.endpoint);
  day = await s3Day(s3, counter.endpoint);
  local = await testLake(day.spark);
  // Both ways are walked once before they are timed.
  await land(Math.ceil(EVENTS / 20));
  await measured(day.config, day.spark);
  await measured(local.config, day.spark, input());
}, 180_000);
afterAll(async () => {
  await local?.[Symbol.asyncDispose]();
  await day?.[Symbol.asyncDispose]();
  await counter?.[Symbol.asyncDispose]();
  await s3?.[Symbol.asyncDispose]();
});

test(
  `a day of ${EVENTS} events has the same bytes, counts and report on S3 as on the local store, and the counts are exact`,
  async () => {
    await land(EVENTS);
    counter.taken();

    const onS3 = await measured(day.config, day.spark);
    const { requests, bytes } = counter.taken();
    const onDisk = await measured(local.config, day.spark, input());
    say(EVENTS, onS3.seconds, onDisk.seconds, requests, bytes);

    const { seconds: _, ...content } = onS3;
    expect(content).toEqual({ ...onDisk, seconds: undefined });
    const owed = countsOfGenerated(EVENTS);
    expect(content.counts).toMatchObject([owed, { recipes: owed.published }]);
    const [read] = await day.spark.read
      .parquet(s3.lake.url(layout.tableObject(DAY)))
      .agg({ rows: F.count(), urls: F.countDistinct(F.col('url')) })
      .collect();
    expect(read).toEqual({ rows: BigInt(owed.published), urls: BigInt(owed.published) });
  },
  TEST_MS,
);

/** Both jobs. @param input folder, where it is not the landing of the lake */
async function measured(config: Config, spark: SparkSession, input?: string): Promise<Measured> {
  const execution = {
    config,
    args: parseArguments(['--date', DATE], {}),
    log: openLog({ ...config.logging, level: 'error' }),
    signal: new AbortController().signal,
    ...(input === undefined ? {} : { input: openStore(input, config.lake) }),
  };
  const startedAt = performance.now();
  const loaded = await executeJob('dataload', (run) => dataload(run, spark), execution);
  const loadedAt = performance.now();
  const prepared = await executeJob('prepare', (run) => prepare(run, spark), execution);
  const seconds = `${sec(loadedAt - startedAt)} s + ${sec(performance.now() - loadedAt)} s`;
  const summaries = [loaded, prepared];
  if (summaries.some(({ outcome }) => outcome !== 'published')) throw new Error(JSON.stringify(summaries));
  const [lake, output] = [config.lake.uri, config.lake.output].map((uri) => openStore(uri, config.lake));
  const report = new TextDecoder().decode(await output!.get(layout.report('beef_cooking_time', DAY)));
  const sha256 = (await lake!.head(layout.tableObject(DAY)))?.sha256 ?? '';
  return { seconds, sha256, report, counts: summaries.map((summary) => summary['counts']) };
}

const sec = (ms: number): string => (ms / 1000).toFixed(1);

function say(
  events: number,
  onS3: string,
  onDisk: string,
  requests: Readonly<Record<string, number>>,
  bytes: number,
): void {
  const all = Object.values(requests).reduce((sum, number) => sum + number, 0);
  const kinds = Object.entries(requests).map(([method, number]) => `${number} ${method}`);
  process.stderr.write(
    `${events} events, dataload + prepare: ${onS3} on S3 (${all} requests: ${kinds.join(', ')}; ` +
      `${Math.round(bytes / 1e6)} MB), ${onDisk} on the local store\n`,
  );
}
