/** A day that several tasks write to S3: joined by the store from parts that it copies, and published as every other. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { type Config, withParts } from 'runtime';
import { functions as F } from 'spark-connect';
import { layout } from '../../lakes/layout.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { s3Day, type S3Day } from '../../lakes/s3-day.ts';
import { s3Lake, type S3Lake } from '../../lakes/s3-lake.ts';
import { startRequestCounter, type RequestCounter } from '../../servers/s3-request-counter.ts';

const WRITERS = 2;
const EVENTS = 8_000;
/** Of noise that does not compress below three quarters: each writer makes more than the 5 MiB that S3 asks of a part. */
const DESCRIPTION_BYTES = 2_000;
const OBJECT = layout.tableObject(parseLogicalDate(DATE));

let s3: S3Lake;
let counter: RequestCounter;
let day: S3Day;
const lines = Array.from({ length: EVENTS }, (_, number) =>
  JSON.stringify({
    url: `https://recipes.example/${number}`,
    ingredients: 'salt',
    description: randomBytes((DESCRIPTION_BYTES * 3) / 4).toString('base64'),
  }),
);
const content = Buffer.from(`${lines.join('\n')}\n`);

beforeAll(async () => {
  s3 = await s3Lake();
  counter = await startRequestCounter(s3.gateway.endpoint);
  const bytesPerWriter = Math.floor(content.length / WRITERS);
  day = await s3Day(s3, counter.endpoint, (config: Config) =>
    withParts(config, { spark: { ...config.spark, bytesPerWriter } }),
  );
});
afterAll(async () => {
  await day?.[Symbol.asyncDispose]();
  await counter?.[Symbol.asyncDispose]();
  await s3?.[Symbol.asyncDispose]();
});

test('the day is one whole object, which did not pass through the job to be joined', async () => {
  await s3.land([{ name: 'recipes.json', bytes: content }]);
  counter.taken();
  expect(await day.dataload()).toMatchObject({ outcome: 'published', counts: { published: EVENTS } });
  const { jobBytes } = counter.taken();
  const { sizeBytes } = (await s3.lake.head(OBJECT))!;
  expect(sizeBytes).toBeGreaterThan(WRITERS * 5 * 1024 ** 2);
  // The job reads the whole once, for its hash; joined in it, all would come and go once more.
  expect(jobBytes / sizeBytes).toBeGreaterThanOrEqual(1);
  expect(jobBytes / sizeBytes).toBeLessThan(1.5);
  expect(await day.faults()).toEqual([]);
  expect(await s3.lake.uploads?.list()).toEqual([]);
  expect(await s3.lake.list('_staging')).toEqual([]);
});

test('every row is found in it by its url', async () => {
  const table = day.spark.read.parquet(s3.lake.url(OBJECT));
  const [all] = await table.agg({ rows: F.count(), urls: F.countDistinct(F.col('url')) }).collect();
  expect(all).toEqual({ rows: BigInt(EVENTS), urls: BigInt(EVENTS) });
  for (const number of [0, EVENTS / 2, EVENTS - 1]) {
    const event = JSON.parse(lines[number]!) as { readonly url: string; readonly description: string };
    const found = await table.filter(F.col('url').eq(event.url)).select('url', 'description').collect();
    expect(found).toEqual([{ url: event.url, description: event.description }]);
  }
});

test('run again, the day is unchanged; with other events it is replaced', async () => {
  expect((await day.dataload()).outcome).toBe('unchanged');
  await s3.land([{ name: 'recipes.json', bytes: Buffer.from(`${lines.slice(1).join('\n')}\n`) }]);
  expect(await day.dataload()).toMatchObject({ outcome: 'published', counts: { published: EVENTS - 1 } });
});
