/** Batches of records as a broker holds them, with the markers of transactions among them. */
import { fetchV13, FetchIsolationLevels, type Connection, type RecordsBatch } from '@platformatic/kafka';

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

/** @param connection to the partition's leader @param level what is beyond the last stable offset is no part of a committed reading */
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
