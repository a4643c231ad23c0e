/** Counts what came to a topic for days that landed already: records of such a day behind the offsets that were landed. */
import type { LaterRecords } from 'lake';
import type { Config, Environment } from 'runtime';
import { type Bounds, Topic } from './broker-topic.ts';
import type { FrozenOffsets } from './freeze-decision.ts';
import { committedRecords, fetchBatches, nextOffset } from './log-reader.ts';

/** Looking on must stay cheap: a late record rarely comes later than so many others. */
const MAX_RECORDS = 20_000;
const MAX_MS = 15_000;
const FETCH_BYTES = 1024 * 1024;

export interface LandedDay {
  readonly date: string;
  readonly frozen: FrozenOffsets;
}

/**
 * @param landed days of the configured topic; the newest are looked at first, and those for which there is no time are left out
 * @param variables where the credentials of SASL are looked for
 * @returns by date
 * @throws LakeError config, unreachable
 */
export async function laterRecords(
  kafka: Config['kafka'],
  landed: readonly LandedDay[],
  variables: Environment,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, LaterRecords>> {
  const endMs = performance.now() + MAX_MS;
  const counted = new Map<string, LaterRecords>();
  await using topic = new Topic(kafka, variables, signal);
  const bounds = await topic.bounds();
  for (const { date, frozen } of landed.toSorted((a, b) => b.frozen.fromMs - a.frozen.fromMs)) {
    if (performance.now() > endMs) break;
    counted.set(date, await laterOfDay(topic, bounds, frozen, endMs));
  }
  return counted;
}

async function laterOfDay(
  topic: Topic,
  bounds: readonly Bounds[],
  frozen: FrozenOffsets,
  endMs: number,
): Promise<LaterRecords> {
  const ends = new Map(frozen.partitions.map(({ partition, end }) => [partition, end]));
  let [records, isWhole] = [0, true];
  for (const { partition, logStart, stable } of bounds) {
    // All of a partition that is newer than the landing.
    const from = Math.max(ends.get(partition) ?? 0, logStart);
    const later = await topic.read(() => laterIn(topic, partition, { from, stable }, frozen, endMs));
    records += later.records;
    isWhole &&= later.isWhole;
  }
  return { records, isWhole };
}

async function laterIn(
  topic: Topic,
  partition: number,
  { from, stable }: { readonly from: number; readonly stable: number },
  { fromMs, untilMs }: FrozenOffsets,
  endMs: number,
): Promise<LaterRecords> {
  if (from >= stable) return { records: 0, isWhole: true };
  const { connection, place } = await topic.leader(partition);
  let [records, seen, offset] = [0, 0, from];
  while (offset < stable) {
    if (seen >= MAX_RECORDS || performance.now() > endMs) return { records, isWhole: false };
    const { batches, aborted } = await fetchBatches(connection, place, offset, 'READ_COMMITTED', FETCH_BYTES);
    const fetched = committedRecords(batches, aborted).filter((record) => record.offset >= offset);
    records += fetched.filter(({ ms }) => ms >= fromMs && ms < untilMs).length;
    seen += fetched.length;
    offset = nextOffset(batches) ?? stable;
  }
  return { records, isWhole: true };
}
