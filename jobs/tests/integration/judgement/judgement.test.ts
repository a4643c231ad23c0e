/** What Spark decides of a line is what JSON.parse, Ajv and plain TypeScript decide, and what DuckDB decides. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bytesOfEvents, type Config, dayConfs } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { sized } from 'spark-connect/testing/size';
import { differencesOf, loadCases } from '../../events/cases.ts';
import { dirtyDay, WAYS } from '../../events/dirty-day.ts';
import { judgeDayByDuckDb } from '../../oracles/duckdb-oracle.ts';
import { reportFromLake, reportFromRows } from '../../oracles/duckdb-report.ts';
import { file, testLake, testSession } from '../../lakes/in-process.ts';
import { judgeDay } from '../../oracles/oracle.ts';
import { publishedDay, publishedRows, quarantineLines } from '../../lakes/published-day.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const DATE = '2019-11-29';
const LINES = sized(2_000, 50_000);
const anyShare = (config: Config): Config => {
  return { ...config, lake: { ...config.lake, audit: { maxQuarantinedShare: 1, minRows: null, maxShrinkage: null } } };
};

/** A small day is interpreted, a large one compiled; what spark_config.yml says holds for both. */
const WAYS_TO_COMPUTE = { interpreted: 0, compiled: bytesOfEvents(100_000) };
type WayToCompute = keyof typeof WAYS_TO_COMPUTE;
const computed =
  (way: WayToCompute) =>
  (config: Config): Config => {
    const conf = { ...config.spark.conf, ...dayConfs(config, WAYS_TO_COMPUTE[way]) };
    return { ...anyShare(config), spark: { ...config.spark, conf } };
  };
const BOTH = ['interpreted', 'compiled'] as const;

let spark: SparkSession;
beforeAll(async () => {
  spark = await testSession();
});
afterAll(() => spark.release());

describe('a folder is a case', () => {
  const ways = sized<readonly WayToCompute[]>(['interpreted'], BOTH);
  test.each(loadCases().flatMap((dataCase) => ways.map((way) => [dataCase.name, way, dataCase] as const)))(
    'Spark decides as the case %s says, %s',
    async (_name, way, dataCase) => {
      await using lake = await testLake(spark, computed(way));
      await lake.land(dataCase.files);
      expect(await lake.dataload(DATE)).toMatchObject({ exitCode: 0 });
      expect(differencesOf(dataCase, await publishedDay(lake.lake, DATE))).toEqual([]);
    },
  );
});

describe('property: the oracles agree with Spark', () => {
  // Every way to break a line occurs at least twenty times in each of these days.
  const options = { lines: 20 * WAYS.length * 2, brokenShare: 0.3, atLeast: 20 };

  const seeds = sized([1], [1, 2, 3]);
  test.each(seeds.flatMap((seed) => BOTH.map((way) => [seed, way] as const)))(
    'on the dirty day of seed %i, %s, row by row, reason by reason, in order',
    async (seed, way) => {
      const day = dirtyDay({ ...options, seed });
      expect(Math.min(...WAYS.map((way) => day.brokenBy.get(way.name) ?? 0))).toBeGreaterThanOrEqual(20);
      await using lake = await testLake(spark, computed(way));
      await lake.land(day.files);
      expect(await lake.dataload(DATE)).toMatchObject({ exitCode: 0 });
      const published = await publishedDay(lake.lake, DATE);
      expect(published).toEqual(judgeDay(day.files));
      expect(published).toEqual(await judgeDayByDuckDb(day.files));
    },
  );

  test('and the report of a dirty day is the one that DuckDB computes from the lake, and from the raw lines', async () => {
    const day = dirtyDay({ seed: 4, lines: 1000, brokenShare: 0.1 });
    await using lake = await testLake(spark);
    await lake.land(day.files);
    await lake.dataload(DATE);
    expect(await lake.prepare(DATE)).toMatchObject({ exitCode: 0, outcome: 'published' });
    const csv = await readFile(
      join(lake.output, 'beef_cooking_time/year=2019/month=11/day=29/beef_cooking_time.csv'),
      'utf8',
    );
    expect(csv).toBe((await reportFromLake(lake.lake, DATE)).csv);
    expect(csv).toBe((await reportFromRows((await judgeDayByDuckDb(day.files)).rows)).csv);
  });
});

describe('a line may be long', () => {
  const FIVE_MB = 5_000_000;
  const event = (url: string, more: object): string => JSON.stringify({ url, ingredients: 'salt', ...more });

  test('of two lines of 5 MB the good one is published whole and the broken one quarantined whole', async () => {
    const description = `é${'x'.repeat(FIVE_MB)}&amp;`;
    const broken = event('https://a.example/2', { cookTime: 'soon', description });
    const others = Array.from({ length: 8 }, (_, index) => event(`https://b.example/${index}`, {}));
    await using lake = await testLake(spark);
    await lake.land([file('long.json', event('https://a.example/1', { description }), broken, ...others)]);
    expect(await lake.dataload(DATE)).toMatchObject({ exitCode: 0, counts: { published: 9, quarantined: 1 } });
    const rows = await publishedRows(lake.lake, DATE);
    const published = rows.find(({ url }) => url === 'https://a.example/1')?.description;
    expect(published === `é${'x'.repeat(FIVE_MB)}&`).toBe(true);
    const [line] = await quarantineLines(lake.lake, DATE);
    expect(line?.raw === broken).toBe(true);
  });
});

test('JSON is taken up to the limits of the parser, and beyond them refused for the limit', async () => {
  const line = (depth: number, digits: number, keyLength: number): string =>
    `{"url":"https://a.example/${depth}/${digits}/${keyLength}","ingredients":"salt","deep":${'['.repeat(depth)}${']'.repeat(depth)},` +
    `"long":${'7'.repeat(digits)},"${'k'.repeat(keyLength)}":1}`;
  const lines = [line(998, 1_000, 50_000), line(999, 1, 1), line(1, 1_001, 1), line(1, 1, 50_001)];
  const input = [file('limits.json', ...lines)];
  await using lake = await testLake(spark, anyShare);
  await lake.land(input);
  expect(await lake.dataload(DATE)).toMatchObject({
    exitCode: 0,
    counts: { published: 1, reasons: { too_deep: 1, number_too_long: 1, key_too_long: 1 } },
  });
  expect(await publishedDay(lake.lake, DATE)).toEqual(judgeDay(input));
});

describe('every line is accounted for', () => {
  test(`of ${LINES} lines of which a tenth are broken, and the quarantine holds each broken one as it came`, async () => {
    const day = dirtyDay({ seed: 5, lines: LINES, brokenShare: 0.1 });
    const expected = judgeDay(day.files);
    await using lake = await testLake(spark);
    await lake.land(day.files);
    expect(await lake.dataload(DATE)).toMatchObject({ exitCode: 0, counts: expected.counts });
    const { published, superseded, quarantined, blank } = expected.counts;
    expect(published + superseded + quarantined + blank).toBe(LINES);
    const lines = await quarantineLines(lake.lake, DATE);
    expect(lines.map(({ event }) => event)).toEqual(expected.quarantine.map(({ file, line }) => ({ file, line })));
    expect(lines.every(({ raw, raw_base64: base64 }) => (raw === undefined) !== (base64 === undefined))).toBe(true);
  });
});
