/** A day that several tasks write is the day that one would have written, as one object. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parquetMetadata } from 'hyparquet';
import { type Config, withParts } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { countsOfGenerated, writeGenerated } from '../../events/generated-events.ts';
import { testLake, testSession, type TestLake } from '../../lakes/in-process.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { queryJson, withDuckDb } from '../../oracles/duckdb-session.ts';

const EVENTS = 1_000;
const WRITERS = 4;
const OBJECT = 'recipes/year=2019/month=11/day=29/recipes.parquet';
const QUARANTINE = 'quarantine/recipe_changes/year=2019/month=11/day=29/*.json';
const REPORT = 'beef_cooking_time/year=2019/month=11/day=29/beef_cooking_time.csv';

let spark: SparkSession;
let [narrow, wide]: TestLake[] = [];
let bytesOfDay = 0;

const writing = (bytesPerWriter: number) => (config: Config) =>
  withParts(config, { spark: { ...config.spark, bytesPerWriter } });
const hashOf = async (lake: TestLake): Promise<string> =>
  createHash('sha256')
    .update(await readFile(join(lake.lake, OBJECT)))
    .digest('hex');

beforeAll(async () => {
  spark = await testSession();
  narrow = await testLake(spark);
  const input = join(narrow.folder, 'generated');
  const names = await writeGenerated(input, EVENTS);
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(input, name)) })));
  bytesOfDay = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  wide = await testLake(spark, writing(Math.floor(bytesOfDay / WRITERS)));
  for (const lake of [narrow, wide]) await lake.land(files);
});
afterAll(async () => {
  await narrow?.[Symbol.asyncDispose]();
  await wide?.[Symbol.asyncDispose]();
  await spark?.release();
});

test('rows, counts, quarantine and report are those of a day with one writer; each event of a recipe counts', async () => {
  const loaded = await Promise.all([narrow!, wide!].map((lake) => lake.dataload(DATE)));
  for (const summary of loaded) {
    expect(summary).toMatchObject({ outcome: 'published', counts: countsOfGenerated(EVENTS) });
  }
  for (const lake of [narrow!, wide!]) expect((await lake.prepare(DATE)).outcome).toBe('published');
  const [report, ofWide] = await Promise.all(
    [narrow!, wide!].map(({ output }) => readFile(join(output, REPORT), 'utf8')),
  );
  expect(ofWide).toBe(report);

  for (const read of [
    (lake: string) => `read_parquet('${lake}/${OBJECT}')`,
    (lake: string) => `read_json('${lake}/${QUARANTINE}')`,
  ]) {
    const [one, other] = [narrow!, wide!].map(({ lake }) => `SELECT * FROM ${read(lake)}`);
    const differ = await withDuckDb((connection) =>
      queryJson(connection, `(${one} EXCEPT ALL ${other}) UNION ALL (${other} EXCEPT ALL ${one})`),
    );
    expect(differ).toEqual([]);
  }
});

test('the day is one object of a sorted row group a writer, none of which shares a recipe with another', async () => {
  const buffer = (await readFile(join(wide!.lake, OBJECT))).slice().buffer;
  expect(parquetMetadata(buffer).row_groups.length).toBe(WRITERS);
  const sorted = await withDuckDb((connection) =>
    queryJson<{ url: string }>(connection, `SELECT url FROM read_parquet('${join(wide!.lake, OBJECT)}')`),
  );
  const urls = sorted.map(({ url }) => url);
  expect(new Set(urls).size).toBe(urls.length);
  const descents = urls.filter((url, index) => index > 0 && url < urls[index - 1]!);
  expect(descents.length).toBe(WRITERS - 1);
});

test('the same events in other files, read in other shares, are the same bytes and nothing is published', async () => {
  const before = await hashOf(wide!);
  await spark.conf.set({ 'spark.sql.files.maxPartitionBytes': '100k', 'spark.sql.files.openCostInBytes': '0' });
  try {
    expect((await wide!.dataload(DATE)).outcome).toBe('unchanged');
  } finally {
    await spark.conf.unset('spark.sql.files.maxPartitionBytes', 'spark.sql.files.openCostInBytes');
  }
  expect(await hashOf(wide!)).toBe(before);
});

test('a day with fewer recipes than writers is whole, and so is one without any', async () => {
  const lake = await testLake(spark, writing(1));
  try {
    await lake.land([{ name: 'a.json', bytes: Buffer.from('{"url":"u","ingredients":"salt"}\n') }]);
    expect(await lake.dataload(DATE)).toMatchObject({ outcome: 'published', counts: { published: 1 } });
    await lake.land([{ name: 'a.json', bytes: Buffer.from('\n'.repeat(50)) }]);
    expect(await lake.dataload(DATE)).toMatchObject({ outcome: 'published', counts: { published: 0, blank: 50 } });
  } finally {
    await lake[Symbol.asyncDispose]();
  }
});
