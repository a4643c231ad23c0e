/** Both jobs on two buckets, with Spark's own S3 client beside ours. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { connectOptions, loadConfig } from 'runtime';
import { SparkSession } from 'spark-connect';
import { layout } from '../../lakes/layout.ts';
import { type CurrentManifest, DATE, processLake } from '../../lakes/process-lake.ts';
import { pageCommand } from '../../pages.ts';
import { summaryOf, runScript } from '../../processes.ts';
import { type S3Lake, s3Lake } from '../../lakes/s3-lake.ts';
import { smallDay } from '../../events/small-day.ts';

const DAY = parseLogicalDate(DATE);
const SAMPLE = 'jobs/dataload/sample/2019/11/29';
let s3: S3Lake;

beforeAll(async () => {
  s3 = await s3Lake();
});
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
    expect(summaryOf(ended)).toMatchObject({ outcome, exitCode: 0 });
  }
  const { runId, sha256 } = (await s3.lake.head(layout.tableObject(DAY)))!;
  const manifest = JSON.parse(text(await s3.lake.get(layout.currentManifest('dataload', DAY)))) as object;
  expect(manifest).toMatchObject({ runId, staged: { sha256 }, counts: { read: 40 } });
  expect(await s3.lake.list('_staging')).toStrictEqual([]);
  expect(await s3.lake.uploads?.list()).toStrictEqual([]);
});

test('the report is made from it, and lies in the other bucket with its pages', async () => {
  const ended = await s3.run('prepare');
  expect(summaryOf(ended)).toMatchObject({ outcome: 'published', exitCode: 0 });
  expect(text(await s3.output.get(layout.report('beef_cooking_time', DAY)))).toMatch(
    /^difficulty,avg_total_cooking_time\n/,
  );
  const page = layout.reportPage('beef_cooking_time', DAY);
  expect(summaryOf(ended)).toMatchObject({ page: s3.output.url(page) });
  const current = `<code>${s3.lake.uri}/${layout.currentManifest('dataload', DAY)}</code>`;
  for (const key of [page, layout.indexPage]) expect(text(await s3.output.get(key))).toContain(current);
  expect(await s3.output.list('_staging')).toStrictEqual([]);
});

test('npm start takes s3:// too', async () => {
  const { RECIPE_ETL_LAKE: lake = '', RECIPE_ETL_OUTPUT: output = '', ...variables } = s3.variables;
  const places = {
    '2019-11-29': '2019-11-28',
    'jobs/dataload/sample/2019/11/29': 'jobs/dataload/sample/2019/11/28',
    's3://events/lake': lake,
    's3://reports': output,
  };
  const ended = await runScript(...pageCommand('jobs/lake/README.md', 'npm start -- ', places), variables);
  expect(ended.exitCode).toBe(0);
  expect(ended.stdout).toContain(`lake    ${lake}\n`);
  expect(await s3.output.head(layout.report('beef_cooking_time', parseLogicalDate('2019-11-28')))).toBeDefined();
});

test('the sample day gives the same bytes, counts and report as on the local store', async () => {
  const names = await readdir(SAMPLE);
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(SAMPLE, name)) })));
  await using local = await processLake();
  await local.land(files);
  await s3.land(files);
  for (const job of ['dataload', 'prepare'] as const) {
    // The same server for both: how a footer orders the encodings of a column is up to the JVM.
    const [there, here] = [await s3.run(job), await local.run(job, [], { SPARK_REMOTE: s3.remote })];
    for (const ended of [there, here]) expect(ended.exitCode).toBe(0);
    const { counts } = summaryOf(here);
    expect(summaryOf(there)).toMatchObject({ job, logicalDate: DATE, outcome: 'published', exitCode: 0, counts });
  }
  const manifest = JSON.parse(text(await s3.lake.get(layout.currentManifest('dataload', DAY)))) as CurrentManifest;
  const here = await local.manifest('dataload');
  expect(manifest).toMatchObject({ counts: here.counts, staged: { sha256: here.staged.sha256 } });
  expect(await s3.lake.get(layout.tableObject(DAY))).toEqual(new Uint8Array(await readFile(local.data)));
  const quarantine = await readFile(join(local.lake, here.quarantine!.key), 'utf8');
  expect(text(await s3.lake.get(manifest.quarantine!.key))).toBe(quarantine);
  const report = text(await s3.output.get(layout.report('beef_cooking_time', DAY)));
  expect(report).toBe(await readFile(local.report, 'utf8'));
  expect(report).toBe(await readFile(`jobs/dataload/sample/expected/${DATE}.csv`, 'utf8'));
});

test('session confs reach the S3 client of Spark: one for a dead endpoint fails within seconds', async () => {
  const config = loadConfig('local', 'configs', { ...s3.variables, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
  const run = { config, job: 'dataload', signal: new AbortController().signal } as const;
  await using spark = await SparkSession.connect(connectOptions(run));
  const startedAt = performance.now();
  // A file system is kept by the name of its bucket, so the bucket is another.
  await expect(spark.read.parquet('s3a://elsewhere/k').count()).rejects.toThrow(/127\.0\.0\.1|Connection refused/);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
