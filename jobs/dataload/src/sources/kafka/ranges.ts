/** The offsets that hold a day of a topic, and what retention took of them: as manifests record them and Spark reads them. */

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
  /** Only where a run was told to take what is left. */
  readonly lost?: readonly LostRange[];
  /** Partitions that may still get records of the day; only where a run was told to take what is there. */
  readonly notClosed?: readonly number[];
}

/** @param bound which end of the ranges @returns `{"topic":{"0":12,"1":7}}`, as Spark takes offsets: every partition is named */
export function offsetsJson({ topic, partitions }: FrozenOffsets, bound: 'start' | 'end'): string {
  return JSON.stringify({ [topic]: Object.fromEntries(partitions.map((range) => [range.partition, range[bound]])) });
}
