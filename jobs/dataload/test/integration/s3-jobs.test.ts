/** Both jobs on two buckets, with Spark's own S3 client beside ours; nothing that can be read holds a secret. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectOptions, layout, loadConfig, parseLogicalDate } from 'lake';
import { functions as F, SparkSession } from 'spark-connect';
import { DATE } from '../../testing/process-lake.ts';
import { summaryOf, runScript } from '../../testing/processes.ts';
import { type S3Lake, s3Lake } from '../../testing/s3-lake.ts';
import { smallDay } from '../../testing/small-day.ts';

const DAY = parseLogicalDate(DATE);
let s3: S3Lake;
const said: string[] = [];

beforeAll(async () => {
  s3 = await s3Lake();
}, 120_000);
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
});

const text = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);

test('a day is published, again unchanged, and then replaced', async () => {
  await s3.land([smallDay('first')]);
  for (const [version, outcome] of [
    ['first', 'published'] as const,
    ['first', 'unchanged'] as const,
    ['second', 'published'] as const,
  ]) {
    await s3.land([smallDay(version)]);
    const ended = await s3.run('dataload');
    said.push(ended.stdout, ended.stderr);
    expect(summaryOf(ended)).toMatchObject({ outcome, exitCode: 0 });
  }
  const { runId, sha256 } = (await s3.lake.head(layout.partition(DAY)))!;
  const manifest = JSON.parse(text(await s3.lake.get(layout.currentManifest('dataload', DAY)))) as object;
  expect(manifest).toMatchObject({ runId, staged: { sha256 }, counts: { read: 40 } });
  expect(await s3.lake.list('_staging')).toStrictEqual([]);
  expect(await s3.lake.uploads?.list()).toStrictEqual([]);
}, 120_000);

test('the report is made from it, and lies in the other bucket', async () => {
  const ended = await s3.run('prepare');
  said.push(ended.stdout, ended.stderr);
  expect(summaryOf(ended)).toMatchObject({ outcome: 'published', exitCode: 0 });
  expect(text(await s3.output.get(layout.report(DAY)))).toMatch(/^difficulty,avg_total_cooking_time\n/);
  expect(await s3.output.list('_staging')).toStrictEqual([]);
}, 60_000);

test('npm start takes s3:// too', async () => {
  const { RECIPE_ETL_LAKE: lake = '', RECIPE_ETL_OUTPUT: output = '', ...variables } = s3.variables;
  const words = [
    '--date',
    '2019-11-28',
    '--input',
    'jobs/dataload/sample/2019/11/28',
    '--lake',
    lake,
    '--output',
    output,
  ];
  const ended = await runScript('jobs/scripts/start.ts', words, variables);
  said.push(ended.stdout, ended.stderr);
  expect(ended.exitCode).toBe(0);
  expect(ended.stdout).toContain(`lake    ${lake}\n`);
  expect(await s3.output.head(layout.report(parseLogicalDate('2019-11-28')))).toBeDefined();
}, 90_000);

test('the secret is in no log, manifest, plan or conf', async () => {
  const config = loadConfig('local', 'configs', s3.variables);
  const run = { config, job: 'dataload', signal: new AbortController().signal, progress: () => undefined } as const;
  await using spark = await SparkSession.connect(connectOptions(run));
  const url = s3.lake.url(layout.partition(DAY));
  const frame = spark.read.parquet(url);
  expect(await frame.count()).toBe(40n);
  const confs = await spark.sql('SET -v').collect();
  const sets = await spark.sql('SET').collect();
  const plan = await frame.select(F.col('url')).explain('extended');
  const readable = [
    ...said,
    JSON.stringify(confs),
    JSON.stringify(sets),
    plan,
    await s3.sparkLog(),
    JSON.stringify(config),
  ];
  for (const store of [s3.lake, s3.output]) {
    for (const { key } of await store.list(''))
      if (!key.endsWith('.parquet')) readable.push(text(await store.get(key)));
  }
  const secret = s3.gateway.secretAccessKey;
  expect(secret.length).toBeGreaterThan(8);
  expect(readable.filter((shown) => shown.includes(secret))).toStrictEqual([]);
  expect(readable.join('').length).toBeGreaterThan(10_000);
}, 60_000);

test('session confs reach the S3 client of Spark: one for a dead endpoint fails within seconds', async () => {
  const config = loadConfig('local', 'configs', { ...s3.variables, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
  const run = { config, job: 'dataload', signal: new AbortController().signal, progress: () => undefined } as const;
  await using spark = await SparkSession.connect(connectOptions(run));
  const startedAt = performance.now();
  // A file system is kept by the name of its bucket, so the bucket is another.
  await expect(spark.read.parquet('s3a://elsewhere/k').count()).rejects.toThrow(/127\.0\.0\.1|Connection refused/);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
}, 60_000);
