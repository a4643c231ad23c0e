/** Decides which records of fetched batches count: markers of transactions never do, records of aborted ones not always. */
import type { RecordAt } from './freeze.ts';

/** What of a batch is looked at. */
export interface Batch {
  readonly attributes: number;
  readonly firstOffset: bigint;
  readonly lastOffsetDelta: number;
  readonly firstTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly producerId: bigint;
  readonly records: readonly {
    readonly offsetDelta: number;
    readonly timestampDelta: bigint;
    readonly key: Uint8Array | null;
  }[];
}

/** Bits of the attributes. */
const IS_APPEND_TIME = 8;
const IS_TRANSACTIONAL = 16;
const IS_CONTROL = 32;
/** Type of the marker that ends a transaction without effect, in the last two bytes of its key. */
const ABORT = 0;

/** The records of a batch, aborted or not; none of a marker. */
export function recordsOf({ attributes, firstOffset, firstTimestamp, maxTimestamp, records }: Batch): RecordAt[] {
  if ((attributes & IS_CONTROL) !== 0) return [];
  const isAppendTime = (attributes & IS_APPEND_TIME) !== 0;
  return records.map(({ offsetDelta, timestampDelta }) => ({
    offset: Number(firstOffset) + offsetDelta,
    ms: Number(isAppendTime ? maxTimestamp : firstTimestamp + timestampDelta),
  }));
}

/** @param aborted transactions that reach into the batches, as the broker told them with the batches */
export function committedRecords(
  batches: readonly Batch[],
  aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[],
): RecordAt[] {
  const coming = [...aborted].toSorted((a, b) => Number(a.firstOffset - b.firstOffset));
  const dead = new Set<bigint>();
  return batches.flatMap((batch) => {
    const last = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    while (coming[0] !== undefined && coming[0].firstOffset <= last) dead.add(coming.shift()?.producerId ?? -1n);
    if (isAbort(batch)) dead.delete(batch.producerId);
    const isDead = (batch.attributes & IS_TRANSACTIONAL) !== 0 && dead.has(batch.producerId);
    return isDead ? [] : recordsOf(batch);
  });
}

function isAbort({ attributes, records }: Batch): boolean {
  const key = records[0]?.key;
  return (attributes & IS_CONTROL) !== 0 && key?.at(-2) === ABORT && key.at(-1) === ABORT;
}
