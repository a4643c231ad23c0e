/**
 * Spark makes Java code of a plan and compiles it, anew for every session, and the JVM compiles that again: of a small day
 * this is most of the work, of a large one it pays. The values are the same either way.
 */
import type { Config } from '../config/schema.ts';

const INTERPRETED = { 'spark.sql.codegen.wholeStage': 'false', 'spark.sql.codegen.factoryMode': 'NO_CODEGEN' };
const COMPILED = { 'spark.sql.codegen.wholeStage': 'true', 'spark.sql.codegen.factoryMode': 'FALLBACK' };

/** A small day: compiling takes as long as a few thousand events. */
const MAX_INTERPRETED_BYTES = 4_000_000;
/** As JSON; for where only events are counted. */
const TYPICAL_EVENT_BYTES = 1_000;

export const bytesOfEvents = (events: number): number => events * TYPICAL_EVENT_BYTES;

export const isCompiled = (bytes: number): boolean => bytes > MAX_INTERPRETED_BYTES;

/**
 * @param bytes of the lines to be read, roughly: it decides how they are computed, never what
 * @returns confs of the session; those that spark_config.yml names are as it says
 */
export function codeGeneration({ spark }: Pick<Config, 'spark'>, bytes: number): Readonly<Record<string, string>> {
  const chosen = Object.entries(isCompiled(bytes) ? COMPILED : INTERPRETED);
  return Object.fromEntries(chosen.map(([key, value]) => [key, spark.conf[key] ?? value]));
}
