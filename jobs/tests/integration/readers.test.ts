/** Readers without our library: what the READMEs tell them works, also in a lake that holds a day from 01 to 09. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SparkSession } from 'spark-connect';
import { smallDay } from '../events/small-day.ts';
import { testLake, testSession, type TestLake } from '../lakes/in-process.ts';
import { queryJson, withDuckDb } from '../oracles/duckdb-session.ts';

const DAYS = { '2019-11-29': 3, '2019-12-01': 5 } as const;
const DEFAULT_LAKE = 'data/lake';

let spark: SparkSession;
let lake: TestLake;
beforeAll(async () => {
  spark = await testSession();
  lake = await testLake(spark);
  for (const [date, lines] of Object.entries(DAYS)) {
    await lake.land([smallDay(date, lines)]);
    await lake.dataload(date);
  }
}, 120_000);
afterAll(async () => {
  await lake?.[Symbol.asyncDispose]();
  await spark?.release();
});

/** The blocks of a page in a language, with the lake of this test in place of the default. */
function examplesOf(page: string, language: string): string[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks
    .filter(([, name]) => name === language)
    .map(([, , text = '']) => text.replaceAll(DEFAULT_LAKE, lake.lake));
}

test.each(['README.md', 'jobs/lake/README.md'])('the SQL of %s reads one day with DuckDB', async (page) => {
  const [sql = ''] = examplesOf(page, 'sql');
  expect(sql).toContain(lake.lake);
  const rows = await withDuckDb((connection) => queryJson<{ day: number; description: string }>(connection, sql));
  expect(rows.map(({ day, description }) => [day, description])).toEqual(
    Array.from({ length: DAYS['2019-11-29'] }, () => [29, '2019-11-29']),
  );
});

test('Spark reads the table as a hive-partitioned one', async () => {
  const days = await spark.read
    .parquet([`${lake.lake}/recipes`])
    .groupBy('year', 'month', 'day')
    .count()
    .collect<{ year: number; month: number; day: number; count: bigint }>();
  const counted = days.map(({ year, month, day, count }) => [year, month, day, Number(count)]);
  expect(counted.toSorted((a, b) => a[2]! - b[2]!)).toEqual([
    [2019, 12, 1, 5],
    [2019, 11, 29, 3],
  ]);
});
