/** Groups of rows that wait for their aggregates. */
import { Column } from '../expressions/column.ts';
import type { DataFrame } from './dataframe.ts';
import { functions } from '../expressions/functions/index.ts';
import { aliased, type NamedColumns } from '../expressions/named-columns.ts';
import type { Expression } from '../plan/expression.ts';

/** What `groupBy`, `rollup` and `cube` give. PySpark: `GroupedData`. */
export class GroupedData {
  readonly #aggregated: (aggregates: readonly Expression[]) => DataFrame;

  /** Made by a frame, not by callers. */
  constructor(aggregated: (aggregates: readonly Expression[]) => DataFrame) {
    this.#aggregated = aggregated;
  }

  /** The keys, then these: `agg({ rows: F.count() })`, or columns with names of their own. PySpark: `agg`. */
  agg(...aggregates: readonly [NamedColumns] | readonly Column[]): DataFrame {
    return this.#aggregated(aggregates.flatMap(expressionsOf));
  }

  /** One more column, `count`, BIGINT. PySpark: `count`. */
  count(): DataFrame {
    return this.agg({ count: functions.count() });
  }
}

function expressionsOf(aggregate: Column | NamedColumns): Expression[] {
  return aggregate instanceof Column ? [aggregate.expression] : aliased(aggregate);
}
