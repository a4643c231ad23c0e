/** Spark's functions, named as in SQL but in camelCase. What is missing here is reached by `callFunction`. */
import { call, Column, type Operand, toExpression, WhenColumn } from './column.ts';
import { aggregates } from './functions/aggregates.ts';
import { collections } from './functions/collections.ts';
import { scalars } from './functions/scalars.ts';
import { text } from './functions/text.ts';
import * as plan from './plan/expression.ts';

/**
 * Arguments are Columns or plain literals: a string is a literal, `F.col('name')` is a column.
 * @example
 * import { functions as F } from 'spark-connect';
 * frame.select(F.upper(F.col('name')).as('name'), F.transform(F.col('tags'), (tag) => F.trim(tag)).as('tags'));
 */
export const functions = {
  ...text,
  ...collections,
  ...aggregates,
  ...scalars,

  /** A column by name. Dots lead into structs, backticks protect them: `a.b`, `` `a.b` ``, `*`, `alias.*`. */
  col: (name: string): Column => new Column(plan.attribute(name)),
  /** A literal. An array gives an ARRAY. */
  lit: (value: Operand | readonly Operand[]): Column =>
    isArray(value) ? call('array', ...value) : new Column(toExpression(value)),
  /** SQL text of one expression. */
  expr: (sql: string): Column => new Column(plan.sqlExpression(sql)),
  /** `when(a, 1).when(b, 2).otherwise(3)`; null where no condition holds and nothing is said otherwise. */
  when: (condition: Operand, value: Operand): WhenColumn => new WhenColumn([condition, value]),
  /**
   * Any function by its SQL name, also a qualified one. A name without dots also reaches what SQL does not know as a
   * function, such as the transforms `days` and `bucket` of a table's partitions.
   */
  callFunction: (name: string, ...args: readonly Operand[]): Column =>
    new Column(
      name.includes('.')
        ? plan.namedCall(name, args.map(toExpression))
        : plan.functionCall(name, args.map(toExpression)),
    ),
} as const;

function isArray(value: Operand | readonly Operand[]): value is readonly Operand[] {
  return Array.isArray(value);
}
