/** Readers without our library: what the READMEs tell them works, also in a lake that holds a day from 01 to 09. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { functions as F, type DataFrame, type SparkSession } from 'spark-connect';
import { pythonWith, run } from 'spark-connect/testing/python';
import { smallDay } from '../events/small-day.ts';
import { testLake, testSession, type TestLake } from '../lakes/in-process.ts';
import { queryJson, withDuckDb } from '../oracles/duckdb-session.ts';
import { TABLE_READERS } from '../servers/python-readers.ts';

const DAYS = { '2019-11-29': 3, '2019-12-01': 5 } as const;
const DEFAULT_LAKE = 'data/lake';

interface RecipeOfDay {
  readonly day: number;
  readonly description: string;
}

let spark: SparkSession;
let lake: TestLake;
beforeAll(async () => {
  spark = await testSession();
  lake = await testLake(spark);
  for (const [date, lines] of Object.entries(DAYS)) {
    await lake.land([smallDay(date, lines)]);
    await lake.dataload(date);
  }
});
afterAll(async () => {
  await lake?.[Symbol.asyncDispose]();
  await spark?.release();
});

/** The blocks of a page in a language, with the lake of this test in place of the default. */
function examplesOf(page: string, language: string): string[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const found = blocks.filter(([, name]) => name === language).map(([, , text = '']) => text);
  return found.map((text) => {
    expect(text).toContain(DEFAULT_LAKE);
    return text.replaceAll(DEFAULT_LAKE, lake.lake);
  });
}

const OWED = Array.from({ length: DAYS['2019-11-29'] }, () => [29, '2019-11-29']);

test.each(['README.md', 'jobs/lake/README.md'])('the SQL of %s reads one day with DuckDB', async (page) => {
  const [sql = ''] = examplesOf(page, 'sql');
  const rows = await withDuckDb((connection) => queryJson<RecipeOfDay>(connection, sql));
  expect(rows.map(({ day, description }) => [day, description])).toEqual(OWED);
});

test('the Python of jobs/lake/README.md reads one day with pyarrow', () => {
  const [script = ''] = examplesOf('jobs/lake/README.md', 'python');
  const python = pythonWith(...TABLE_READERS);
  const said = run(python, [
    '-c',
    `${script}\nimport json\nprint(json.dumps(table.select(["day", "description"]).to_pylist()))`,
  ]);
  const rows = JSON.parse(said) as RecipeOfDay[];
  expect(rows.map(({ day, description }) => [day, description])).toEqual(OWED);
});

test('the TypeScript of jobs/lake/README.md reads one day with Spark', async () => {
  const [code = ''] = examplesOf('jobs/lake/README.md', 'ts');
  const source = `export default (spark, F) => {\n${code}\nreturn recipes;\n};`;
  const { default: recipes } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    readonly default: (...given: readonly unknown[]) => DataFrame;
  };
  const rows = await recipes(spark, F).collect<RecipeOfDay>();
  expect(rows.map(({ day, description }) => [day, description])).toEqual(OWED);
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
