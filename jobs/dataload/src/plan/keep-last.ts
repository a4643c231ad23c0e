/** The last event of a recipe stays; the others are superseded. */
import { type Column, type DataFrame, functions as F, type Observation, Window } from 'spark-connect';

/**
 * @param events accepted events only: a broken later event must never displace a good earlier one
 * @param identity names of the columns that name a recipe
 * @param position what orders events in time, the last is the greatest
 * @param counted observes how many events stay (`published`) and how many do not (`superseded`)
 */
export function keepLast(events: DataFrame, identity: string, position: Column, counted: Observation): DataFrame {
  const recency = F.col('recency');
  const newestFirst = Window.partitionBy(F.col(identity)).orderBy(position.desc());
  return events
    .withColumns({ recency: F.rowNumber().over(newestFirst) })
    .observe(counted, { published: F.countIf(recency.eq(1)), superseded: F.countIf(recency.gt(1)) })
    .filter(recency.eq(1))
    .drop('recency');
}
