/** Spark's functions, named as in SQL but in camelCase. What is missing here is reached by `callFunction`. */
import { aggregates } from './aggregates.ts';
import { basics } from './basics.ts';
import { collections } from './collections.ts';
import { formats } from './formats.ts';
import { numbers } from './numbers.ts';
import { partitions } from './partitions.ts';
import { places } from './places.ts';
import { scalars } from './scalars.ts';
import { sketches } from './sketches.ts';
import { text } from './text.ts';
import { times } from './times.ts';
import { tuples } from './tuples.ts';
import { vectors } from './vectors.ts';

/** Named, since a type that is inferred loses what is said about each function. */
type Functions = typeof aggregates &
  typeof basics &
  typeof collections &
  typeof formats &
  typeof numbers &
  typeof partitions &
  typeof places &
  typeof scalars &
  typeof sketches &
  typeof text &
  typeof times &
  typeof tuples &
  typeof vectors;

/**
 * Arguments are Columns or plain literals: a string is a literal, `F.col('name')` is a column. PySpark: `functions`.
 * @example
 * import { functions as F } from 'spark-connect';
 * frame.select(F.upper(F.col('name')).as('name'), F.transform(F.col('tags'), (tag) => F.trim(tag)).as('tags'));
 */
export const functions: Functions = {
  ...aggregates,
  ...basics,
  ...collections,
  ...formats,
  ...numbers,
  ...partitions,
  ...places,
  ...scalars,
  ...sketches,
  ...text,
  ...times,
  ...tuples,
  ...vectors,
};
