/** Groups of rows that wait for their aggregates. */
import { Column, type Operand, toExpression } from './column.ts';
import type { DataFrame } from './dataframe.ts';
import { alias, type Expression } from './plan/expression.ts';
import { functions } from './functions.ts';

export class GroupedData {
  readonly #aggregated: (aggregates: readonly Expression[]) => DataFrame;

  constructor(aggregated: (aggregates: readonly Expression[]) => DataFrame) {
    this.#aggregated = aggregated;
  }

  /** The keys, then these: `agg({ rows: F.count(), latest: F.max(F.col('at')) })`, or columns with names of their own. */
  agg(...aggregates: readonly [Readonly<Record<string, Operand>>] | readonly Column[]): DataFrame {
    return this.#aggregated(aggregates.flatMap(expressionsOf));
  }

  /** One more column, `count`. */
  count(): DataFrame {
    return this.agg({ count: functions.count() });
  }
}

function expressionsOf(aggregate: Column | Readonly<Record<string, Operand>>): Expression[] {
  if (aggregate instanceof Column) return [aggregate.expression];
  return Object.entries(aggregate).map(([name, column]) => alias(toExpression(column), name));
}
