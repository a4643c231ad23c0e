/** Aggregates and functions over windows; the twin of aggregates.py. */
import { type Column, functions as F, Window } from '../../../src/index.ts';
import { type Program, type Programs, shown } from '../program.ts';

const [a, b] = [F.col('a'), F.col('b')];
const grouped =
  (...columns: readonly Column[]): Program =>
  (spark) =>
    spark.read
      .table('events')
      .groupBy('k')
      .agg(...columns);
const ranked = (column: Column): Program => shown(column.over(Window.partitionBy('k').orderBy('a')));

const aggregates: Programs = {
  'aggregate-count': grouped(F.count(), F.count(a)),
  'aggregate-count-distinct': grouped(F.countDistinct(a), F.countDistinct(a, b)),
  'aggregate-count-if': grouped(F.countIf(a.gt(1))),
  'aggregate-approx-count': grouped(F.approxCountDistinct(a), F.approxCountDistinct(a, 0.05)),
  'aggregate-sum': grouped(F.sum(a), F.trySum(a)),
  'aggregate-sum-distinct': grouped(F.sumDistinct(a)),
  'aggregate-avg': grouped(F.avg(a), F.median(a), F.stddev(a), F.variance(a)),
  'aggregate-extremes': grouped(F.max(a), F.min(a), F.maxBy(a, b), F.minBy(a, b)),
  'aggregate-collect': grouped(F.collectList(a), F.collectSet(a)),
  'aggregate-boolean': grouped(F.boolAnd(a), F.boolOr(a)),
  'aggregate-any': grouped(F.anyValue(a)),
  'aggregate-first': grouped(F.first(a, true), F.first(a, false)),
  'aggregate-last': grouped(F.last(a, true)),
  'aggregate-first-default': grouped(F.first(a)),
  'aggregate-last-default': grouped(F.last(a)),
  'aggregate-corr': grouped(F.corr(a, b)),
  'aggregate-percentile': grouped(F.percentile(a, 0.5, 2)),
  'aggregate-percentile-default': grouped(F.percentile(a, 0.5)),
  'aggregate-percentile-approx': grouped(F.percentileApprox(a, 0.5, 100)),
  'aggregate-percentile-approx-default': grouped(F.percentileApprox(a, 0.5)),
  'aggregate-of-expression': grouped(F.sum(F.when(a.gt(b), 1).otherwise(0)).as('more')),
  'aggregate-of-struct': grouped(F.max(F.struct({ at: a, b })).getField('b')),
};

const ranks: Programs = {
  'rank-row-number': ranked(F.rowNumber()),
  'rank-rank': ranked(F.rank()),
  'rank-dense': ranked(F.denseRank()),
  'rank-percent': ranked(F.percentRank()),
  'rank-cume-dist': ranked(F.cumeDist()),
  'rank-ntile': ranked(F.ntile(4)),
  'rank-lag': ranked(F.lag(a, 2)),
  'rank-lag-value': ranked(F.lag(a, 1, 0)),
  'rank-lag-default': ranked(F.lag(a, 1)),
  'rank-lead': ranked(F.lead(a, 2, 'x')),
  'rank-lead-default': ranked(F.lead(a, 1)),
  'rank-nth-value': ranked(F.nthValue(a, 2)),
  'rank-nth-value-no-nulls': ranked(F.nthValue(a, 2, true)),
  'rank-first': ranked(F.first(a, true)),
};

export const aggregatePrograms: Programs = { ...aggregates, ...ranks };
