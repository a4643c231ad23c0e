import { describe, expect, test } from '@jest/globals';
import {
  type Column,
  columnFromArray,
  type DataType,
  dateDay,
  decimal,
  largeUtf8,
  timestamp,
  TimeUnit,
  utf8,
} from '@uwdata/flechette';
import { fastReader } from './fast-columns.ts';
import { dateText, decimalText, timestampDate } from '../plan/values.ts';

/** Undefined where the type, or these values, have no fast way. */
function read(type: DataType, values: readonly unknown[]): unknown[] | undefined {
  const column: Column<unknown> = columnFromArray([...values], type);
  const [batch] = column.data;
  const reader = batch && fastReader(batch);
  return reader && values.map((_, index) => reader(index));
}

describe('a column of text', () => {
  test('is cut at its offsets, nulls and empty texts too', () => {
    const values = ['beef', '', null, 'with onions and a lot of garlic'];
    expect(read(utf8(), values)).toEqual(values);
  });

  test.each([utf8(), largeUtf8()])(
    'of any signs has each of them, a mark of byte order first in a text too',
    (type) => {
      const values = ['jalapeño', '', null, '\ufeffbeef', '\u{1f600}', 'beef', '\ufeff'];
      expect(read(type, values)).toEqual(values);
    },
  );
});

describe('a column of instants', () => {
  const micros = timestamp(TimeUnit.MICROSECOND, 'UTC');

  test('is rounded down to milliseconds, before 1970 too', () => {
    const column = columnFromArray([new Date(-1), new Date(0), null, new Date('2019-11-29T10:11:12.345Z')], micros);
    const [batch] = column.data;
    // One microsecond less than the second value.
    (batch!.values as BigInt64Array)[1] = -1n;
    const reader = fastReader(batch!);
    expect([0, 1, 2, 3].map((index) => reader?.(index))).toEqual([
      new Date(-1),
      new Date(-1),
      null,
      new Date('2019-11-29T10:11:12.345Z'),
    ]);
  });

  test('is rounded as whole numbers are, up to the largest that a number holds', () => {
    const largest = 2n ** 53n - 1n;
    const beside = (middle: bigint): bigint[] => [-1n, 0n, 1n, 998n, 999n, 1_000n].map((step) => middle + step);
    const all = [0n, largest - 1_500n, -largest + 1n, 2n ** 52n, -(2n ** 52n), 8_796_093_022_208_000n].flatMap(beside);
    const column = columnFromArray(
      all.map(() => new Date(0)),
      micros,
    );
    const [batch] = column.data;
    (batch!.values as BigInt64Array).set(all);
    const reader = fastReader(batch!);
    expect(all.map((_, index) => reader?.(index))).toEqual(all.map((value) => timestampDate(value)));
  });

  test('of which a number cannot hold every microsecond has no fast way', () => {
    expect(read(micros, [new Date('2256-01-01')])).toBeUndefined();
    expect(read(micros, [new Date('2255-01-01')])).toEqual([new Date('2255-01-01')]);
  });

  test('without a zone has no fast way: its values are text', () => {
    expect(read(timestamp(TimeUnit.MICROSECOND, null), [new Date(0)])).toBeUndefined();
  });
});

test('a column of days is text on both sides of 1900 and 2100', () => {
  const days = [-25_568, -25_567, -1, 0, 47_846, 47_847, -719_162, 2_932_896];
  const dates = days.map((day) => new Date(day * 86_400_000));
  for (const _ of [1, 2]) expect(read(dateDay(), dates)).toEqual(days.map((day) => dateText(day)));
});

test('a column of days is text', () => {
  const days = [new Date('2019-11-29'), null, new Date('0001-01-01'), new Date('2019-11-29')];
  expect(read(dateDay(), days)).toEqual(['2019-11-29', null, '0001-01-01', '2019-11-29']);
});

describe('a column of decimals', () => {
  test('has all digits of its scale', () => {
    const unscaled = [0n, -5n, 12_345n, null, -9_007_199_254_740_991n];
    expect(read(decimal(20, 2, 128), unscaled)).toEqual(['0.00', '-0.05', '123.45', null, '-90071992547409.91']);
    expect(read(decimal(20, 0, 128), [7n, -7n])).toEqual(['7', '-7']);
  });

  test.each([1, 3, 4, 15, 16, 22, 23, 38])('of scale %s has the digits that whole numbers give', (scale) => {
    const limit = 2n ** 53n - 1n;
    const unscaled = [0n, 1n, 9n, 10n, 999n, 1_000n, 1_234_567_890_123_456n, 10n ** 15n, limit, limit - 1n].flatMap(
      (value) => [value, -value],
    );
    expect(read(decimal(38, scale, 128), unscaled)).toEqual(unscaled.map((value) => decimalText(value, scale)));
  });

  test.each([9_007_199_254_740_992n, -(2n ** 53n) - 1n, 2n ** 64n, -(2n ** 64n)])(
    'one of which is %s, which no number holds exactly, has no fast way',
    (value) => {
      expect(read(decimal(38, 2, 128), [1n, value])).toBeUndefined();
    },
  );
});
