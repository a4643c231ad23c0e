"""Readers and writers; the twin of readers.ts."""

from pyspark.sql import types as T

TYPES = (
    T.StructType()
    .add("a", T.StringType(), False)
    .add("b", T.BooleanType())
    .add("c", T.ByteType())
    .add("d", T.ShortType())
    .add("e", T.IntegerType())
    .add("f", T.LongType())
    .add("g", T.FloatType())
    .add("h", T.DoubleType())
    .add("i", T.BinaryType())
    .add("j", T.DateType())
    .add("k", T.TimestampType())
    .add("l", T.TimestampNTZType())
    .add("m", T.TimeType())
    .add("n", T.DecimalType(9, 2))
    .add("o", T.ArrayType(T.StringType()))
    .add("p", T.MapType(T.StringType(), T.IntegerType()))
    .add("q", T.StructType().add("r", T.IntegerType(), False))
)


def events(spark):
    return spark.read.table("events")


def saved(writer, path="/lake/x"):
    return lambda spark: writer(events(spark).write).save(path)


READERS = {
    "read-load": lambda s: s.read.load("/landing"),
    "read-load-nothing": lambda s: s.read.format("rate").load(),
    "read-load-two": lambda s: s.read.format("json").load(["/a", "/b"]),
    "read-format": lambda s: s.read.format("avro").load("/landing"),
    "read-schema": lambda s: s.read.format("json").schema("url STRING, at TIMESTAMP").load("/landing"),
    "read-option-types": lambda s: s.read.format("csv").option("a", "x").option("b", True).option("c", 7).load("/a"),
    "read-options": lambda s: s.read.format("csv").options(header="true", sep=";").option("sep", ",").load("/landing"),
    "read-json": lambda s: s.read.json("/landing"),
    "read-json-two": lambda s: s.read.json(["/a", "/b"]),
    "read-json-options": lambda s: s.read.schema("url STRING").json(
        "/landing", mode="FAILFAST", multiLine=False, columnNameOfCorruptRecord="_bad"
    ),
    "read-json-fraction": lambda s: s.read.json("/landing", samplingRatio=0.5),
    "read-csv": lambda s: s.read.csv("/landing"),
    "read-csv-options": lambda s: s.read.schema("a STRING").csv("/landing", sep=";", header=True, nullValue=""),
    "read-parquet": lambda s: s.read.parquet("/landing"),
    "read-parquet-two": lambda s: s.read.parquet("/a", "/b"),
    "read-parquet-options": lambda s: s.read.option("mergeSchema", True).parquet("/landing", pathGlobFilter="*.parquet"),
    "read-orc": lambda s: s.read.orc("/landing"),
    "read-orc-options": lambda s: s.read.orc("/landing", recursiveFileLookup=True),
    "read-text": lambda s: s.read.text("/landing"),
    "read-text-options": lambda s: s.read.text("/landing", wholetext=True, pathGlobFilter="*.ndjson"),
    "read-text-format": lambda s: s.read.format("text").option("lineSep", "\n").load("/landing"),
    "read-xml": lambda s: s.read.option("rowTag", "event").xml("/landing"),
    "read-json-texts": lambda s: s.read.option("mode", "FAILFAST").json(events(s).select("raw"), multiLine=True),
    "read-csv-texts": lambda s: s.read.schema(TYPES).csv(events(s).select("raw"), sep=";"),
    "read-xml-texts": lambda s: s.read.option("rowTag", "event").xml(events(s).select("raw")),
    "read-jdbc": lambda s: s.read.jdbc("jdbc:postgresql://db/x", "events", properties={"user": "etl"}),
    "read-jdbc-predicates": lambda s: s.read.jdbc(
        "jdbc:postgresql://db/x", "events", predicates=["n < 9", "n >= 9"], properties={"user": "etl"}
    ),
    "read-changes": lambda s: s.read.option("startingVersion", 3).changes("lake.events"),
    "read-table": lambda s: s.read.table("lake.events"),
    "read-table-options": lambda s: s.read.option("versionAsOf", 3).table("lake.events"),
}

WRITERS = {
    "write-save": saved(lambda w: w),
    "write-save-nowhere": saved(lambda w: w.format("noop").mode("append"), None),
    "write-format": saved(lambda w: w.format("avro")),
    "write-mode-append": saved(lambda w: w.mode("append")),
    "write-mode-overwrite": saved(lambda w: w.mode("overwrite")),
    "write-mode-error": saved(lambda w: w.mode("error")),
    "write-mode-ignore": saved(lambda w: w.mode("ignore")),
    "write-option-types": saved(lambda w: w.option("a", "x").option("b", True).option("c", 7)),
    "write-options": saved(lambda w: w.options(compression="zstd", maxRecordsPerFile=0).option("compression", "gzip")),
    "write-partitions": saved(lambda w: w.format("parquet").partitionBy("year", "month")),
    "write-parquet": lambda s: events(s).write.parquet("/lake/x"),
    "write-json": lambda s: events(s).write.mode("overwrite").json("/lake/x"),
    "write-csv": lambda s: events(s).write.option("header", True).csv("/lake/x"),
    "write-text": lambda s: events(s).select("url").write.text("/lake/x"),
    "write-orc": lambda s: events(s).write.orc("/lake/x"),
    "write-xml": lambda s: events(s).write.option("rowTag", "event").xml("/lake/x"),
    "write-jdbc": lambda s: events(s).write.jdbc(
        "jdbc:postgresql://db/x", "events", mode="append", properties={"user": "etl"}
    ),
    "write-buckets": lambda s: events(s).write.bucketBy(8, "url", "day").sortBy("at").saveAsTable("lake.x"),
    "write-clusters": lambda s: events(s).write.clusterBy("url", "day").saveAsTable("lake.x"),
    "write-table": lambda s: events(s).write.saveAsTable("lake.x"),
    "write-table-partitions": lambda s: events(s)
    .write.format("parquet")
    .mode("overwrite")
    .partitionBy("day")
    .saveAsTable("lake.x"),
    "write-insert": lambda s: events(s).write.insertInto("lake.x"),
    "write-insert-mode": lambda s: events(s).write.mode("append").insertInto("lake.x"),
}

PROGRAMS = {**READERS, **WRITERS}
