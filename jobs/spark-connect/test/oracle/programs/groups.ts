/** Grouping and windows; the twin of groups.py. */
import { type Column, type DataFrame, functions as F, type SparkSession } from '../../../src/index.ts';
import { Window, type WindowSpec } from '../../../src/index.ts';
import type { Program, Programs } from '../program.ts';

const events = (spark: SparkSession): DataFrame => spark.read.table('events');
const windowed =
  (column: Column): Program =>
  (spark) =>
    events(spark).select(column.as('w'));
const running = (window: WindowSpec): Program => windowed(F.sum(F.col('n')).over(window));
const { col } = F;

const groups: Programs = {
  'group-by-name': (s) => events(s).groupBy('url').agg({ rows: F.count() }),
  'group-by-names': (s) =>
    events(s)
      .groupBy('url', 'day')
      .agg({ last: F.max(col('at')) }),
  'group-by-expression': (s) =>
    events(s)
      .groupBy(F.upper(col('url')))
      .agg({ first: F.min(col('at')) }),
  'group-by-aliased': (s) =>
    events(s)
      .groupBy(col('n').as('m'))
      .agg({ total: F.sum(col('n')) }),
  'group-by-many-aggregates': (s) =>
    events(s)
      .groupBy('url')
      .agg({ rows: F.count(), last: F.max(col('at')), kinds: F.countDistinct(col('n')) }),
  'group-by-columns': (s) =>
    events(s)
      .groupBy('url')
      .agg(F.max(col('at')), F.min(col('at'))),
  'group-count': (s) => events(s).groupBy('url').count(),
  'group-all': (s) => events(s).agg({ rows: F.count() }),
  'group-all-columns': (s) => events(s).agg(F.max(col('at')), F.min(col('at'))),
  'group-rollup': (s) => events(s).rollup('url', 'day').agg({ rows: F.count() }),
  'group-cube': (s) => events(s).cube('url', col('day')).agg({ rows: F.count() }),
  'group-then-filter': (s) => events(s).groupBy('url').agg({ rows: F.count() }).filter(col('rows').gt(1)),
};

const windows: Programs = {
  'window-rank': windowed(F.rowNumber().over(Window.partitionBy('url').orderBy(col('at').desc()))),
  'window-partition': running(Window.partitionBy('url', col('day'))),
  'window-order': running(Window.orderBy('url', col('at').ascNullsLast())),
  'window-partition-after-order': running(Window.orderBy('at').partitionBy('url')),
  'window-rows-to-current': running(Window.orderBy('at').rowsBetween(Window.unboundedPreceding, Window.currentRow)),
  'window-rows-around': running(Window.orderBy('at').rowsBetween(-2, 3)),
  'window-rows-all': running(Window.orderBy('at').rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)),
  'window-range-around': running(Window.orderBy('n').rangeBetween(-10, 10)),
  'window-range-to-end': running(Window.orderBy('n').rangeBetween(Window.currentRow, Window.unboundedFollowing)),
  'window-range-far': running(Window.orderBy('n').rangeBetween(-5_000_000_000, 5_000_000_000)),
  'window-in-expression': windowed(F.count().over(Window.partitionBy('url')).gt(1)),
};

export const groupPrograms: Programs = { ...groups, ...windows };
