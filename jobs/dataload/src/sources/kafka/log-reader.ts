/** Reads a partition as the broker holds it: batches, which of their records count, and the first record of a time. */
import { type Connection, FetchIsolationLevels, fetchV13, type RecordsBatch } from '@platformatic/kafka';
import type { RecordAt } from './freeze-decision.ts';

export interface Place {
  readonly topicId: string;
  readonly partition: number;
  readonly leaderEpoch: number;
}

export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

export interface Fetched {
  /** The first may begin before the offset that was asked for; none at the end of the log. */
  readonly batches: readonly RecordsBatch[];
  /** Those that reach into the batches; only of a committed reading. */
  readonly aborted: readonly AbortedTransaction[];
}

const UNCHANGED = -1;

/** @param connection to the partition's leader @param level READ_COMMITTED ends at the last stable offset */
export async function fetchBatches(
  connection: Connection,
  { topicId, partition, leaderEpoch }: Place,
  offset: number,
  level: keyof typeof FetchIsolationLevels,
  maxBytes: number,
): Promise<Fetched> {
  const wanted = {
    partition,
    currentLeaderEpoch: leaderEpoch,
    fetchOffset: BigInt(offset),
    lastFetchedEpoch: UNCHANGED,
    partitionMaxBytes: maxBytes,
  };
  const topics = [{ topicId, partitions: [wanted] }];
  const isolation = FetchIsolationLevels[level];
  const { api } = fetchV13;
  const { responses } = await api.async(connection, 0, 0, maxBytes, isolation, 0, UNCHANGED, topics, [], '');
  const answer = responses[0]?.partitions[0];
  return { batches: answer?.records ?? [], aborted: answer?.abortedTransactions ?? [] };
}

/** The first offset after the batches; undefined where there are none. */
export function nextOffset(batches: readonly RecordsBatch[]): number | undefined {
  const last = batches.at(-1);
  return last === undefined ? undefined : Number(last.firstOffset) + last.lastOffsetDelta + 1;
}

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

/** @param aborted transactions that reach into the batches, as the broker returned them with the batches */
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

const FETCH_BYTES = 256 * 1024;
/** Beyond that the search costs more than it saves. */
const MAX_FETCHES = 8;

/**
 * @param connection to the partition's leader
 * @returns the first record from an offset on, no marker; undefined where it is not among the next 2 MB
 */
export async function firstRecord(connection: Connection, place: Place, from: number): Promise<RecordAt | undefined> {
  let offset: number | undefined = from;
  for (let fetches = 0; fetches < MAX_FETCHES && offset !== undefined; fetches++) {
    const { batches } = await fetchBatches(connection, place, offset, 'READ_UNCOMMITTED', FETCH_BYTES);
    const found = batches.flatMap(recordsOf).find((record) => record.offset >= from);
    if (found !== undefined) return found;
    offset = nextOffset(batches);
  }
  return undefined;
}
