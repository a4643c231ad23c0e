/** What a program of the comparison is. */
import type { Column, DataFrame, SparkSession } from '../../src/index.ts';

/** Gives a frame, which stands for its plan, or runs an action, which stands for the plan that it sends. */
export type Program = (spark: SparkSession) => DataFrame | Promise<unknown>;

/** By name; the twin in Python has the same. */
export type Programs = Readonly<Record<string, Program>>;

/** What most programs of expressions do: select them from one table. */
export const shown =
  (...columns: readonly Column[]): Program =>
  (spark) =>
    spark.read.table('events').select(...columns);
