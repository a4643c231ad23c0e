/** Groups of rows that wait for their aggregates. */
import { Column } from '../expressions/column.ts';
import type { DataFrame } from './dataframe.ts';
import { functions } from '../expressions/functions/index.ts';
import { SparkError } from '../errors.ts';
import { aliased, type NamedAggregates } from '../expressions/named-columns.ts';
import type { Expression } from '../plan/expression.ts';

/** What `groupBy`, `rollup` and `cube` give. PySpark: `GroupedData`. */
export class GroupedData {
  readonly #aggregated: (aggregates: readonly Expression[]) => DataFrame;

  /** Made by a frame, not by callers. */
  constructor(aggregated: (aggregates: readonly Expression[]) => DataFrame) {
    this.#aggregated = aggregated;
  }

  /**
   * The keys, then these: `agg({ rows: F.count() })`, or columns with names of their own. PySpark: `agg`.
   * @throws SparkError `usage` without any, and for what is no column
   */
  agg(...aggregates: readonly [NamedAggregates] | readonly Column[]): DataFrame {
    const expressions = aggregates.flatMap(expressionsOf);
    if (expressions.length === 0) throw new SparkError('usage', 'agg needs at least one aggregate.');
    return this.#aggregated(expressions);
  }

  /** One more column, `count`, BIGINT. PySpark: `count`. */
  count(): DataFrame {
    return this.agg({ count: functions.count() });
  }
}

function expressionsOf(aggregate: Column | NamedAggregates): Expression[] {
  if (typeof aggregate !== 'object' || aggregate === null)
    throw new SparkError('usage', `${String(aggregate)} is no aggregate: agg takes columns, or an object of them.`);
  return aggregate instanceof Column ? [aggregate.expression] : aliased(aggregate);
}
