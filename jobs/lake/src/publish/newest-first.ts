/** Which of several objects of a day is the newest: by time, since run ids given from outside, as Airflow's, do not sort. */
import type { ListedObject } from '../stores/store.ts';

/** By when the store got them; of one moment, the greater key first. */
export const newestFirst = (objects: readonly ListedObject[]): ListedObject[] =>
  objects.toSorted((a, b) => b.modifiedAt.getTime() - a.modifiedAt.getTime() || (a.key < b.key ? 1 : -1));
