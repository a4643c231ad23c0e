/** Spark's functions, named as in SQL but in camelCase. What is missing here is reached by `callFunction`. */
import { aggregates } from './aggregates.ts';
import { basics } from './basics.ts';
import { collections } from './collections.ts';
import { scalars } from './scalars.ts';
import { text } from './text.ts';

/** Named, since a type that is inferred loses what is said about each function. */
type Functions = typeof text & typeof collections & typeof aggregates & typeof scalars & typeof basics;

/**
 * Arguments are Columns or plain literals: a string is a literal, `F.col('name')` is a column. PySpark: `functions`.
 * @example
 * import { functions as F } from 'spark-connect';
 * frame.select(F.upper(F.col('name')).as('name'), F.transform(F.col('tags'), (tag) => F.trim(tag)).as('tags'));
 */
export const functions: Functions = { ...text, ...collections, ...aggregates, ...scalars, ...basics };
