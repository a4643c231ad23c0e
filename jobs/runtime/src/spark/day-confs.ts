/**
 * How Spark computes a day, by the day's size; what it computes is the same either way.
 *
 * Spark makes Java code of a plan and compiles it, anew for every session, and the JVM compiles that again; and after each stage
 * it plans the rest again. Of a small day this is most of the work, of a large one it pays.
 */
import type { Config } from '../config/schema.ts';

const SMALL = {
  'spark.sql.codegen.wholeStage': 'false',
  'spark.sql.codegen.factoryMode': 'NO_CODEGEN',
  'spark.sql.adaptive.enabled': 'false',
};
const LARGE = {
  'spark.sql.codegen.wholeStage': 'true',
  'spark.sql.codegen.factoryMode': 'FALLBACK',
  'spark.sql.adaptive.enabled': 'true',
};

/** A small day: compiling takes as long as a few thousand events. */
const MAX_SMALL_BYTES = 4_000_000;
/** As JSON; for where only events are counted. */
const TYPICAL_EVENT_BYTES = 1_000;
const BYTES_PER_PARTITION = 32_000_000;
/** Spark's own default, for a day of unknown size too: planning again after each stage, it joins those that turn out small. */
const MAX_PARTITIONS = 200;

export const bytesOfEvents = (events: number): number => events * TYPICAL_EVENT_BYTES;

export const isLarge = (bytes: number): boolean => bytes > MAX_SMALL_BYTES;

/**
 * @param bytes of the lines to be read, roughly
 * @returns confs of the session; those that spark_config.yml names are as it says
 */
export function dayConfs({ spark }: Pick<Config, 'spark'>, bytes: number): Readonly<Record<string, string>> {
  const partitions = Math.min(Math.max(Math.ceil(bytes / BYTES_PER_PARTITION), 1), MAX_PARTITIONS);
  const chosen = { ...(isLarge(bytes) ? LARGE : SMALL), 'spark.sql.shuffle.partitions': String(partitions) };
  return Object.fromEntries(Object.entries(chosen).map(([key, value]) => [key, spark.conf[key] ?? value]));
}
