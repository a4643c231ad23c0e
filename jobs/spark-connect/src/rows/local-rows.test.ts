import { describe, expect, test } from '@jest/globals';
import { tableFromIPC } from '@uwdata/flechette';
import { rowsOf } from './arrow.ts';
import { localRowsIpc } from './local-rows.ts';

const roundTrip = (ddl: string, ...rows: readonly object[]) => rowsOf({ data: localRowsIpc(rows, ddl) });

/** A value comes back as it is written, unless the pair says otherwise. */
const FITTING: readonly (readonly [type: string, value: unknown, back?: unknown])[] = [
  ['BOOLEAN', true],
  ['BOOLEAN', false],
  ['BYTE', -128],
  ['SMALLINT', 32_767],
  ['INT', -2_147_483_648],
  ['INT', 5n, 5],
  ['BIGINT', 9_223_372_036_854_775_807n],
  ['BIGINT', -5, -5n],
  ['FLOAT', 1.5],
  ['FLOAT', Number.NaN],
  ['DOUBLE', -Infinity],
  ['DOUBLE', 0.1],
  ['DECIMAL(10,2)', '-123.4', '-123.40'],
  ['DECIMAL(10,2)', '+00.500', '0.50'],
  ['DECIMAL(3)', 7n, '7'],
  ['DECIMAL(38,0)', '-99999999999999999999999999999999999999'],
  ['DECIMAL(38,38)', '0.00000000000000000000000000000000000001'],
  ['STRING', 'größe \u{1f600}'],
  ['STRING', ''],
  ['BINARY', new Uint8Array([0, 255])],
  ['BINARY', new Uint8Array()],
  ['DATE', '0001-01-01'],
  ['DATE', '9999-12-31'],
  ['TIMESTAMP', new Date('9999-12-31T23:59:59.999Z')],
  ['TIMESTAMP', new Date('0001-01-01T00:00:00.001Z')],
  ['TIMESTAMP', '2019-11-29T01:02:03.456Z', new Date('2019-11-29T01:02:03.456Z')],
  ['TIMESTAMP', '2019-11-29 01:02+01:30', new Date('2019-11-28T23:32:00Z')],
  ['TIMESTAMP_NTZ', '2019-11-29T01:02:03.456789'],
  ['TIMESTAMP_NTZ', '0001-01-01 00:00', '0001-01-01T00:00:00'],
  ['TIME', '23:59:59.999999'],
  ['TIME', '00:00', '00:00:00'],
  [
    'MAP<STRING, INT>',
    new Map([
      ['a', 1],
      ['b', null],
    ]),
  ],
  ['MAP<STRING, INT>', { a: 1 }, new Map([['a', 1]])],
  [
    'MAP<INT, ARRAY<MAP<DATE, BIGINT>>>',
    new Map([
      [1, [new Map([['2019-11-29', 5n]]), null]],
      [2, []],
    ]),
  ],
  ['ARRAY<STRING>', ['a', null, '']],
  ['ARRAY<INT>', []],
  ['ARRAY<ARRAY<DECIMAL(4,2)>>', [['1.25'], [], null, [null]]],
  ['STRUCT<a: INT, `b c`: ARRAY<DATE>>', { a: 1, 'b c': ['2019-11-29'] }],
  ['ARRAY<STRUCT<at: TIMESTAMP, x: STRUCT<y: BINARY>>>', [{ at: new Date(5), x: { y: new Uint8Array([1]) } }, null]],
];

