/** The last event of a recipe stays; the others are superseded. */
import { type Column, type DataFrame, functions as F, Window } from 'spark-connect';

/**
 * @param events accepted events only: a broken later event must never displace a good earlier one
 * @param identity names of the columns that name a recipe
 * @param position what orders events in time, the last is the greatest
 */
export function keepLast(events: DataFrame, identity: string, position: Column): DataFrame {
  const newestFirst = Window.partitionBy(F.col(identity)).orderBy(position.desc());
  return events
    .withColumns({ recency: F.rowNumber().over(newestFirst) })
    .filter(F.col('recency').eq(1))
    .drop('recency');
}
