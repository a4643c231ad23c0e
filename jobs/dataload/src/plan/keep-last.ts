/** The last event of a recipe stays; the others are superseded. */
import { type Column, type DataFrame, functions as F, type Observation, Window } from 'spark-connect';
import { withNewColumns } from './with-new-columns.ts';

/**
 * @param events accepted events only: a broken later event must never displace a good earlier one
 * @param identity names of the columns that name a recipe
 * @param position what orders events in time, the last is the greatest
 * @returns with a further column, `recency`
 * @param counted observes how many events stay (`published`) and how many do not (`superseded`)
 */
export function keepLast(events: DataFrame, identity: string, position: Column, counted: Observation): DataFrame {
  const recency = F.col('recency');
  const newestFirst = Window.partitionBy(F.col(identity)).orderBy(position.desc());
  return withNewColumns(events, { recency: F.rowNumber().over(newestFirst) })
    .observe(counted, { published: F.countIf(recency.eq(1)), superseded: F.countIf(recency.gt(1)) })
    .filter(recency.eq(1));
}
