import { expect, test } from '@jest/globals';
import { type Batch, committedRecords, recordsOf } from './log-reader.ts';

const ABORT = Buffer.from([0, 0, 0, 0]);
const COMMIT = Buffer.from([0, 0, 0, 1]);

function batch(firstOffset: number, count: number, change: Partial<Batch> = {}): Batch {
  const records = Array.from({ length: count }, (_, index) => {
    return { offsetDelta: index, timestampDelta: BigInt(index * 10), key: null };
  });
  return {
    attributes: 0,
    firstOffset: BigInt(firstOffset),
    lastOffsetDelta: count - 1,
    firstTimestamp: 1_000n,
    maxTimestamp: 5_000n,
    producerId: -1n,
    records,
    ...change,
  };
}
const sent = (firstOffset: number, count: number, producerId: bigint) =>
  batch(firstOffset, count, { attributes: 16, producerId });
const marker = (offset: number, producerId: bigint, key: Uint8Array) =>
  batch(offset, 1, { attributes: 48, producerId, records: [{ offsetDelta: 0, timestampDelta: 0n, key }] });
const offsets = (batches: readonly Batch[], aborted: Parameters<typeof committedRecords>[1] = []) =>
  committedRecords(batches, aborted).map(({ offset }) => offset);

test('the time of a record is its own, or that of its batch where the broker gave it', () => {
  expect(recordsOf(batch(7, 2))).toStrictEqual([
    { offset: 7, ms: 1_000 },
    { offset: 8, ms: 1_010 },
  ]);
  expect(recordsOf(batch(7, 2, { attributes: 8 })).map(({ ms }) => ms)).toStrictEqual([5_000, 5_000]);
});

test('markers are no records', () => {
  expect(recordsOf(marker(3, 1n, COMMIT))).toStrictEqual([]);
  expect(offsets([batch(0, 2), marker(2, 1n, COMMIT), batch(3, 1)])).toStrictEqual([0, 1, 3]);
});

test('records of an aborted transaction do not count, up to its marker and of its producer only', () => {
  const batches = [sent(0, 1, 1n), sent(1, 1, 2n), batch(2, 1), sent(3, 2, 1n), marker(5, 1n, ABORT), sent(6, 1, 1n)];
  expect(offsets(batches, [{ producerId: 1n, firstOffset: 0n }])).toStrictEqual([1, 2, 6]);
});

test('a producer may abort again, and its transaction may have begun before what was fetched', () => {
  const batches = [sent(10, 1, 1n), marker(11, 1n, ABORT), sent(12, 1, 1n), marker(13, 1n, COMMIT), sent(14, 1, 1n)];
  const aborted = [
    { producerId: 1n, firstOffset: 14n },
    { producerId: 1n, firstOffset: 4n },
  ];
  expect(offsets(batches, aborted)).toStrictEqual([12]);
});
