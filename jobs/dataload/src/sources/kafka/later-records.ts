/** Counts what came to a topic for days that landed already: records of such a day behind the offsets that were landed. */
import type { LaterRecords } from 'lake';
import type { Config, Environment } from 'runtime';
import { type Bounds, Topic } from './broker-topic.ts';
import type { FrozenOffsets, RecordAt } from './freeze-decision.ts';
import { committedRecords, fetchBatches, nextOffset } from './log-reader.ts';

/** Looking on must stay cheap: a late record rarely comes later than so many others. */
const MAX_RECORDS = 20_000;
const MAX_MS = 15_000;
const FETCH_BYTES = 1024 * 1024;

export interface LandedDay {
  readonly date: string;
  readonly frozen: FrozenOffsets;
}

/** Offsets of a partition, start included, end excluded, and the days that landed before them. */
export interface LaterRange {
  readonly partition: number;
  readonly start: number;
  readonly end: number;
  /** The day that landed last is the first. */
  readonly days: readonly LandedDay[];
}

/**
 * @param landed days of the configured topic
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
  const counted = new Map(landed.map(({ date }) => [date, { records: 0, isWhole: true }]));
  await using topic = new Topic(kafka, variables, signal);
  for (const range of laterRanges(landed, await topic.bounds())) {
    const { records, isWhole } = await topic.read(() => recordsIn(topic, range, endMs));
    for (const { date, frozen } of range.days) {
      const later = counted.get(date)!;
      later.records += records.filter(({ ms }) => ms >= frozen.fromMs && ms < frozen.untilMs).length;
      later.isWhole &&= isWhole;
    }
  }
  return counted;
}

/** What came after each landing and before the next one, so that nothing is read twice; the newest days come first. */
export function laterRanges(landed: readonly LandedDay[], bounds: readonly Bounds[]): LaterRange[] {
  const ranges = bounds.flatMap(({ partition, logStart, stable }) => {
    const startOf = ({ frozen }: LandedDay): number =>
      Math.max(frozen.partitions.find((range) => range.partition === partition)?.end ?? 0, logStart);
    const days = landed.toSorted((a, b) => startOf(b) - startOf(a) || b.frozen.fromMs - a.frozen.fromMs);
    const starts = [...new Set(days.map(startOf))].filter((start) => start < stable);
    return starts.map((start, index) => ({
      partition,
      start,
      end: starts[index - 1] ?? stable,
      days: days.filter((day) => startOf(day) <= start),
    }));
  });
  const newest = ({ days }: LaterRange): number => days[0]?.frozen.fromMs ?? 0;
  return ranges.toSorted((a, b) => newest(b) - newest(a));
}

async function recordsIn(
  topic: Topic,
  { partition, start, end }: LaterRange,
  endMs: number,
): Promise<{ readonly records: readonly RecordAt[]; readonly isWhole: boolean }> {
  const records: RecordAt[] = [];
  if (performance.now() > endMs) return { records, isWhole: false };
  const { connection, place } = await topic.leader(partition);
  for (let offset = start; offset < end;) {
    if (records.length >= MAX_RECORDS || performance.now() > endMs) return { records, isWhole: false };
    const { batches, aborted } = await fetchBatches(connection, place, offset, 'READ_COMMITTED', FETCH_BYTES);
    const fetched = committedRecords(batches, aborted);
    records.push(...fetched.filter((record) => record.offset >= offset && record.offset < end));
    offset = nextOffset(batches) ?? end;
  }
  return { records, isWhole: true };
}
