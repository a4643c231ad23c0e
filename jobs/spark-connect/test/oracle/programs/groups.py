"""Grouping and windows; the twin of groups.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.window import Window


def events(spark):
    return spark.read.table("events")


def windowed(column):
    return lambda spark: events(spark).select(column().alias("w"))


def running(window):
    return windowed(lambda: F.sum(F.col("n")).over(window()))


GROUPS = {
    "group-by-name": lambda s: events(s).groupBy("url").agg(F.count(F.lit(1)).alias("rows")),
    "group-by-names": lambda s: events(s).groupBy("url", "day").agg(F.max(F.col("at")).alias("last")),
    "group-by-expression": lambda s: events(s).groupBy(F.upper(F.col("url"))).agg(F.min(F.col("at")).alias("first")),
    "group-by-aliased": lambda s: events(s).groupBy(F.col("n").alias("m")).agg(F.sum(F.col("n")).alias("total")),
    "group-by-many-aggregates": lambda s: events(s)
    .groupBy("url")
    .agg(F.count(F.lit(1)).alias("rows"), F.max(F.col("at")).alias("last"), F.countDistinct(F.col("n")).alias("kinds")),
    "group-by-columns": lambda s: events(s).groupBy("url").agg(F.max(F.col("at")), F.min(F.col("at"))),
    "group-count": lambda s: events(s).groupBy("url").count(),
    "group-all": lambda s: events(s).agg(F.count(F.lit(1)).alias("rows")),
    "group-all-columns": lambda s: events(s).agg(F.max(F.col("at")), F.min(F.col("at"))),
    "group-rollup": lambda s: events(s).rollup("url", "day").agg(F.count(F.lit(1)).alias("rows")),
    "group-cube": lambda s: events(s).cube("url", F.col("day")).agg(F.count(F.lit(1)).alias("rows")),
    "group-then-filter": lambda s: events(s)
    .groupBy("url")
    .agg(F.count(F.lit(1)).alias("rows"))
    .filter(F.col("rows") > 1),
}

WINDOWS = {
    "window-rank": windowed(lambda: F.row_number().over(Window.partitionBy("url").orderBy(F.col("at").desc()))),
    "window-partition": running(lambda: Window.partitionBy("url", F.col("day"))),
    "window-order": running(lambda: Window.orderBy("url", F.col("at").asc_nulls_last())),
    "window-partition-after-order": running(lambda: Window.orderBy("at").partitionBy("url")),
    "window-rows-to-current": running(
        lambda: Window.orderBy("at").rowsBetween(Window.unboundedPreceding, Window.currentRow)
    ),
    "window-rows-around": running(lambda: Window.orderBy("at").rowsBetween(-2, 3)),
    "window-rows-all": running(
        lambda: Window.orderBy("at").rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    ),
    "window-range-around": running(lambda: Window.orderBy("n").rangeBetween(-10, 10)),
    "window-range-to-end": running(
        lambda: Window.orderBy("n").rangeBetween(Window.currentRow, Window.unboundedFollowing)
    ),
    "window-range-far": running(lambda: Window.orderBy("n").rangeBetween(-5000000000, 5000000000)),
    "window-in-expression": windowed(lambda: F.count(F.lit(1)).over(Window.partitionBy("url")) > 1),
}

PROGRAMS = {**GROUPS, **WINDOWS}
