/** How an expression begins: by a name, a literal, SQL text, a condition, or any function. */
import { call, Column, columnExpression, type Operand, toExpression } from '../column.ts';
import { WhenColumn } from '../when-column.ts';
import * as plan from '../../plan/expression.ts';

export const basics = {
  /** A column by name. Dots lead into structs, backticks protect them: `a.b`, `` `a.b` ``, `*`, `alias.*`. PySpark: `col`. */
  col: (name: string): Column => new Column(plan.attribute(name)),
  /** A literal. An array gives an ARRAY. PySpark: `lit`. */
  lit: (value: Operand | readonly Operand[]): Column =>
    isArray(value) ? call('array', ...value) : new Column(toExpression(value)),
  /** SQL text of one expression. PySpark: `expr`. */
  expr: (sql: string): Column => new Column(plan.sqlExpression(sql)),
  /** `when(a, 1).when(b, 2).otherwise(3)`; null where no condition holds and nothing is said otherwise. PySpark: `when`. */
  when: (condition: Operand, value: Operand): WhenColumn => new WhenColumn([condition, value]),
  /**
   * Any function by its SQL name, also a qualified one. A name without dots also reaches what SQL does not know as a
   * function, such as the transforms `days` and `bucket` of a table's partitions. PySpark: `call_function`.
   */
  callFunction: (name: string, ...args: readonly Operand[]): Column =>
    new Column(
      name.includes('.')
        ? plan.namedCall(name, args.map(toExpression))
        : plan.functionCall(name, args.map(toExpression)),
    ),
  /** Ascending, nulls first; for `orderBy`. PySpark: `asc`. */
  asc: (column: Column): Column => sorted(column).asc(),
  /** As {@link asc}. PySpark: `asc_nulls_first`. */
  ascNullsFirst: (column: Column): Column => sorted(column).asc(),
  /** Ascending, nulls last. PySpark: `asc_nulls_last`. */
  ascNullsLast: (column: Column): Column => sorted(column).ascNullsLast(),
  /** Descending, nulls last. PySpark: `desc`. */
  desc: (column: Column): Column => sorted(column).desc(),
  /** Descending, nulls first. PySpark: `desc_nulls_first`. */
  descNullsFirst: (column: Column): Column => sorted(column).descNullsFirst(),
  /** As {@link desc}. PySpark: `desc_nulls_last`. */
  descNullsLast: (column: Column): Column => sorted(column).desc(),
} as const;

/** @throws SparkError `usage` for what is no column */
const sorted = (column: Column): Column => new Column(columnExpression(column));

function isArray(value: Operand | readonly Operand[]): value is readonly Operand[] {
  return Array.isArray(value);
}
