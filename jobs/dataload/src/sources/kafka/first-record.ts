/** Finds the first record from an offset on that is no marker of a transaction: the time index does not tell them apart. */
import { fetchV13, FetchIsolationLevels, type Connection, type RecordsBatch } from '@platformatic/kafka';
import type { RecordAt } from './freeze.ts';

/** Bits of a batch's attributes. */
const IS_APPEND_TIME = 8;
const IS_CONTROL = 32;
const FETCH_BYTES = 256 * 1024;
/** Beyond that the search costs more than it saves. */
const MAX_FETCHES = 8;

export interface Place {
  readonly topicId: string;
  readonly partition: number;
  readonly leaderEpoch: number;
}

/**
 * @param connection to the partition's leader
 * @param wanted times of the record, in ms since 1970, both included
 * @returns undefined where it is not among the next 2 MB
 */
export async function firstRecord(
  connection: Connection,
  place: Place,
  from: number,
  wanted: { readonly minMs: number; readonly maxMs: number },
): Promise<RecordAt | undefined> {
  let offset = from;
  for (let fetches = 0; fetches < MAX_FETCHES; fetches++) {
    const batches = await fetchBatches(connection, place, offset);
    const last = batches.at(-1);
    if (last === undefined) return undefined;
    const found = batches
      .flatMap(recordsOf)
      .find((record) => record.offset >= from && record.ms >= wanted.minMs && record.ms <= wanted.maxMs);
    if (found !== undefined) return found;
    offset = Number(last.firstOffset) + last.lastOffsetDelta + 1;
  }
  return undefined;
}

async function fetchBatches(connection: Connection, place: Place, offset: number): Promise<readonly RecordsBatch[]> {
  const { topicId, partition, leaderEpoch } = place;
  const wanted = {
    partition,
    currentLeaderEpoch: leaderEpoch,
    fetchOffset: BigInt(offset),
    lastFetchedEpoch: -1,
    partitionMaxBytes: FETCH_BYTES,
  };
  const topics = [{ topicId, partitions: [wanted] }];
  const { responses } = await fetchV13.api.async(
    connection,
    0,
    0,
    FETCH_BYTES,
    FetchIsolationLevels.READ_UNCOMMITTED,
    0,
    -1,
    topics,
    [],
    '',
  );
  return responses[0]?.partitions[0]?.records ?? [];
}

function recordsOf({ attributes, firstOffset, firstTimestamp, maxTimestamp, records }: RecordsBatch): RecordAt[] {
  if ((attributes & IS_CONTROL) !== 0) return [];
  const isAppendTime = (attributes & IS_APPEND_TIME) !== 0;
  return records.map(({ offsetDelta, timestampDelta }) => ({
    offset: Number(firstOffset) + offsetDelta,
    ms: Number(isAppendTime ? maxTimestamp : firstTimestamp + timestampDelta),
  }));
}
