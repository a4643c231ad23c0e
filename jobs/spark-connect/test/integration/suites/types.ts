import { expect, test } from '@jest/globals';
import { functions as F, Observation } from '../../../src/index.ts';
import type { Live } from './live.ts';

const VALUES: readonly (readonly [sql: string, value: unknown])[] = [
  ['cast(1 as tinyint)', 1],
  ['cast(-2 as smallint)', -2],
  ['3', 3],
  ['9007199254740993L', 9_007_199_254_740_993n],
  ['cast(1.5 as float)', 1.5],
  ['2.5d', 2.5],
  ["double('NaN')", Number.NaN],
  ['cast(-123.45 as decimal(10,2))', '-123.45'],
  ['cast(99999999999999999999999999999999999999 as decimal(38,0))', '99999999999999999999999999999999999999'],
  ['true', true],
  ["'größe \u{1f600}'", 'größe \u{1f600}'],
  ["X'0102'", new Uint8Array([1, 2])],
  ["date'2019-11-29'", '2019-11-29'],
  ["date'0001-01-01'", '0001-01-01'],
  ["timestamp'2019-11-29 01:02:03.456789'", new Date('2019-11-29T01:02:03.456Z')],
  ["timestamp'1900-01-01 00:00:00.000001'", new Date('1900-01-01T00:00:00.000Z')],
  ["timestamp_ntz'2019-11-29 01:02:03.456789'", '2019-11-29T01:02:03.456789'],
  ["interval '1-2' year to month", 14],
  ["interval '1 02:03:04.5' day to second", 93_784_500_000n],
  ['make_interval(0, 1, 0, 2, 0, 0, 3.5)', { months: 1, days: 2, micros: 3_500_000n }],
  ['array(1, null)', [1, null]],
  ['array()', []],
  ["array(date'2019-11-29')", ['2019-11-29']],
  [
    "map('a', 1, 'b', null)",
    new Map<string, unknown>([
      ['a', 1],
      ['b', null],
    ]),
  ],
  ["named_struct('a', 1, 'b', cast(2 as decimal(3,1)))", { a: 1, b: '2.0' }],
  [
    "array(named_struct('at', timestamp'2019-11-29 00:00:00', 'm', map(1, date'2019-11-29')))",
    [{ at: new Date('2019-11-29'), m: new Map([[1, '2019-11-29']]) }],
  ],
  ['null', null],
];

export function typesSuite({ spark, path }: Live): void {
  test('every type comes as its JavaScript value, and so does its null', async () => {
    const columns = VALUES.map(([sql], index) => `${sql} AS c${index}, if(id < 0, ${sql}, null) AS n${index}`).join(
      ', ',
    );
    const [row] = await spark().sql(`SELECT ${columns} FROM range(1)`).collect();
    for (const [index, [sql, value]] of VALUES.entries()) {
      expect([sql, row?.[`c${index}`]]).toEqual([sql, value]);
      expect([sql, row?.[`n${index}`]]).toEqual([sql, null]);
    }
  });

  test('literals arrive as the type they are said to be', async () => {
    const literals = {
      i: 1,
      b: 5_000_000_000,
      l: 2n,
      d: 1.5,
      s: 'x',
      t: true,
      n: null,
      at: new Date(1_574_985_600_123),
      y: new Uint8Array([7]),
    };
    const frame = spark().range(0, 1).withColumns(literals).drop('id');
    expect((await frame.schema()).toDDL()).toBe(
      'i INT NOT NULL, b BIGINT NOT NULL, l BIGINT NOT NULL, d DOUBLE NOT NULL, s STRING NOT NULL, t BOOLEAN NOT NULL, n VOID, at TIMESTAMP NOT NULL, y BINARY NOT NULL',
    );
    expect(await frame.collect()).toEqual([{ ...literals, b: 5_000_000_000n }]);
  });

  test('a schema is told in DDL that can be read again', async () => {
    const ddl = 'a INT NOT NULL, `b c` ARRAY<STRUCT<x: DECIMAL(10,2), y: MAP<STRING, DATE>>>, v VARIANT';
    const frame = spark().read.schema(ddl).json(path('.'));
    const text = (await frame.schema()).toDDL();
    expect(text).toBe(ddl.replace(' NOT NULL', ''));
    expect((await spark().read.schema(text).json(path('.')).schema()).toDDL()).toBe(text);
  });

  test('observed values look like the values of a result', async () => {
    const aggregates = {
      rows: F.count(),
      day: F.max(F.expr("date'2019-11-29'")),
      at: F.max(F.expr("timestamp'2019-11-29 00:00:00'")),
      exact: F.sum(F.expr('cast(id as decimal(10,2))')),
      mean: F.avg(F.col('id')),
      text: F.min(F.lit('x')),
      list: F.sortArray(F.collectSet(F.col('id'))),
      pair: F.max(F.struct({ a: F.col('id'), b: 'z' })),
    };
    const seen = new Observation('seen');
    const frame = spark().range(0, 3);
    await frame.observe(seen, aggregates).collect();
    const [row] = await frame.agg(aggregates).collect();
    expect(seen.values).toEqual(row);
    expect(row).toMatchObject({
      rows: 3n,
      day: '2019-11-29',
      exact: '3.00',
      mean: 1,
      list: [0n, 1n, 2n],
      pair: { a: 2n, b: 'z' },
    });
  });
}
