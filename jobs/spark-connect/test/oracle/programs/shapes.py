"""Tables that are filled, turned, split and described, and lists where PySpark takes lists; the twin of shapes.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.window import Window
from pyspark.sql.types import IntegerType, StructField, StructType


def events(spark):
    return spark.read.table("events")


def numbers(spark):
    """The table as PySpark knows it where it asks for the types of columns first."""
    frame = events(spark)
    frame._cached_schema = StructType([StructField(name, IntegerType()) for name in ("n", "m")])
    return frame


def files_of(frame):
    file = frame.metadataColumn("_metadata").getField("file_name")
    return frame.filter(file != "x").select("url", frame.metadataColumn("_metadata"))


def tags(spark):
    return spark.read.table("tags")


def subquery_twice(s):
    most = tags(s).select("n").scalar()
    return events(s).filter((col("n") < most) | (col("m") < most)).withColumn("most", most)


def col(name):
    return F.col(name)


LISTS = {
    "list-select": lambda s: events(s).select(["url", col("at")]),
    "list-order": lambda s: events(s).orderBy(["url", col("at").desc()]),
    "list-group": lambda s: events(s).groupBy(["url", "day"]).count(),
    "list-rollup": lambda s: events(s).rollup(["url", "day"]).count(),
    "list-duplicates": lambda s: events(s).dropDuplicates(["url", "at"]),
    "list-window": lambda s: events(s).select(
        F.row_number().over(Window.partitionBy(["url", "day"]).orderBy(["at"]))
    ),
}

SHAPES = {
    "shape-select-expr": lambda s: events(s).selectExpr("n + 1 AS m", "upper(url)"),
    "shape-renamed": lambda s: events(s).withColumnRenamed("url", "address"),
    "shape-transform": lambda s: events(s).transform(lambda frame: frame.limit(3)),
    "shape-unpivot": lambda s: events(s).unpivot(["url"], ["a", "b"], "name", "value"),
    "shape-unpivot-rest": lambda s: events(s).unpivot([col("url"), "day"], None, "name", "value"),
    "shape-transpose": lambda s: events(s).transpose(),
    "shape-transpose-by": lambda s: events(s).transpose("url"),
    "shape-describe": lambda s: events(s).describe("n", "url"),
    "shape-describe-all": lambda s: events(s).describe(),
    "shape-summary": lambda s: events(s).summary("count", "75%"),
    "shape-summary-default": lambda s: events(s).summary(),
    "shape-sort": lambda s: events(s).sort("url", col("at").desc()),
    "shape-repartition-by-range": lambda s: events(s).repartitionByRange(3, "url", col("at").desc()),
    "shape-random-split": lambda s: events(s).randomSplit([1.0, 3.0], 42)[1],
    "shape-random-split-first": lambda s: events(s).randomSplit([1.0, 3.0], 42)[0],
    "shape-intersect-all": lambda s: events(s).intersectAll(tags(s)),
    "shape-except-all": lambda s: events(s).exceptAll(tags(s)),
    "shape-with-metadata": lambda s: events(s).withMetadata("url", {"comment": "an address"}),
    "shape-metadata-column": lambda s: files_of(events(s)),
    "shape-col-regex": lambda s: events(s).select(events(s).colRegex("`n_.*`")),
    "shape-zip-with-index": lambda s: events(s).zipWithIndex(),
    "shape-zip-with-index-named": lambda s: events(s).zipWithIndex("row"),
    "shape-repartition-by-id": lambda s: events(s).repartitionById(4, "n"),
    "shape-grouping-sets": lambda s: events(s)
    .groupingSets([["url", "day"], ["url"], []], "url", "day")
    .agg(F.count(F.lit(1)).alias("rows")),
    "shape-nearest-by": lambda s: events(s).alias("a").nearestByJoin(
        tags(s).alias("b"), F.abs(col("a.n") - col("b.n")), 3, "exact", "distance"
    ),
    "shape-nearest-by-left": lambda s: events(s).nearestByJoin(
        tags(s), col("score"), 1, "approx", "similarity", joinType="leftouter"
    ),
    "shape-scalar": lambda s: events(s).filter(col("n") > tags(s).agg(F.max(col("n"))).scalar()),
    "shape-scalar-selected": lambda s: events(s).select(col("n"), tags(s).select("n").scalar().alias("m")).limit(3),
    "shape-exists": lambda s: events(s)
    .alias("e")
    .where(~tags(s).where(col("url") == col("e.url").outer()).exists()),
    "shape-in-frame": lambda s: events(s).where(col("url").isin(tags(s).select("url"))),
    "shape-in-frame-two": lambda s: events(s).where(F.struct(col("url"), col("day")).isin(tags(s).select("url", "day"))),
    "shape-subquery-twice": subquery_twice,
    "shape-pivot": lambda s: events(s).groupBy("url").pivot("kind", ["a", "b"]).agg(F.sum(col("n"))),
    "shape-pivot-all": lambda s: events(s).groupBy("url").pivot("kind").agg(F.sum(col("n"))),
}

NULLS = {
    "na-drop": lambda s: events(s).na.drop(),
    "na-drop-all": lambda s: events(s).na.drop("all", subset=["url"]),
    "na-drop-least": lambda s: events(s).na.drop(thresh=2, subset=["url", "at", "n"]),
    "na-fill-number": lambda s: events(s).na.fill(0),
    "na-fill-double": lambda s: events(s).na.fill(0.5, ["n"]),
    "na-fill-text": lambda s: events(s).na.fill("-", ["url", "kind"]),
    "na-fill-boolean": lambda s: events(s).na.fill(False),
    "na-fill-by-column": lambda s: events(s).na.fill({"n": 0, "url": "-"}),
    "na-replace": lambda s: events(s).na.replace({"a": "b"}, subset=["url"]),
    "na-replace-numbers": lambda s: events(s).na.replace({1: 2, 3: 4.5}),
    "na-replace-by-null": lambda s: events(s).na.replace({"-": None}),
}

GROUPS = {
    "group-sum": lambda s: numbers(s).groupBy("url").sum("n", "m"),
    "group-avg": lambda s: numbers(s).groupBy("url").avg("n"),
    "group-min": lambda s: numbers(s).groupBy("url").min("n"),
    "group-max": lambda s: numbers(s).groupBy("url").max("n"),
}

ACTIONS = {
    "action-take": lambda s: str(events(s).take(3)),
    "action-head": lambda s: str(events(s).head(3)),
    "action-is-empty": lambda s: str(events(s).isEmpty()),
    "action-view-new": lambda s: events(s).createTempView("recent"),
    "action-view-global": lambda s: events(s).createOrReplaceGlobalTempView("recent"),
    "action-view-global-new": lambda s: events(s).createGlobalTempView("recent"),
}

PROGRAMS = {**LISTS, **SHAPES, **NULLS, **GROUPS, **ACTIONS}
