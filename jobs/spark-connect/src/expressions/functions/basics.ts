/** How an expression begins: by a name, a literal, SQL text, a condition, or any function. */
import { call, Column, type Operand, toExpression, WhenColumn } from '../column.ts';
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
} as const;

function isArray(value: Operand | readonly Operand[]): value is readonly Operand[] {
  return Array.isArray(value);
}
