/** What chooses, orders and spreads the rows of a frame. */
import { type Column, columnExpression } from '../expressions/column.ts';
import { type ColumnOrName, type Columns, expressionsOf } from '../expressions/named-columns.ts';
import type { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import { FrameColumns } from './frame-columns.ts';
import { DataFrameNulls } from './nulls.ts';
import { DataFrameStatistics } from './statistics.ts';
import { asSortExpression, asSortOrder, partitionId, sqlExpression } from '../plan/expression.ts';
import * as plan from '../plan/relation.ts';
import * as reshape from '../plan/reshape.ts';
import { withWatermark } from '../plan/stream.ts';
import type { Row } from '../rows/row.ts';

export interface SampleOptions {
  /** Whether a row may be taken more than once; false unless said. */
  readonly withReplacement?: boolean;
}

export abstract class FrameRows<R = Row> extends FrameColumns<R> {
  /** The rows for which the condition, a column or SQL text, is true. PySpark: `filter`. */
  filter(condition: Column | string): DataFrame<R> {
    const isText = typeof condition === 'string';
    return this.with(plan.filter(this.relation, isText ? sqlExpression(condition) : columnExpression(condition)));
  }

  /** As {@link filter}. PySpark: `where`. */
  where(condition: Column | string): DataFrame<R> {
    return this.filter(condition);
  }

  /** A shuffle; without columns round robin. PySpark: `repartition`. */
  repartition(partitions: number, ...columns: Columns): DataFrame<R> {
    return this.with(
      columns.length === 0
        ? plan.repartition(this.relation, partitions, true)
        : plan.repartitionBy(this.relation, expressionsOf(columns), partitions),
    );
  }

  /** A shuffle by ranges of these columns: each partition before the next. PySpark: `repartitionByRange`. */
  repartitionByRange(partitions: number, ...columns: Columns): DataFrame<R> {
    const order = expressionsOf(columns).map(asSortExpression);
    if (order.length === 0) throw new SparkError('usage', 'repartitionByRange needs at least one column.');
    return this.with(plan.repartitionBy(this.relation, order, partitions));
  }

  /** Each row to the partition whose number the column says, of 0 to one less than so many. PySpark: `repartitionById`. */
  repartitionById(partitions: number, column: ColumnOrName): DataFrame<R> {
    const ids = expressionsOf([column]).map(partitionId);
    return this.with(plan.repartitionBy(this.relation, ids, partitions));
  }

  /** Fewer partitions without a shuffle. PySpark: `coalesce`. */
  coalesce(partitions: number): DataFrame<R> {
    return this.with(plan.repartition(this.relation, partitions, false));
  }

  /** Sorted in each partition by itself, without a shuffle. PySpark: `sortWithinPartitions`. */
  sortWithinPartitions(...columns: Columns): DataFrame<R> {
    return this.#sorted(columns, false);
  }

  /** Ascending, nulls first, unless a column says else: `F.col('n').desc()`. PySpark: `orderBy`. */
  orderBy(...columns: Columns): DataFrame<R> {
    return this.#sorted(columns, true);
  }

  /** As {@link orderBy}. PySpark: `sort`. */
  sort(...columns: Columns): DataFrame<R> {
    return this.#sorted(columns, true);
  }

  /** At most so many rows. PySpark: `limit`. */
  limit(rows: number): DataFrame<R> {
    return this.with(plan.limit(this.relation, rows));
  }

  /** Without the first rows. PySpark: `offset`. */
  offset(rows: number): DataFrame<R> {
    return this.with(plan.offset(this.relation, rows));
  }

  /** The last rows, as a frame. PySpark: `tail`, which gives the rows at once. */
  tail(rows: number): DataFrame<R> {
    return this.with(plan.tail(this.relation, rows));
  }

  /** PySpark: `sample`. @param fraction 0..1, how likely each row is taken; with replacement how often, from 0 on */
  sample(fraction: number, seed: number | bigint, { withReplacement = false }: SampleOptions = {}): DataFrame<R> {
    return this.with(plan.sample(this.relation, { fraction, seed, withReplacement }));
  }

  /** Frames that share the rows among them by weight: `randomSplit([0.9, 0.1], 42)`. PySpark: `randomSplit`. */
  randomSplit(weights: readonly number[], seed: number | bigint): DataFrame<R>[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(total > 0) || weights.some((weight) => !(weight >= 0)))
      throw new SparkError(
        'usage',
        `Weights are numbers from 0 on, at least one of them above, not ${weights.join(', ')}.`,
      );
    let upper = 0;
    return weights.map((weight) => {
      const lower = upper;
      upper += weight / total;
      return this.with(reshape.part(this.relation, lower, upper, seed));
    });
  }

  /** What becomes of rows and values that are missing. PySpark: `na`. */
  get na(): DataFrameNulls {
    return new DataFrameNulls((change) => this.changed(change(this.relation)));
  }

  /** Statistics of columns. PySpark: `stat`. */
  get stat(): DataFrameStatistics {
    return new DataFrameStatistics((change) => this.changed(change(this.relation)));
  }

  /** Each row once. PySpark: `distinct`. */
  distinct(): DataFrame<R> {
    return this.with(plan.deduplicate(this.relation, []));
  }

  /** One row of each group that is equal in these columns; which one is not said. PySpark: `dropDuplicates`. */
  dropDuplicates(...names: readonly (string | readonly string[])[]): DataFrame<R> {
    return this.with(plan.deduplicate(this.relation, names.flat()));
  }

  /** As {@link dropDuplicates}, of a stream: rows older than its watermark are forgotten. PySpark: `dropDuplicatesWithinWatermark`. */
  dropDuplicatesWithinWatermark(...names: readonly (string | readonly string[])[]): DataFrame<R> {
    return this.with(plan.deduplicate(this.relation, names.flat(), true));
  }

  /** How late rows of a stream may be by the time in this column, such as `10 minutes`. PySpark: `withWatermark`. */
  withWatermark(eventTime: string, delay: string): DataFrame<R> {
    return this.with(withWatermark(this.relation, eventTime, delay));
  }

  #sorted(columns: Columns, isGlobal: boolean): DataFrame<R> {
    const order = expressionsOf(columns).map(asSortOrder);
    return this.with(plan.sort(this.relation, order, isGlobal));
  }
}
