/** Columns added to a frame that has none of their names. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';

/**
 * For `withColumns` and `drop` Spark Connect 4.2 analyses all that is below them, each time (a new Dataset in its planner); for
 * `select` it does not. With a dozen in a row that was a third of what a small day costs the server.
 */
export function withNewColumns(frame: DataFrame, columns: Readonly<Record<string, Column>>): DataFrame {
  return frame.select(F.col('*'), ...Object.entries(columns).map(([name, column]) => column.as(name)));
}
