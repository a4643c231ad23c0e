import { expect, test } from '@jest/globals';
import { functions as F } from '../../../src/index.ts';
import type { Live } from './live.ts';

const COLUMNS: readonly (readonly [ddl: string, ...values: unknown[]])[] = [
  ['a BOOLEAN', true, false],
  ['b TINYINT', -128, 127],
  ['c SMALLINT', -32_768, 32_767],
  ['d INT', -2_147_483_648, 2_147_483_647],
  ['e BIGINT', -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  ['f FLOAT', 1.5, Number.NaN],
  ['g DOUBLE', -0.1, Infinity],
  ['h DECIMAL(10,2)', '-123.45', '99999999.99'],
  ['i DECIMAL(38,18)', '-0.000000000000000001', '99999999999999999999.000000000000000000'],
  ['j STRING', 'größe \u{1f600}', ''],
  ['k BINARY', new Uint8Array([0, 255]), new Uint8Array()],
  ['l DATE', '0001-01-01', '9999-12-31'],
  ['m TIMESTAMP', new Date('0001-01-03T00:00:00.001Z'), new Date('9999-12-31T23:59:59.999Z')],
  ['n ARRAY<STRING>', ['x', null], []],
  ['o STRUCT<x: INT, `y z`: DATE>', { x: 1, 'y z': null }, { x: null, 'y z': '2019-11-29' }],
  ['p ARRAY<STRUCT<at: TIMESTAMP, in: ARRAY<DECIMAL(3,1)>>>', [{ at: new Date(5), in: ['1.5', null] }, null], []],
  ['q MAP<STRING, ARRAY<INT>>', new Map([['x', [1, null]]]), new Map()],
  ['r TIMESTAMP_NTZ', '2019-11-29T01:02:03.456789', '0001-01-01T00:00:00'],
];
const NAMES = COLUMNS.map(([ddl]) => ddl[0] as string);
const DDL = COLUMNS.map(([ddl]) => ddl).join(', ');
const row = (position: number): object =>
  Object.fromEntries(COLUMNS.map((column, index) => [NAMES[index], column[position] ?? null]));

export function localRowsSuite({ spark }: Live): void {
  test('rows of every type go to the server and come back, and so do nulls', async () => {
    const rows = [row(1), row(2), row(3)];
    const frame = spark().createDataFrame(rows, DDL);
    expect((await frame.schema()).toDDL()).toBe(DDL);
    expect(await frame.collect()).toEqual(rows);
  });

  test('the server understands them as its own', async () => {
    const texts = spark()
      .createDataFrame([row(1)], DDL)
      .select(...NAMES.map((name) => F.col(name).cast('string').as(name)));
    const [first] = await texts.collect();
    expect(first).toMatchObject({
      e: '-9223372036854775808',
      i: '-0.000000000000000001',
      l: '0001-01-01',
      n: '[x, null]',
      o: '{1, null}',
      q: '{x -> [1, null]}',
      r: '2019-11-29 01:02:03.456789',
      p: '[{1970-01-01 00:00:00.005, [1.5, null]}, null]',
    });
  });

  test('no rows have their columns all the same, and what is NOT NULL stays so', async () => {
    const ddl = 'a INT NOT NULL, b ARRAY<STRUCT<c: STRING NOT NULL>>';
    const none = spark().createDataFrame([], ddl);
    expect((await none.schema()).toDDL()).toBe(ddl);
    expect(await none.collect()).toEqual([]);
    expect(await none.unionByName(spark().createDataFrame([{ a: 1 }], ddl)).collect()).toEqual([{ a: 1, b: null }]);
  });

  test('times of day go to a server that has them', async () => {
    await spark().conf.set({ 'spark.sql.timeType.enabled': true });
    const frame = spark().createDataFrame([{ at: '01:02:03.456789' }, {}], 'at TIME');
    expect(await frame.collect()).toEqual([{ at: '01:02:03.456789' }, { at: null }]);
    await spark().conf.unset('spark.sql.timeType.enabled');
  });

  test('rows without a schema have the types of their values', async () => {
    const frame = spark().createDataFrame([{ n: 1, tags: ['a'], by: new Map([['x', 1.5]]) }, { n: 2n ** 40n }]);
    expect((await frame.schema()).toDDL()).toBe('n BIGINT, tags ARRAY<STRING>, by MAP<STRING, DOUBLE>');
    expect(await frame.collect()).toEqual([
      { n: 1n, tags: ['a'], by: new Map([['x', 1.5]]) },
      { n: 2n ** 40n, tags: null, by: null },
    ]);
  });

  test('many rows, joined', async () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}` }));
    const frame = spark().createDataFrame(rows, 'id BIGINT, name STRING');
    const joined = frame.join(spark().range(19_998, 30_000), ['id']).orderBy('id');
    expect(await joined.collect()).toEqual([
      { id: 19_998n, name: 'n19998' },
      { id: 19_999n, name: 'n19999' },
    ]);
  });
}
