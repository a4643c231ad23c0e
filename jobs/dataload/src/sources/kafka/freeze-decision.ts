/** Decides which offsets hold a day, whether the day is closed, and whether retention took some of it. */

/** Offsets of one partition, start included, end excluded; safe integers. */
export interface PartitionRange {
  readonly partition: number;
  readonly start: number;
  readonly end: number;
}

/** Records that retention may have taken from the day. */
export interface LostRange {
  readonly partition: number;
  /** Every offset below this one is gone. */
  readonly before: number;
  /** Time of the first record that is left, in ms since 1970; null where none is left. */
  readonly firstMs: number | null;
}

export interface FrozenOffsets {
  readonly topic: string;
  /** Every partition of the topic, in the order of their numbers. */
  readonly partitions: readonly PartitionRange[];
  /** Midnight that begins the day, in ms since 1970. */
  readonly fromMs: number;
  /** Midnight that ends the day, excluded, in ms since 1970. */
  readonly untilMs: number;
  /** Only with --allow-incomplete. */
  readonly lost?: readonly LostRange[];
  /** Partitions that may still get records of the day; only with --allow-incomplete. */
  readonly notClosed?: readonly number[];
  /** The first record of the topic is of the day or of a later one; left out where that is not known. */
  readonly isBeforeFirst?: true;
}

/** @param bound which end of the ranges @returns `{"topic":{"0":12,"1":7}}`, as Spark takes offsets: every partition is named */
export function offsetsJson({ topic, partitions }: FrozenOffsets, bound: 'start' | 'end'): string {
  return JSON.stringify({ [topic]: Object.fromEntries(partitions.map((range) => [range.partition, range[bound]])) });
}

/** An offset and the time of its record, in ms since 1970. */
export interface RecordAt {
  readonly offset: number;
  readonly ms: number;
}

/** What Kafka says of a partition. Its time index knows markers of transactions too, which carry the broker's clock: each proves that time. */
export interface PartitionFacts {
  readonly partition: number;
  /** The first offset that retention has left. */
  readonly logStart: number;
  /** Where everything before is decided: committed, aborted, or never part of a transaction. */
  readonly stable: number;
  readonly highWatermark: number;
  /** The first record that is left, no marker; null where there is none, or where nothing is gone. */
  readonly first: RecordAt | null;
  /** The first offset, marker or record, of the day or later; null where there is none. */
  readonly firstOfDay: number | null;
  /** The first offset, marker or record, of the time after the overlap; null where there is none. */
  readonly afterDay: number | null;
  /** The first offset from which on the topic has taken no record of the day; null where there is none, or no such limit. */
  readonly noneFrom: number | null;
}

/** All times in ms. */
export interface DayTimes {
  /** Midnights that begin and end the day, since 1970. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly nowMs: number;
  /** How far clocks of producers may be off. */
  readonly overlapMs: number;
  /** How long after its end a day waits for partitions without later records. */
  readonly graceMs: number;
  /** How long the topic keeps records, by their time only; null where that proves nothing. */
  readonly keptMs: number | null;
}

export interface OpenPartition {
  readonly partition: number;
  readonly why: 'open transaction' | 'no later record';
  readonly stable: number;
  readonly highWatermark: number;
}

export interface Freeze {
  readonly partitions: readonly PartitionRange[];
  /** Partitions that may still get records of the day. */
  readonly open: readonly OpenPartition[];
  /** Partitions that may have lost records of the day. */
  readonly lost: readonly LostRange[];
  /** The first record of the topic is of the day or of a later one: a day without records is then no sign of a fault. */
  readonly isBeforeFirst: boolean;
}

/** Retention may have been shorter once, but hardly so short that it took records this young. */
const YOUNG_MS = 48 * 60 * 60 * 1000;

export function freeze(facts: readonly PartitionFacts[], day: DayTimes): Freeze {
  return {
    partitions: facts.map(rangeOf),
    open: facts.flatMap((partition) => openness(partition, day) ?? []),
    lost: facts.filter((partition) => mayHaveLost(partition, day)).map(lossOf),
    isBeforeFirst: facts.some(({ firstOfDay }) => firstOfDay !== null) && facts.every(beginsNotBefore),
  };
}

/** Nothing was ever removed, and the first offset, if there is one, is of the day or later. */
function beginsNotBefore({ logStart, highWatermark, firstOfDay }: PartitionFacts): boolean {
  return logStart === 0 && (highWatermark === 0 || firstOfDay === 0);
}

/** Holds more than the day: a record of it may lie behind any number of later ones, so readers look at the time of each. */
function rangeOf({ partition, stable, logStart, firstOfDay, noneFrom }: PartitionFacts): PartitionRange {
  const end = Math.min(noneFrom ?? stable, stable);
  return { partition, start: Math.max(Math.min(firstOfDay ?? end, end), Math.min(logStart, end)), end };
}

/** Later records close a day, unless a transaction that may still commit began before them; so does time that passed. */
function openness(facts: PartitionFacts, { untilMs, nowMs, graceMs }: DayTimes): OpenPartition | undefined {
  const { partition, stable, highWatermark, afterDay } = facts;
  if (afterDay !== null && stable >= afterDay) return undefined;
  const isTransactionOpen = stable < highWatermark;
  if (nowMs > untilMs + graceMs && !isTransactionOpen) return undefined;
  return { partition, why: isTransactionOpen ? 'open transaction' : 'no later record', stable, highWatermark };
}

/** Retention takes the oldest first: as long as a record from before the day is left, the day is whole. */
function mayHaveLost({ logStart, first }: PartitionFacts, { fromMs, nowMs, overlapMs, keptMs }: DayTimes): boolean {
  if (logStart === 0) return false;
  if (first !== null && first.ms < fromMs - overlapMs) return false;
  const isTooYoungToVanish = keptMs !== null && fromMs >= nowMs - Math.min(keptMs, YOUNG_MS);
  return !isTooYoungToVanish;
}

const lossOf = ({ partition, logStart, first }: PartitionFacts): LostRange => ({
  partition,
  before: logStart,
  firstMs: first?.ms ?? null,
});

/**
 * The offsets as they proved to be once they were read: an event of an earlier day may lie behind later ones.
 *
 * @param counts of the records that were read, which are all where nothing of the topic seems to be earlier
 */
export function asRead(
  { isBeforeFirst, ...frozen }: FrozenOffsets,
  counts: { readonly earlier: number },
): FrozenOffsets {
  return isBeforeFirst === true && counts.earlier === 0 ? { ...frozen, isBeforeFirst } : frozen;
}
