/** Spark's functions, named as in SQL but in camelCase. What is missing here is reached by `callFunction`. */
import { aggregates } from './functions/aggregates.ts';
import { basics } from './functions/basics.ts';
import { collections } from './functions/collections.ts';
import { scalars } from './functions/scalars.ts';
import { text } from './functions/text.ts';

/** Named, since a type that is inferred loses what is said about each function. */
type Functions = typeof text & typeof collections & typeof aggregates & typeof scalars & typeof basics;

/**
 * Arguments are Columns or plain literals: a string is a literal, `F.col('name')` is a column. PySpark: `functions`.
 * @example
 * import { functions as F } from 'spark-connect';
 * frame.select(F.upper(F.col('name')).as('name'), F.transform(F.col('tags'), (tag) => F.trim(tag)).as('tags'));
 */
export const functions: Functions = { ...text, ...collections, ...aggregates, ...scalars, ...basics };
