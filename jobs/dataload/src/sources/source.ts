/** Where the raw events of a day come from. */
import type { Emptiness, Finding, PublishedDay } from 'lake';
import type { DatasetUse, Run } from 'runtime';
import type { Column, DataFrame, SparkSession } from 'spark-connect';

/** What a day's input was when the job began; the same input gives the same table. */
export interface Frozen {
  /** As the manifest records it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The same as a dataset, without what only the judging counts. */
  readonly readFrom: DatasetUse;
  /** Of what decides about the table. */
  readonly fingerprint: string;
  /** Of the lines, roughly. */
  readonly bytes: number;
  /** Lines of the input, where the source knows them before they are read. */
  readonly rows?: number;
  /** What is odd about the input, for the manifest. */
  readonly findings?: readonly Finding[];
  /** What it means where the input holds nothing; left out where the input says so itself. */
  readonly emptiness?: Emptiness;
}

/** What there is to read as Spark counts it: of a compressed file the bytes that it has, not those of its lines. */
export const sizeOf = ({ rows, readFrom }: Pick<Frozen, 'rows' | 'readFrom'>) => ({ rows, bytes: readFrom.bytes });

export interface OpenTable {
  readonly staging: string;
  /** As it was when the run began. */
  readonly current: PublishedDay;
}

export interface Source<F extends Frozen = Frozen> {
  /**
   * Lists and remembers the day's input.
   *
   * @param table the day's table: where the run stages, for what has to be staged before it can be read, and what is published
   * @throws LakeError no-input, or what is wrong with it
   */
  freeze(run: Run, spark: SparkSession, table: OpenTable): Promise<F>;
  /**
   * The raw lines of the frozen input: `value` (string, bytes as they came; null for a tombstone), `event` (struct, as in
   * the table), `position` (struct that orders the day's lines; the last is the greatest).
   */
  lines(spark: SparkSession, frozen: F): DataFrame;
  /**
   * Some of the same lines with `origin`, which says to a person where each lies. May cost a window over the day.
   *
   * @param isWanted of `value`: which lines
   */
  linesWithOrigin(spark: SparkSession, frozen: F, isWanted: Column): DataFrame;
  /** @throws LakeError input-changed where the input is no longer what was frozen */
  assertUnchanged(run: Run, frozen: F): Promise<void>;
}
