/** What chooses, orders and spreads the rows of a frame. */
import { type Column, columnExpression, namedExpression } from '../expressions/column.ts';
import type { ColumnOrName } from '../expressions/named-columns.ts';
import type { DataFrame } from './dataframe.ts';
import { FrameColumns } from './frame-columns.ts';
import { asSortOrder, sqlExpression } from '../plan/expression.ts';
import * as plan from '../plan/relation.ts';

export abstract class FrameRows extends FrameColumns {
  /** The rows for which the condition, a column or SQL text, is true. PySpark: `filter`. */
  filter(condition: Column | string): DataFrame {
    const isText = typeof condition === 'string';
    return this.with(plan.filter(this.relation, isText ? sqlExpression(condition) : columnExpression(condition)));
  }

  /** As {@link filter}. PySpark: `where`. */
  where(condition: Column | string): DataFrame {
    return this.filter(condition);
  }

  /** A shuffle; without columns round robin. PySpark: `repartition`. */
  repartition(partitions: number, ...columns: readonly ColumnOrName[]): DataFrame {
    return this.with(
      columns.length === 0
        ? plan.repartition(this.relation, partitions, true)
        : plan.repartitionBy(this.relation, columns.map(namedExpression), partitions),
    );
  }

  /** Fewer partitions without a shuffle. PySpark: `coalesce`. */
  coalesce(partitions: number): DataFrame {
    return this.with(plan.repartition(this.relation, partitions, false));
  }

  /** Sorted in each partition by itself, without a shuffle. PySpark: `sortWithinPartitions`. */
  sortWithinPartitions(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sorted(columns, false);
  }

  /** Ascending, nulls first, unless a column says else: `F.col('n').desc()`. PySpark: `orderBy`. */
  orderBy(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sorted(columns, true);
  }

  /** At most so many rows. PySpark: `limit`. */
  limit(rows: number): DataFrame {
    return this.with(plan.limit(this.relation, rows));
  }

  /** Without the first rows. PySpark: `offset`. */
  offset(rows: number): DataFrame {
    return this.with(plan.offset(this.relation, rows));
  }

  /** The last rows, as a frame. PySpark: `tail`, which gives the rows at once. */
  tail(rows: number): DataFrame {
    return this.with(plan.tail(this.relation, rows));
  }

  /** PySpark: `sample`. @param fraction 0..1, how likely each row is taken */
  sample(fraction: number, seed: bigint): DataFrame {
    return this.with(plan.sample(this.relation, { fraction, seed, withReplacement: false }));
  }

  /** Each row once. PySpark: `distinct`. */
  distinct(): DataFrame {
    return this.with(plan.deduplicate(this.relation, []));
  }

  /** One row of each group that is equal in these columns; which one is not said. PySpark: `dropDuplicates`. */
  dropDuplicates(...names: readonly string[]): DataFrame {
    return this.with(plan.deduplicate(this.relation, names));
  }

  #sorted(columns: readonly ColumnOrName[], isGlobal: boolean): DataFrame {
    const order = columns.map((column) => asSortOrder(namedExpression(column)));
    return this.with(plan.sort(this.relation, order, isGlobal));
  }
}
