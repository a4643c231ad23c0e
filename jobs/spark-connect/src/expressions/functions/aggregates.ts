/** Aggregates and window functions. */
import { call, Column, toExpression } from '../column.ts';
import { functionCall, literalExpression } from '../../plan/expression.ts';
import { many, none, one, oneAnd, oneOrTwo, type Subject, subject, two, twoAnd, twoOrThree } from './call.ts';

const distinct = (name: string, columns: readonly Subject[]): Column =>
  new Column(
    functionCall(
      name,
      columns.map((column) => toExpression(subject(name, column))),
      true,
    ),
  );

const separated =
  (name: string) =>
  (column: Subject, separator?: string): Column =>
    distinct(name, separator === undefined ? [column] : [column, new Column(literalExpression(separator))]);

export const aggregates = {
  /** The value of some row; `true` as second argument leaves nulls out. PySpark: `any_value`. */
  anyValue: oneOrTwo('any_value'),
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
  /** The first column's value where the second is greatest; an array of the k greatest where a third says k. PySpark: `max_by`. */
  maxBy: twoOrThree('max_by'),
  /** Exact, DOUBLE. PySpark: `median`. */
  median: one('median'),
  /** The least value, nulls left out. PySpark: `min`. */
  min: one('min'),
  /** The first column's value where the second is least; an array of the k least where a third says k. PySpark: `min_by`. */
  minBy: twoOrThree('min_by'),
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
  /** As {@link percentileApprox}. PySpark: `approx_percentile`. */
  approxPercentile: twoAnd('approx_percentile', 10_000),
  /** As {@link collectList}. PySpark: `array_agg`. */
  arrayAgg: one('array_agg'),
  /** The bits that all values have. PySpark: `bit_and`. */
  bitAnd: one('bit_and'),
  /** The bits that some value has. PySpark: `bit_or`. */
  bitOr: one('bit_or'),
  /** The bits that an odd number of values have. PySpark: `bit_xor`. */
  bitXor: one('bit_xor'),
  /** Of all, DOUBLE. PySpark: `covar_pop`. */
  covarPop: two('covar_pop'),
  /** Of a sample, DOUBLE. PySpark: `covar_samp`. */
  covarSamp: two('covar_samp'),
  /** As {@link boolAnd}. PySpark: `every`. */
  every: one('every'),
  /** As {@link first}. PySpark: `first_value`. */
  firstValue: oneOrTwo('first_value'),
  /** 1 where `rollup` or `cube` left the column out of the group, else 0. PySpark: `grouping`. */
  grouping: one('grouping'),
  /** {@link grouping} of all keys, a bit each. PySpark: `grouping_id`. */
  groupingId: many('grouping_id'),
  /** An array of n structs `x`, `y`: where values lie, and how many. PySpark: `histogram_numeric`. */
  histogramNumeric: two('histogram_numeric'),
  /** How heavy the tails are; 0 for the normal distribution. PySpark: `kurtosis`. */
  kurtosis: one('kurtosis'),
  /** As {@link last}. PySpark: `last_value`. */
  lastValue: oneOrTwo('last_value'),
  /** Texts as one, with a separator where one is given; nulls left out. PySpark: `listagg`. */
  listagg: oneOrTwo('listagg'),
  /** As {@link listagg}. PySpark: `string_agg`. */
  stringAgg: oneOrTwo('string_agg'),
  /** As {@link avg}. PySpark: `mean`. */
  mean: one('avg'),
  /** The value of a measure of a metric view. Not in PySpark. */
  measure: one('measure'),
  /** The most frequent value; `true` as second argument chooses the least of equals. PySpark: `mode`. */
  mode: oneAnd('mode', false),
  /** All values multiplied, DOUBLE. PySpark: `product`. */
  product: one('product'),
  /** `regrAvgx(y, x)`: the mean of x, where both are there. PySpark: `regr_avgx`. */
  regrAvgx: two('regr_avgx'),
  /** The mean of y, where both are there. PySpark: `regr_avgy`. */
  regrAvgy: two('regr_avgy'),
  /** How many rows have both. PySpark: `regr_count`. */
  regrCount: two('regr_count'),
  /** Where the line through the points meets x = 0. PySpark: `regr_intercept`. */
  regrIntercept: two('regr_intercept'),
  /** How well the line fits, 0..1. PySpark: `regr_r2`. */
  regrR2: two('regr_r2'),
  /** The slope of the line through the points. PySpark: `regr_slope`. */
  regrSlope: two('regr_slope'),
  /** The sum of squares of x about its mean. PySpark: `regr_sxx`. */
  regrSxx: two('regr_sxx'),
  /** The sum of products of x and y about their means. PySpark: `regr_sxy`. */
  regrSxy: two('regr_sxy'),
  /** The sum of squares of y about its mean. PySpark: `regr_syy`. */
  regrSyy: two('regr_syy'),
  /** The type of all variants, as text. PySpark: `schema_of_variant_agg`. */
  schemaOfVariantAgg: one('schema_of_variant_agg'),
  /** How lopsided the values are; 0 where they are even. PySpark: `skewness`. */
  skewness: one('skewness'),
  /** As {@link boolOr}. PySpark: `some`. */
  some: one('some'),
  /** As {@link stddev}. PySpark: `std`. */
  std: one('std'),
  /** Of all, DOUBLE. PySpark: `stddev_pop`. */
  stddevPop: one('stddev_pop'),
  /** As {@link stddev}. PySpark: `stddev_samp`. */
  stddevSamp: one('stddev_samp'),
  /** Null instead of an error on overflow. PySpark: `try_avg`. */
  tryAvg: one('try_avg'),
  /** Of all, DOUBLE. PySpark: `var_pop`. */
  varPop: one('var_pop'),
  /** As {@link variance}. PySpark: `var_samp`. */
  varSamp: one('var_samp'),
  /** As {@link listagg}, each text once. PySpark: `listagg_distinct`. */
  listaggDistinct: separated('listagg'),
  /** As {@link listaggDistinct}. PySpark: `string_agg_distinct`. */
  stringAggDistinct: separated('string_agg'),

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
