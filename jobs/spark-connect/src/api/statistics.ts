/** Statistics of columns: `frame.stat`. */
import type { DataFrame } from './dataframe.ts';
import { namedExpression } from '../expressions/column.ts';
import type { ColumnOrName } from '../expressions/named-columns.ts';
import type { LiteralValue } from '../plan/literal.ts';
import type { Relation } from '../plan/relation.ts';
import * as plan from '../plan/statistics.ts';
import { SparkError } from '../errors.ts';

/** PySpark: `DataFrameStatFunctions`, as `df.stat`. */
export class DataFrameStatistics {
  readonly #with: (change: (input: Relation) => Relation) => DataFrame;

  /** Made by a frame, not by callers. */
  constructor(change: (change: (input: Relation) => Relation) => DataFrame) {
    this.#with = change;
  }

  /** How often each pair of values comes: a row for each value of one column, a column for each of the other. PySpark: `stat.crosstab`. */
  crosstab(rows: string, columns: string): DataFrame {
    return this.#with((input) => plan.crosstab(input, rows, columns));
  }

  /** One row: the frequent values of each column, as arrays; some may not be. PySpark: `stat.freqItems`. @param support 0..1 */
  freqItems(columns: readonly string[], support = 0.01): DataFrame {
    return this.#with((input) => plan.frequentItems(input, columns, support));
  }

  /**
   * Rows by the value that they have in one column; values without a fraction give none. PySpark: `stat.sampleBy`.
   * @param fractions 0..1, by value: `new Map([['a', 0.1], ['b', 1]])`
   */
  sampleBy(column: ColumnOrName, fractions: ReadonlyMap<LiteralValue, number>, seed: number | bigint): DataFrame {
    const expression = namedExpression(column);
    return this.#with((input) => plan.sampleBy(input, expression, [...fractions], seed));
  }

  /** Pearson's correlation of two columns, -1..1. PySpark: `stat.corr`. */
  async corr(first: string, second: string): Promise<number> {
    return (await this.#value((input) => plan.correlation(input, first, second))) as number;
  }

  /** The covariance of two columns, of a sample. PySpark: `stat.cov`. */
  async cov(first: string, second: string): Promise<number> {
    return (await this.#value((input) => plan.covariance(input, first, second))) as number;
  }

  /**
   * Values below which these shares of a column lie, one list a column. PySpark: `stat.approxQuantile`.
   * @param probabilities each 0..1
   * @param relativeError 0 for exact ones, at the cost of a sort
   */
  async approxQuantile(
    columns: readonly string[],
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[][]> {
    const parts = { columns, probabilities, relativeError };
    return (await this.#value((input) => plan.approxQuantile(input, parts))) as number[][];
  }

  async #value(change: (input: Relation) => Relation): Promise<unknown> {
    const [row] = await this.#with(change).collect();
    if (row === undefined) throw new SparkError('protocol', 'The server answered a statistic without a row.');
    return Object.values(row)[0];
  }
}
