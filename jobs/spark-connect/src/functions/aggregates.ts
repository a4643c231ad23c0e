/** Aggregates and window functions. */
import { call, Column, type Operand, toExpression } from '../column.ts';
import { functionCall } from '../plan/expression.ts';
import { none, one, oneAnd, oneOrTwo, two, twoAnd, twoOrThree } from './call.ts';

const distinct = (name: string, columns: readonly Operand[]): Column =>
  new Column(functionCall(name, columns.map(toExpression), true));

export const aggregates = {
  anyValue: one('any_value'),
  approxCountDistinct: oneOrTwo('approx_count_distinct'),
  avg: one('avg'),
  boolAnd: one('bool_and'),
  boolOr: one('bool_or'),
  /** An array of the values, nulls left out, in no fixed order. */
  collectList: one('collect_list'),
  /** As {@link collectList}, each value once. */
  collectSet: one('collect_set'),
  corr: two('corr'),
  /** Rows in which the column is not null; without a column, or with a literal, all rows. */
  count: (column: Operand = 1): Column => call('count', column),
  countDistinct: (...columns: readonly Operand[]): Column => distinct('count', columns),
  countIf: one('count_if'),
  /** The value of some first row; `true` as second argument leaves nulls out. */
  first: oneAnd('first', false),
  last: oneAnd('last', false),
  max: one('max'),
  /** The first column's value where the second is greatest. */
  maxBy: two('max_by'),
  median: one('median'),
  min: one('min'),
  minBy: two('min_by'),
  /** Exact; a third argument says how often each value counts. */
  percentile: twoAnd('percentile', 1),
  /** A third argument is the accuracy: its inverse is the relative error. */
  percentileApprox: twoAnd('percentile_approx', 10_000),
  stddev: one('stddev'),
  sum: one('sum'),
  sumDistinct: (column: Operand): Column => distinct('sum', [column]),
  /** Null instead of an error on overflow. */
  trySum: one('try_sum'),
  variance: one('variance'),

  // Over a window.
  cumeDist: none('cume_dist'),
  denseRank: none('dense_rank'),
  lag: twoOrThree('lag'),
  lead: twoOrThree('lead'),
  /** `true` as third argument leaves nulls out. */
  nthValue: twoAnd('nth_value', false),
  ntile: one('ntile'),
  percentRank: none('percent_rank'),
  rank: none('rank'),
  /** 1, 2, 3, … in the order of the window. */
  rowNumber: none('row_number'),
} as const;
