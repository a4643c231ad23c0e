/** Groups of rows that wait for their aggregates. */
import { Column, columnExpression, namedExpression } from '../expressions/column.ts';
import type { DataFrame } from './dataframe.ts';
import { functions } from '../expressions/functions/index.ts';
import { SparkError } from '../errors.ts';
import { aliased, type ColumnOrName, type NamedAggregates } from '../expressions/named-columns.ts';
import type { Expression } from '../plan/expression.ts';
import { literal, type LiteralValue } from '../plan/literal.ts';
import type { Pivot } from '../plan/aggregate.ts';

type Aggregated = (aggregates: readonly Expression[], pivot?: Pivot) => DataFrame;

/** What `groupBy`, `rollup` and `cube` give. PySpark: `GroupedData`. */
export class GroupedData {
  readonly #aggregated: Aggregated;

  /** Made by a frame, not by callers. */
  constructor(aggregated: Aggregated) {
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

  /** The sum of each of these columns, as `sum(n)`. PySpark: `sum`, which takes all numbers where none is named. */
  sum(...names: readonly string[]): DataFrame {
    return this.#each(functions.sum, names);
  }

  /** The mean of each of these columns, as `avg(n)`. PySpark: `avg`. */
  avg(...names: readonly string[]): DataFrame {
    return this.#each(functions.avg, names);
  }

  /** The least value of each of these columns, as `min(n)`. PySpark: `min`. */
  min(...names: readonly string[]): DataFrame {
    return this.#each(functions.min, names);
  }

  /** The greatest value of each of these columns, as `max(n)`. PySpark: `max`. */
  max(...names: readonly string[]): DataFrame {
    return this.#each(functions.max, names);
  }

  /**
   * A column for each value of this one, and each aggregate: `groupBy('day').pivot('kind', ['a', 'b']).agg(…)`. PySpark: `pivot`.
   * @param values without them the server looks for all that there are, by a query before
   */
  pivot(column: ColumnOrName, values: readonly LiteralValue[] = []): GroupedData {
    const pivot = { col: namedExpression(column), values: values.map(literal) };
    return new GroupedData((aggregates) => this.#aggregated(aggregates, pivot));
  }

  #each(aggregate: (column: Column) => Column, names: readonly string[]): DataFrame {
    return this.agg(...names.map((name) => aggregate(functions.col(name))));
  }
}

function expressionsOf(aggregate: Column | NamedAggregates): Expression[] {
  if (typeof aggregate !== 'object' || aggregate === null)
    throw new SparkError('usage', `${String(aggregate)} is no aggregate: agg takes columns, or an object of them.`);
  return aggregate instanceof Column ? [columnExpression(aggregate)] : aliased(aggregate);
}
