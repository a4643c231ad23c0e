import { describe, expect, test } from '@jest/globals';
import {
  binary,
  bool,
  dateDay,
  decimal,
  type DataType,
  duration,
  field,
  int32,
  int64,
  list,
  map,
  struct,
  tableFromColumns,
  tableToIPC,
  columnFromArray,
  timestamp,
  utf8,
  TimeUnit,
  float64,
  time,
} from '@uwdata/flechette';
import { bytesOf } from '../../testing/arrow-bytes.ts';
import { rowsOf } from './arrow.ts';

/** As bytes come out of a message. */
function unaligned(data: Uint8Array): Uint8Array {
  const shifted = new Uint8Array(data.length + 3).subarray(3);
  shifted.set(data);
  return shifted;
}

const firstOf = (type: DataType, value: unknown): unknown =>
  rowsOf({ data: bytesOf({ c: [type, [value, null]] }) })[0]?.['c'];

describe('a batch of rows', () => {
  test('becomes plain objects, nulls included', () => {
    const data = bytesOf({ a: [int32(), [1, null]], b: [utf8(), ['x', null]] });
    expect(rowsOf({ data, rowCount: 2 })).toEqual([
      { a: 1, b: 'x' },
      { a: null, b: null },
    ]);
  });

  test.each([
    ['BIGINT', int64(), 9_007_199_254_740_993n, 9_007_199_254_740_993n],
    ['DOUBLE', float64(), 1.5, 1.5],
    ['BOOLEAN', bool(), true, true],
    ['DATE', dateDay(), new Date('2019-11-29'), '2019-11-29'],
    ['BINARY', binary(), new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    ['DECIMAL', decimal(20, 2, 128), -12_345n, '-123.45'],
    ['interval of days', duration(TimeUnit.MICROSECOND), 5n, 5n],
    ['TIME', time(TimeUnit.NANOSECOND), 1_000_000_000n, '00:00:01'],
    ['ARRAY of INT', list(field('e', int32())), [1, 2], [1, 2]],
    ['ARRAY of DATE', list(field('e', dateDay())), [new Date('2019-11-29')], ['2019-11-29']],
    [
      'STRUCT',
      struct([field('d', dateDay()), field('n', int32())]),
      { d: new Date('2019-11-29'), n: 1 },
      { d: '2019-11-29', n: 1 },
    ],
    [
      'MAP',
      map(field('key', utf8()), field('value', dateDay())),
      [['a', new Date('2019-11-29')]],
      new Map([['a', '2019-11-29']]),
    ],
  ])('%s comes as its JavaScript value', (_, type, value, expected) => {
    expect(firstOf(type, value)).toEqual(expected);
  });

  test('a timestamp with a zone is an instant, one without is text', () => {
    const ms = 1_574_985_600_123;
    expect(firstOf(timestamp(TimeUnit.MICROSECOND, 'UTC'), ms)).toEqual(new Date(ms));
    expect(firstOf(timestamp(TimeUnit.MICROSECOND, null), ms)).toBe('2019-11-29T00:00:00.123');
  });

  test('is read wherever its bytes begin', () => {
    const data = unaligned(bytesOf({ a: [int64(), [1n, 2n]] }));
    expect(rowsOf({ data, rowCount: 2 })).toEqual([{ a: 1n }, { a: 2n }]);
  });

  test('keeps its values when the next one is read', () => {
    const batch = (n: number): Uint8Array =>
      unaligned(
        bytesOf({
          long: [int64(), [BigInt(n)]],
          bytes: [binary(), [new Uint8Array([n, n])]],
          numbers: [list(field('e', int32())), [[n, n]]],
          longs: [list(field('e', int64())), [[BigInt(n)]]],
          nested: [struct([field('l', list(field('e', int32()))), field('b', binary())]), [{ l: [n], b: [n] }]],
          pairs: [map(field('key', utf8()), field('value', list(field('e', int32())))), [[['a', [n]]]]],
        }),
      );
    const first = rowsOf({ data: batch(1) });
    const before = structuredClone(first);
    rowsOf({ data: batch(2) });
    expect(first).toEqual(before);
  });

  test('with another number of rows than announced is refused', () => {
    expect(() => rowsOf({ data: bytesOf({ a: [int32(), [1]] }), rowCount: 2 })).toThrow('A batch of 2 rows holds 1');
  });

  test('with two columns of one name is refused, since one would be lost', () => {
    const column = columnFromArray([1], int32());
    const data = tableToIPC(
      tableFromColumns([
        ['a', column],
        ['a', column],
      ]),
      { format: 'stream' },
    ) as Uint8Array;
    expect(() => rowsOf({ data })).toThrow('two columns named "a"');
  });

  test('keeps a column whose name means something to JavaScript', () => {
    const [row] = rowsOf({ data: bytesOf({ ['__proto__']: [int32(), [1]] }) });
    expect(Object.keys(row ?? {})).toEqual(['__proto__']);
  });

  test('keeps a field whose name means something to JavaScript, wherever the struct is', () => {
    const type = struct([field('__proto__', dateDay()), field('n', int32())]);
    const value = Object.fromEntries([
      ['__proto__', new Date('2019-11-29')],
      ['n', 1],
    ]);
    const data = bytesOf({ one: [type, [value]], many: [list(field('e', type)), [[value]]] });
    const [row] = rowsOf({ data }) as [{ one: object; many: object[] }];
    for (const struct of [row.one, ...row.many])
      expect(Object.entries(struct)).toEqual([
        ['__proto__', '2019-11-29'],
        ['n', 1],
      ]);
  });

  test('with two fields of one name in a struct is refused, wherever the struct is', () => {
    const twice = struct([field('a', int32()), field('a', int32())]);
    const data = bytesOf({ s: [list(field('e', twice)), [[{ a: 1 }]]] });
    expect(() => rowsOf({ data })).toThrow('The struct "s.e" of the result has two fields named "a"');
  });

  test('without columns has as many rows as were announced', () => {
    const data = bytesOf({});
    expect(rowsOf({ data, rowCount: 2 })).toEqual([{}, {}]);
    expect(rowsOf({ data })).toEqual([]);
  });

  test('that is none is refused', () => {
    expect(() => rowsOf({ data: new Uint8Array([1, 2, 3]) })).toThrow('no Arrow stream');
  });
});
