/** A day changes wholly or not at all, and alone. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SparkSession } from 'spark-connect';
import { dirtyDay } from '../../events/dirty-day.ts';
import { contentOf, file, testLake, testSession, type TestLake } from '../../lakes/in-process.ts';
import { judgeDay } from '../../oracles/oracle.ts';
import { currentManifest, publishedDay, publishedRows } from '../../lakes/published-day.ts';

const DATE = '2019-11-29';
const OTHER = '2019-11-28';
const TABLE = 'recipes/year=2019/month=11';
const event = (url: string, name: string): string =>
  JSON.stringify({ url, name, ingredients: '1 lb beef', cookTime: 'PT10M' });

let spark: SparkSession;
let lake: TestLake;
beforeAll(async () => {
  spark = await testSession();
  lake = await testLake(spark);
});
afterAll(async () => {
  await lake[Symbol.asyncDispose]();
  await spark.release();
});

const table = async (): Promise<Record<string, string>> => contentOf(join(lake.lake, TABLE));
const report = async (): Promise<Record<string, string>> => contentOf(join(lake.output, 'beef_cooking_time'));

test('the same day twice: byte-identical data, the same report, outcome unchanged, and nothing left in staging', async () => {
  const day = dirtyDay({ seed: 11, lines: 600, brokenShare: 0.05 });
  await lake.land(day.files);
  expect(await lake.dataload(OTHER)).toMatchObject({ outcome: 'published' });
  const [first, firstReport] = [await lake.dataload(DATE), await lake.prepare(DATE)];
  const [before, csv] = [await table(), await report()];
  const [second, secondReport] = [await lake.dataload(DATE), await lake.prepare(DATE)];

  expect([first, firstReport].map(({ outcome }) => outcome)).toEqual(['published', 'published']);
  expect([second, secondReport].map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
  expect(await table()).toEqual(before);
  expect(await report()).toEqual(csv);
  expect(Object.keys(await contentOf(join(lake.lake, '_staging')))).toEqual([]);
  expect((await currentManifest(lake.lake, DATE)).runId).toBe(second.runId);
});

test('the same events split into other files give the same rows in the same order', async () => {
  const day = dirtyDay({ seed: 11, lines: 600, brokenShare: 0.05, files: ['a.json', 'b.json.gz', 'c.jsonl.zst'] });
  await lake.land(day.files);
  await lake.dataload(DATE);
  expect(await publishedDay(lake.lake, DATE)).toEqual(judgeDay(day.files));
});

test('lines keep their numbers where Spark reads files in pieces, several of them in one task', async () => {
  const day = dirtyDay({ seed: 12, lines: 600, brokenShare: 0.1, files: ['a.json', 'b.json', 'c.json.gz'] });
  await using inPieces = await testSession();
  await inPieces.conf.set({
    'spark.sql.files.maxPartitionBytes': '40000',
    'spark.sql.files.openCostInBytes': '0',
    'spark.sql.files.maxPartitionNum': '5',
  });
  await using its = await testLake(inPieces);
  await its.land(day.files);
  expect(await its.dataload(DATE)).toMatchObject({ outcome: 'published' });
  expect(await publishedDay(its.lake, DATE)).toEqual(judgeDay(day.files));
});

test('a smaller input replaces the old day wholly, and the other day is untouched', async () => {
  const other = (await table())['day=28/recipes.parquet'];
  await lake.land([file('small.json', event('https://a.example/1', 'one'))]);
  expect(await lake.dataload(DATE)).toMatchObject({
    outcome: 'published',
    findings: [{ code: 'shrinkage', severity: 'warn' }],
  });
  expect((await publishedRows(lake.lake, DATE)).map(({ url }) => url)).toEqual(['https://a.example/1']);
  expect((await table())['day=28/recipes.parquet']).toBe(other);
});

test('a missing input changes nothing and ends with exit code 3', async () => {
  const before = await contentOf(lake.lake);
  await lake.land([]);
  expect(await lake.dataload(DATE)).toMatchObject({ exitCode: 3, code: 'no-input' });
  expect(await contentOf(lake.lake)).toEqual(before);
});

test('files without any line make an empty day with the full schema, and its report is a header', async () => {
  await lake.land([file('empty.json')]);
  expect(await lake.dataload(DATE)).toMatchObject({ outcome: 'published', counts: { read: 0, published: 0 } });
  expect(await publishedRows(lake.lake, DATE)).toEqual([]);
  const types = (await spark.read.parquet([join(lake.lake, TABLE, 'day=29/recipes.parquet')]).schema()).toDDL();
  expect(types).toMatch(
    /url.*STRING.*ingredients.*ARRAY<STRING>.*cook_time_seconds.*BIGINT.*date_published.*DATE.*event.*STRUCT/i,
  );
  await lake.prepare(DATE);
  const csv = await readFile(
    join(lake.output, 'beef_cooking_time/year=2019/month=11/day=29/beef_cooking_time.csv'),
    'utf8',
  );
  expect(csv).toBe('difficulty,avg_total_cooking_time\n');
});

test('no files at all make the same empty day with --allow-empty', async () => {
  const empty = await table();
  await lake.land([file('one.json', event('https://a.example/1', 'one'))]);
  await lake.dataload(DATE);
  await lake.land([]);
  expect(await lake.dataload(DATE, '--allow-empty')).toMatchObject({ outcome: 'published', counts: { read: 0 } });
  expect(await table()).toEqual(empty);
});

test('a later correction of a past day changes that day alone', async () => {
  await lake.land([file('new.json', event('https://a.example/2', 'two'))]);
  await lake.dataload(DATE);
  const newer = (await table())['day=29/recipes.parquet'];
  await lake.land([file('fixed.json', event('https://a.example/3', 'corrected'))]);
  expect(await lake.dataload(OTHER)).toMatchObject({ outcome: 'published' });
  expect((await publishedRows(lake.lake, OTHER)).map(({ name }) => name)).toEqual(['corrected']);
  expect((await table())['day=29/recipes.parquet']).toBe(newer);
});

test('a broken later event never displaces a good earlier one', async () => {
  const broken = JSON.stringify({ url: 'https://a.example/1', ingredients: '', name: 'broken' });
  const others = Array.from({ length: 9 }, (_, index) => event(`https://b.example/${index}`, 'other'));
  await lake.land([file('a.json', ...others, event('https://a.example/1', 'good'), broken)]);
  expect(await lake.dataload(DATE)).toMatchObject({ outcome: 'published', counts: { quarantined: 1 } });
  const rows = await publishedRows(lake.lake, DATE);
  expect(rows.filter(({ url }) => url === 'https://a.example/1').map(({ name }) => name)).toEqual(['good']);
});

test('a day whose accepted rows stay the same but whose quarantine grows is unchanged, and its manifest names the new quarantine', async () => {
  const good = event('https://a.example/1', 'good');
  await lake.land([file('a.json', ...Array.from({ length: 20 }, () => good))]);
  await lake.dataload(DATE);
  await lake.land([file('a.json', ...Array.from({ length: 20 }, () => good), 'not json')]);
  expect(await lake.dataload(DATE)).toMatchObject({ outcome: 'unchanged', counts: { quarantined: 1 } });
  const manifest = await currentManifest(lake.lake, DATE);
  expect(manifest.quarantine).toMatchObject({ rows: 1 });
  expect(await readFile(join(lake.lake, manifest.quarantine!.key), 'utf8')).toContain('"raw":"not json"');
});

test('prepare without a loaded day ends with exit code 3 and says what to run first', async () => {
  await rm(join(lake.lake, TABLE, 'day=29'), { recursive: true });
  expect(await lake.prepare(DATE)).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('run dataload --date 2019-11-29 first'),
  });
});