describe('rows of', () => {
  test.each(FITTING)('%s hold %p', (type, value, back = value) => {
    const rows = roundTrip(`v ${type}, n INT`, { v: value, n: 1 }, { v: null, n: 2 }, { n: 3 }, { v: value });
    expect(rows).toEqual([
      { v: back, n: 1 },
      { v: null, n: 2 },
      { v: null, n: 3 },
      { v: back, n: null },
    ]);
  });

  test('thousands keep their order', () => {
    const rows = Array.from({ length: 5_000 }, (_, id) => ({ id, tags: id % 3 === 0 ? null : [`t${id}`, null] }));
    expect(roundTrip('id INT, tags ARRAY<STRING>', ...rows)).toEqual(rows);
  });

  test('none have their columns all the same', () => {
    const table = tableFromIPC(localRowsIpc([], 'a INT NOT NULL, b ARRAY<STRUCT<c: DATE NOT NULL>>'));
    expect(table.numRows).toBe(0);
    expect(table.schema.fields.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });

  test('a column named as what objects inherit', () => {
    const row = Object.fromEntries([['constructor', 1]]);
    expect(roundTrip('constructor INT, toString STRUCT<valueOf: INT>', row, { toString: { valueOf: 2 } })).toEqual([
      { constructor: 1, toString: null },
      { constructor: null, toString: { valueOf: 2 } },
    ]);
  });
});

const MISFITS: readonly (readonly [type: string, value: unknown, message: string])[] = [
  ['BOOLEAN', 1, 'Row 1, column v: 1 is no BOOLEAN'],
  ['BYTE', 128, 'Row 1, column v: 128 is no TINYINT'],
  ['SMALLINT', -32_769, 'is no SMALLINT'],
  ['INT', 1.5, '1.5 is no INT'],
  ['INT', '1', '"1" is no INT'],
  ['INT', Number.NaN, 'NaN is no INT'],
  ['BIGINT', 2 ** 53, 'is no BIGINT'],
  ['BIGINT', 2n ** 63n, '9223372036854775808n is no BIGINT'],
  ['FLOAT', 1e39, '1e+39 is no FLOAT'],
  ['DOUBLE', 1n, '1n is no DOUBLE'],
  ['DECIMAL(4,2)', '100', '"100" is no DECIMAL(4,2): it has more digits'],
  ['DECIMAL(4,2)', '1.234', 'it has more digits after the point'],
  ['DECIMAL(4,2)', 1.5, 'a number as text is wanted'],
  ['DECIMAL(4,2)', '1e2', 'a number as text is wanted'],
  ['STRING', 1, '1 is no STRING'],
  ['STRING', '\ud800', 'well-formed'],
  ['BINARY', 'AQ==', 'a Uint8Array is wanted'],
  ['DATE', '2019-02-29', 'is no DATE'],
  ['DATE', new Date(0), '1970-01-01T00:00:00.000Z is no DATE'],
  ['TIMESTAMP', new Date(Number.NaN), 'an invalid Date is no TIMESTAMP'],
  ['TIMESTAMP', '2019-11-29', 'a valid Date, or text such as'],
  ['TIMESTAMP', '2019-11-29T01:02:03', 'a valid Date, or text such as'],
  ['TIMESTAMP_NTZ', new Date(0), 'text such as'],
  ['TIMESTAMP_NTZ', '2019-02-30T00:00:00', 'text such as'],
  ['TIMESTAMP_NTZ', '2019-11-29T24:00:00', 'text such as'],
  ['TIME', '12:60', 'text such as'],
  ['MAP<STRING, INT>', [['a', 1]], 'is no MAP<STRING, INT>: a Map is wanted'],
  ['MAP<INT, INT>', { 1: 1 }, 'a Map is wanted'],
  ['MAP<INT, INT>', new Map([[1, 'x']]), 'Row 1, column v.value[0]: "x" is no INT'],
  ['MAP<INT, INT>', new Map([[null, 1]]), 'Row 1, column v.key[0]: null is no INT: the column is NOT NULL'],
  ['ARRAY<INT>', 'a', 'is no ARRAY<INT>: an array is wanted'],
  ['ARRAY<INT>', [1, 'a'], 'Row 1, column v[1]: "a" is no INT'],
  ['STRUCT<a: ARRAY<STRUCT<b: INT>>>', { a: [{ b: 'x' }] }, 'Row 1, column v.a[0].b: "x" is no INT'],
  ['STRUCT<a: INT>', [1], 'an object is wanted'],
  ['STRUCT<a: INT>', { b: 1 }, 'Row 1 has "v.b", which the schema does not: it has a.'],
  ['STRUCT<a: INT NOT NULL>', {}, 'Row 1, column v.a: undefined is no INT: the column is NOT NULL'],
  ['INT NOT NULL', null, 'Row 1, column v: null is no INT: the column is NOT NULL'],
];

describe('a value that does not fit', () => {
  test.each(MISFITS)('%s %p: %s', (type, value, message) => {
    const fitting = FITTING.find(([name]) => name === type)?.[1];
    const first = type.endsWith('NOT NULL') ? { v: 1 } : { v: fitting };
    expect(() => localRowsIpc([first, { v: value }], `v ${type}`)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }),
    );
  });

  test('is not shown at full length', () => {
    expect(() => localRowsIpc([{ v: 'x'.repeat(1_000) }], 'v INT')).toThrow(`"${'x'.repeat(60)}…" is no INT`);
  });

  test('nor does a name that the schema lacks', () => {
    expect(() => localRowsIpc([{ a: 1, c: 2 }], 'a INT, b INT')).toThrow('Row 0 has "c"');
  });
});
