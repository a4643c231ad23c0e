"""Relations and commands; the twin of frames.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql import Observation


def events(spark):
    return spark.read.table("events")


def tags(spark):
    return spark.read.table("tags")


def col(name):
    return F.col(name)


def same_frame_twice(spark):
    frame = events(spark)
    return frame.union(frame)


def observed_twice(spark):
    frame = events(spark).observe(Observation("read"), F.count(F.lit(1)).alias("rows"))
    kept = frame.filter(col("url").isNotNull())
    return kept.observe(Observation("kept"), F.count(F.lit(1)).alias("rows"), F.max(col("at")).alias("last"))


FRAMES = {
    "frame-select-names": lambda s: events(s).select("url", "at"),
    "frame-select-columns": lambda s: events(s).select(col("url"), col("at").cast("date").alias("day")),
    "frame-select-star": lambda s: events(s).select("*"),
    "frame-select-star-of-alias": lambda s: events(s).alias("e").select("e.*"),
    "frame-select-nothing": lambda s: events(s).select(),
    "frame-with-column": lambda s: events(s).withColumn("one", F.lit(1)),
    "frame-with-columns": lambda s: events(s).withColumns({"one": F.lit(1), "text": F.lit("x"), "none": F.lit(None)}),
    "frame-renamed": lambda s: events(s).withColumnsRenamed({"url": "address", "at": "time"}),
    "frame-to-df": lambda s: events(s).toDF("a", "b"),
    "frame-filter": lambda s: events(s).filter(col("url") == "a"),
    "frame-where": lambda s: events(s).where(col("n") > 1),
    "frame-filter-sql": lambda s: events(s).filter(F.expr("n > 1 and url is not null")),
    "frame-filter-text": lambda s: events(s).filter("n > 1 and url is not null").where("n < 9"),
    "frame-drop-names": lambda s: events(s).drop("url", "at"),
    "frame-drop-columns": lambda s: events(s).drop(col("url"), col("at")),
    "frame-drop-both": lambda s: events(s).drop("url", col("at")),
    "frame-repartition": lambda s: events(s).repartition(3),
    "frame-repartition-by-name": lambda s: events(s).repartition(3, "url"),
    "frame-repartition-by-column": lambda s: events(s).repartition(3, col("url"), F.upper(col("kind"))),
    "frame-coalesce": lambda s: events(s).coalesce(1),
    "frame-sort-within": lambda s: events(s).sortWithinPartitions("url", col("at").desc()),
    "frame-order-by-names": lambda s: events(s).orderBy("url", "at"),
    "frame-order-by-all-orders": lambda s: events(s).orderBy(
        col("a").asc(), col("b").asc_nulls_last(), col("c").desc(), col("d").desc_nulls_first()
    ),
    "frame-order-by-expression": lambda s: events(s).orderBy(F.length(col("url")), col("n") + 1),
    "frame-limit": lambda s: events(s).limit(10),
    "frame-offset": lambda s: events(s).offset(2),
    "frame-tail": lambda s: events(s).tail(5),
    "frame-sample-replacing": lambda s: events(s).sample(withReplacement=True, fraction=1.5, seed=7),
    "frame-sample": lambda s: events(s).sample(fraction=0.25, seed=42),
    "frame-distinct": lambda s: events(s).distinct(),
    "frame-drop-duplicates": lambda s: events(s).dropDuplicates(),
    "frame-drop-duplicates-by": lambda s: events(s).dropDuplicates(["url", "at"]),
    "frame-as": lambda s: events(s).alias("e").select("e.url"),
    "frame-hint": lambda s: events(s).hint("broadcast"),
    "frame-hint-parameters": lambda s: events(s).hint("repartition", 3, col("url")),
    "frame-observe": lambda s: events(s).observe(Observation("read"), F.count(F.lit(1)).alias("rows")),
    "frame-observe-twice": observed_twice,
    "frame-long-chain": lambda s: events(s)
    .filter(col("url").isNotNull())
    .withColumn("n", F.size(col("tags")))
    .select("url", "n")
    .distinct()
    .orderBy(col("n").desc(), "url")
    .limit(100),
    "set-union": lambda s: events(s).union(tags(s)),
    "set-union-with-itself": same_frame_twice,
    "set-union-by-name": lambda s: events(s).unionByName(tags(s)),
    "set-union-by-name-missing": lambda s: events(s).unionByName(tags(s), allowMissingColumns=True),
    "set-intersect": lambda s: events(s).intersect(tags(s)),
    "set-except": lambda s: events(s).subtract(tags(s)),
    "join-using-one": lambda s: events(s).join(tags(s), "url"),
    "join-using-two": lambda s: events(s).join(tags(s), ["url", "day"], "left"),
    "join-on": lambda s: events(s).alias("a").join(tags(s).alias("b"), col("a.url") == col("b.url")),
    "join-left": lambda s: events(s).join(tags(s), "url", "left"),
    "join-right": lambda s: events(s).join(tags(s), "url", "right"),
    "join-full": lambda s: events(s).join(tags(s), "url", "full"),
    "join-left-semi": lambda s: events(s).join(tags(s), "url", "left_semi"),
    "join-left-anti": lambda s: events(s).join(tags(s), "url", "left_anti"),
    "join-cross": lambda s: events(s).crossJoin(tags(s)),
    "join-three": lambda s: events(s).join(tags(s), "url").join(events(s).select("url"), "url", "left_anti"),
}

SESSION = {
    "range-one": lambda s: s.range(5),
    "range-end": lambda s: s.range(0, 5),
    "range-step": lambda s: s.range(10, -10, -2),
    "range-partitions": lambda s: s.range(0, 100, 1, 4),
    "table": lambda s: s.table("lake.events"),
    "sql": lambda s: s.sql("SELECT 1"),
    "sql-named": lambda s: s.sql("SELECT :low, :name", {"low": 1, "name": "x"}),
    "sql-positions": lambda s: s.sql("SELECT ?, ?", [1, "x"]),
    "sql-column-argument": lambda s: s.sql("SELECT :when", {"when": F.array(F.lit(1), F.lit(2))}),
    "sql-in-a-frame": lambda s: s.sql("SELECT * FROM events").filter(col("n") > 1),
}


def executed(statement, parameters=None):
    def program(spark):
        spark.sql(statement, parameters)

    return program


COMMANDS = {
    "execute": executed("DROP TABLE IF EXISTS x"),
    "execute-named": executed("DELETE FROM x WHERE n = :n", {"n": 1}),
    "execute-positions": executed("DELETE FROM x WHERE n = ?", [1]),
    "action-count": lambda s: str(events(s).count()),
    "action-first": lambda s: str(events(s).first()),
    "action-collect": lambda s: str(events(s).select("url").collect()),
    "action-show": lambda s: events(s).show(5, 10),
    "action-show-whole": lambda s: events(s).show(5, False),
    "action-show-default": lambda s: events(s).show(),
    "action-view": lambda s: events(s).createOrReplaceTempView("recent"),
}

PROGRAMS = {**FRAMES, **SESSION, **COMMANDS}
