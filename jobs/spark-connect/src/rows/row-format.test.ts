import { describe, expect, test } from '@jest/globals';
import { float64, int32, int64, list, tableFromIPC, timestamp, TimeUnit, utf8 } from '@uwdata/flechette';
import { bytesOf } from '../../testing/arrow-bytes.ts';
import { joinedStreams } from './arrow-stream.ts';
import { rowsOf } from './arrow.ts';
import { ColumnBatch } from './column-batch.ts';

const micros = timestamp(TimeUnit.MICROSECOND, 'UTC');

describe('rows', () => {
  const data = bytesOf({ a: [int32(), [1, null]], b: [utf8(), ['x', 'y']] });

  test('are arrays in the order of the columns on request', () => {
    expect(rowsOf({ data, rowCount: 2 }, { rows: 'arrays' })).toEqual([
      [1, 'x'],
      [null, 'y'],
    ]);
  });

  test('have BIGINT as numbers on request, also inside of others', () => {
    const longs = bytesOf({ n: [int64(), [1n, null]], many: [list(int64()), [[2n], []]] });
    expect(rowsOf({ data: longs }, { bigints: 'numbers' })).toEqual([
      { n: 1, many: [2] },
      { n: null, many: [] },
    ]);
  });

  test.each([2n ** 53n, -(2n ** 53n) - 1n])('refuse %s as a number, which would be another one', (value) => {
    const longs = bytesOf({ n: [int64(), [value]] });
    expect(() => rowsOf({ data: longs }, { bigints: 'numbers' })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(`${value} does not fit`) as unknown }),
    );
  });

  test('have timestamps as text with their microseconds on request', () => {
    const times = bytesOf({ at: [micros, [Date.parse('2019-11-29T01:02:03.456Z'), null, -1]] });
    expect(rowsOf({ data: times }, { timestamps: 'text' })).toEqual([
      { at: '2019-11-29T01:02:03.456Z' },
      { at: null },
      { at: '1969-12-31T23:59:59.999Z' },
    ]);
  });
});

describe('a batch by its columns', () => {
  const shifted = new Uint8Array(
    bytesOf({ n: [int64(), [1n, 2n, 3n]], d: [float64(), [0.5, 1, 2]], s: [utf8(), ['a', null, 'c']] }),
  );

  test('has numbers without a null as typed arrays, all else as values', () => {
    const batch = new ColumnBatch({ data: shifted, rowCount: 3 });
    expect([batch.rowCount, batch.names]).toEqual([3, ['n', 'd', 's']]);
    expect(batch.column('n')).toEqual(new BigInt64Array([1n, 2n, 3n]));
    expect(batch.column('d')).toEqual(new Float64Array([0.5, 1, 2]));
    expect(batch.column(2)).toEqual(['a', null, 'c']);
  });

  test('has BIGINT as numbers on request', () => {
    expect(new ColumnBatch({ data: shifted }, { bigints: 'numbers' }).column('n')).toEqual([1, 2, 3]);
  });

  test('has no copy of numbers that came on a border of eight bytes', () => {
    const { buffer } = new ColumnBatch({ data: shifted }).column('d') as Float64Array;
    expect(buffer).toBe(shifted.buffer);
  });

  test('keeps its values when the next one comes', () => {
    const at = (value: number): Uint8Array => {
      const bytes = bytesOf({ d: [float64(), [value]] });
      const moved = new Uint8Array(bytes.length + 3).subarray(3);
      moved.set(bytes);
      return moved;
    };
    const first = new ColumnBatch({ data: at(1) }).column('d');
    new ColumnBatch({ data: at(2) }).column('d');
    expect(first).toEqual(new Float64Array([1]));
  });

  test('says which columns there are when asked for another', () => {
    expect(() => new ColumnBatch({ data: shifted }).column('x')).toThrow('There is no column "x": n, d, s');
  });
});

describe('streams of Arrow', () => {
  test('become one that any reader of Arrow takes', () => {
    const streams = [[1, 2], [], [3]].map((values) => bytesOf({ a: [int32(), values] }));
    expect([...tableFromIPC(joinedStreams(streams)).getChild('a')]).toEqual([1, 2, 3]);
  });

  test('that are none are refused', () => {
    const stream = bytesOf({ a: [int32(), [1]] });
    expect(() => joinedStreams([stream, new Uint8Array([1, 2, 3])])).toThrow('no Arrow stream');
  });
});
