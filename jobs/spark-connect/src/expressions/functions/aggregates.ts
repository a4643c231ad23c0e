/** Aggregates and window functions. */
import { call, Column, toExpression } from '../column.ts';
import { functionCall } from '../../plan/expression.ts';
import { none, one, oneAnd, oneOrTwo, type Subject, subject, two, twoAnd, twoOrThree } from './call.ts';

const distinct = (name: string, columns: readonly Subject[]): Column =>
  new Column(
    functionCall(
      name,
      columns.map((column) => toExpression(subject(name, column))),
      true,
    ),
  );

export const aggregates = {
  /** The value of some row. PySpark: `any_value`. */
  anyValue: one('any_value'),
  /** About how many values, BIGINT; a second argument is the relative error, 0.05. PySpark: `approx_count_distinct`. */
  approxCountDistinct: oneOrTwo('approx_count_distinct'),
  /** The mean, nulls left out: DOUBLE, of decimals DECIMAL. PySpark: `avg`. */
  avg: one('avg'),
  /** True where all values are, nulls left out. PySpark: `bool_and`. */
  boolAnd: one('bool_and'),
  /** True where one value is, nulls left out. PySpark: `bool_or`. */
  boolOr: one('bool_or'),
  /** An array of the values, nulls left out, in no fixed order. PySpark: `collect_list`. */
  collectList: one('collect_list'),
  /** As {@link collectList}, each value once. PySpark: `collect_set`. */
  collectSet: one('collect_set'),
  /** Pearson's correlation, -1..1. PySpark: `corr`. */
  corr: two('corr'),
  /** Rows in which the column is not null; without a column, or with a literal, all rows. BIGINT. PySpark: `count`. */
  count: (column: Subject = 1): Column => call('count', subject('count', column)),
  /** How many different combinations without a null. PySpark: `count_distinct`. */
  countDistinct: (...columns: readonly Subject[]): Column => distinct('count', columns),
  /** Rows for which the condition is true. PySpark: `count_if`. */
  countIf: one('count_if'),
  /** The value of some first row; `true` as second argument leaves nulls out. PySpark: `first`. */
  first: oneAnd('first', false),
  /** The value of some last row; `true` as second argument leaves nulls out. PySpark: `last`. */
  last: oneAnd('last', false),
  /** The greatest value, nulls left out. PySpark: `max`. */
  max: one('max'),
  /** The first column's value where the second is greatest. PySpark: `max_by`. */
  maxBy: two('max_by'),
  /** Exact, DOUBLE. PySpark: `median`. */
  median: one('median'),
  /** The least value, nulls left out. PySpark: `min`. */
  min: one('min'),
  /** The first column's value where the second is least. PySpark: `min_by`. */
  minBy: two('min_by'),
  /** `percentile(column, 0.9)`, exact; a third argument says how often each value counts. PySpark: `percentile`. */
  percentile: twoAnd('percentile', 1),
  /** A third argument is the accuracy: its inverse is the relative error. PySpark: `percentile_approx`. */
  percentileApprox: twoAnd('percentile_approx', 10_000),
  /** Of a sample, DOUBLE. PySpark: `stddev`. */
  stddev: one('stddev'),
  /** BIGINT, DOUBLE or DECIMAL as the values are; too large a sum is an error. PySpark: `sum`. */
  sum: one('sum'),
  /** Each value once. PySpark: `sum_distinct`. */
  sumDistinct: (column: Subject): Column => distinct('sum', [column]),
  /** Null instead of an error on overflow. PySpark: `try_sum`. */
  trySum: one('try_sum'),
  /** Of a sample, DOUBLE. PySpark: `variance`. */
  variance: one('variance'),

  // Over a window.
  /** The share of rows that are not behind this one, 0..1. PySpark: `cume_dist`. */
  cumeDist: none('cume_dist'),
  /** As {@link rank}, without gaps. PySpark: `dense_rank`. */
  denseRank: none('dense_rank'),
  /** `lag(column, rows)`: the value so many rows before; a third argument where there is no such row. PySpark: `lag`. */
  lag: twoOrThree('lag'),
  /** As {@link lag}, behind. PySpark: `lead`. */
  lead: twoOrThree('lead'),
  /** `nthValue(column, n)`, from 1; `true` as third argument leaves nulls out. PySpark: `nth_value`. */
  nthValue: twoAnd('nth_value', false),
  /** Number of the part, from 1, where the rows are cut into n parts. PySpark: `ntile`. */
  ntile: one('ntile'),
  /** {@link rank} as a share, 0..1. PySpark: `percent_rank`. */
  percentRank: none('percent_rank'),
  /** From 1, the same for equal rows, with gaps behind them. PySpark: `rank`. */
  rank: none('rank'),
  /** 1, 2, 3, … in the order of the window. PySpark: `row_number`. */
  rowNumber: none('row_number'),
} as const;
