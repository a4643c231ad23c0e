"""Aggregates and functions over windows; the twin of aggregates.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.window import Window

a, b = F.col("a"), F.col("b")


def grouped(*columns):
    return lambda spark: spark.read.table("events").groupBy("k").agg(*columns)


def ranked(column):
    return lambda spark: spark.read.table("events").select(column().over(Window.partitionBy("k").orderBy("a")))


AGGREGATES = {
    "aggregate-count": grouped(F.count(F.lit(1)), F.count(a)),
    "aggregate-count-distinct": grouped(F.countDistinct(a), F.countDistinct(a, b)),
    "aggregate-count-if": grouped(F.count_if(a > 1)),
    "aggregate-approx-count": grouped(F.approx_count_distinct(a), F.approx_count_distinct(a, 0.05)),
    "aggregate-sum": grouped(F.sum(a), F.try_sum(a)),
    "aggregate-sum-distinct": grouped(F.sumDistinct(a)),
    "aggregate-avg": grouped(F.avg(a), F.median(a), F.stddev(a), F.variance(a)),
    "aggregate-extremes": grouped(F.max(a), F.min(a), F.max_by(a, b), F.min_by(a, b)),
    "aggregate-collect": grouped(F.collect_list(a), F.collect_set(a)),
    "aggregate-boolean": grouped(F.bool_and(a), F.bool_or(a)),
    "aggregate-any": grouped(F.any_value(a)),
    "aggregate-first": grouped(F.first(a, True), F.first(a, False)),
    "aggregate-last": grouped(F.last(a, True)),
    "aggregate-first-default": grouped(F.first(a)),
    "aggregate-last-default": grouped(F.last(a)),
    "aggregate-corr": grouped(F.corr(a, b)),
    "aggregate-percentile": grouped(F.percentile(a, F.lit(0.5), 2)),
    "aggregate-percentile-default": grouped(F.percentile(a, 0.5)),
    "aggregate-percentile-approx": grouped(F.percentile_approx(a, 0.5, 100)),
    "aggregate-percentile-approx-default": grouped(F.percentile_approx(a, F.lit(0.5))),
    "aggregate-of-expression": grouped(F.sum(F.when(a > b, 1).otherwise(0)).alias("more")),
    "aggregate-of-struct": grouped(F.max(F.named_struct(F.lit("at"), a, F.lit("b"), b)).getField("b")),
}

RANKS = {
    "rank-row-number": ranked(F.row_number),
    "rank-rank": ranked(F.rank),
    "rank-dense": ranked(F.dense_rank),
    "rank-percent": ranked(F.percent_rank),
    "rank-cume-dist": ranked(F.cume_dist),
    "rank-ntile": ranked(lambda: F.ntile(4)),
    "rank-lag": ranked(lambda: F.lag(a, 2)),
    "rank-lag-value": ranked(lambda: F.lag(a, 1, 0)),
    "rank-lag-default": ranked(lambda: F.lag(a)),
    "rank-lead": ranked(lambda: F.lead(a, 2, "x")),
    "rank-lead-default": ranked(lambda: F.lead(a)),
    "rank-nth-value": ranked(lambda: F.nth_value(a, 2)),
    "rank-nth-value-no-nulls": ranked(lambda: F.nth_value(a, 2, True)),
    "rank-first": ranked(lambda: F.first(a, True)),
}

PROGRAMS = {**AGGREGATES, **RANKS}
