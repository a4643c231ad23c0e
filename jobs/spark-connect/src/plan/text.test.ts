import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { functions as F, Window } from '../index.ts';
import { planSession } from '../../testing/plan-session.ts';

const spark = planSession();
const n = F.col('n');

test.each([
  [n, 'n'],
  [n.gt(1).and(F.lower(F.col('s')).eq('a')), "((n > 1) and (lower(s) == 'a'))"],
  [F.lit('x'.repeat(100)), `'${'x'.repeat(60)}…'`],
  [F.lit(new Date(0)), "timestamp'1970-01-01T00:00:00.000Z'"],
  [F.lit(new Uint8Array(3)), 'binary of 3 bytes'],
  [F.lit([1, null]), 'array(1, null)'],
  [F.countDistinct(n).as('kinds'), 'count(DISTINCT n) AS kinds'],
  [n.cast('string').getField('a'), "cast(n AS string)['a']"],
  [F.struct({ a: n }).withField('b', 1), "update(named_struct('a', n), b)"],
  [F.transform(n, (x) => x.plus(1)), 'transform(n, (x_0) -> (x_0 + 1))'],
  [
    F.rowNumber().over(Window.partitionBy('n').orderBy(n.desc())),
    'row_number() OVER (PARTITION BY n ORDER BY n DESC NULLS LAST)',
  ],
  [F.expr('n + 1'), 'n + 1'],
  [F.callFunction('a.b', F.col('*')), 'a.b(*)'],
])('a column says what it computes: %s', (column, text) => {
  expect(inspect(column)).toBe(`Column<${text}>`);
  expect(String(column)).toBe(inspect(column));
});

test('a column of many levels is cut', () => {
  let deep = n;
  for (let level = 0; level < 20_000; level++) deep = deep.plus(1);
  expect(String(deep)).toContain('…');
  expect(String(deep).length).toBeLessThan(300);
});

test('a frame says how it is made, and a session where it is', () => {
  const secret = { password: 'secret' };
  const frame = spark.read
    .parquet('/lake', secret)
    .filter(n.gt(1))
    .withColumn('m', 1)
    .groupBy('m')
    .agg({ rows: F.count() });
  const text =
    'read parquet /lake -> filter (n > 1) -> withColumns m -> group by m: count(1) AS rows -> sort m ASC NULLS FIRST';
  expect(inspect(frame.orderBy('m'))).toBe(`DataFrame<${text}>`);
  const joined = spark.table('a').as('x').join(spark.sql('SELECT 1'), 'n').select('n').drop('m').limit(2);
  expect(String(joined)).toBe('DataFrame<table a -> as x -> join -> select n -> drop m -> limit 2>');
  expect(String(spark.createDataFrame([{ n: 7 }], 'n INT').union(spark.range(3)))).toBe(
    'DataFrame<rows of this process -> setOp>',
  );
  let long = spark.range(1);
  for (let step = 0; step < 20; step++) long = long.limit(step);
  expect(String(long)).toBe(
    `DataFrame<range 0..1 -> limit 0 -> … -> ${[14, 15, 16, 17, 18, 19].map((step) => `limit ${step}`).join(' -> ')}>`,
  );
  expect(inspect(spark)).toBe('SparkSession<nobody:15002, Spark 4.2.0>');
});
