"""Streams: their reading, writing and handling; the twin of streams.ts."""

from pyspark.sql.connect.streaming.query import StreamingQuery


def rate(s):
    return s.readStream.format("rate").load()


def started(write):
    return lambda s: str(write(rate(s).writeStream))


def asked(ask):
    return lambda s: str(ask(StreamingQuery(s, "i", "r")))


READERS = {
    "stream-read": rate,
    "stream-read-options": lambda s: s.readStream.format("kafka").option("subscribe", "t").options(a="b").load(),
    "stream-read-schema": lambda s: s.readStream.schema("url STRING").format("json").load("/landing"),
    "stream-read-name": lambda s: s.readStream.format("rate").name("ticks_1").load(),
    "stream-read-json": lambda s: s.readStream.schema("url STRING").json("/landing", multiLine="true"),
    "stream-read-csv": lambda s: s.readStream.schema("url STRING").csv("/landing", sep=";"),
    "stream-read-parquet": lambda s: s.readStream.schema("url STRING").parquet("/landing"),
    "stream-read-orc": lambda s: s.readStream.schema("url STRING").orc("/landing"),
    "stream-read-text": lambda s: s.readStream.text("/landing"),
    "stream-read-xml": lambda s: s.readStream.schema("url STRING").xml("/landing", rowTag="event"),
    "stream-read-table": lambda s: s.readStream.option("a", "b").table("lake.events"),
    "stream-read-changes": lambda s: s.readStream.option("startingVersion", "1").changes("lake.events"),
    "stream-watermark": lambda s: rate(s).withWatermark("timestamp", "10 minutes").groupBy("timestamp").count(),
    "stream-distinct": lambda s: rate(s).withWatermark("timestamp", "1 hour").dropDuplicatesWithinWatermark(),
    "stream-distinct-by": lambda s: rate(s).dropDuplicatesWithinWatermark(["value"]),
}

WRITERS = {
    "stream-start": started(lambda w: w.format("console").start()),
    "stream-start-path": started(lambda w: w.format("parquet").start("/lake/x")),
    "stream-start-options": started(lambda w: w.option("checkpointLocation", "/c").options(a="b").start("/lake/x")),
    "stream-start-mode": started(lambda w: w.format("memory").outputMode("complete").queryName("counts").start()),
    "stream-start-partitions": started(lambda w: w.format("parquet").partitionBy("a", "b").start("/lake/x")),
    "stream-start-clusters": started(lambda w: w.clusterBy("a", "b").toTable("lake.x")),
    "stream-start-table": started(lambda w: w.toTable("lake.x")),
    "stream-trigger-time": started(lambda w: w.trigger(processingTime="10 seconds").start()),
    "stream-trigger-now": started(lambda w: w.trigger(availableNow=True).start()),
    "stream-trigger-once": started(lambda w: w.trigger(once=True).start()),
    "stream-trigger-continuous": started(lambda w: w.trigger(continuous="1 second").start()),
    "stream-trigger-real-time": started(lambda w: w.trigger(realTime="5 minutes").start()),
}

QUERIES = {
    "stream-active": asked(lambda q: q.isActive),
    "stream-status": asked(lambda q: q.status),
    "stream-last-progress": asked(lambda q: q.lastProgress),
    "stream-recent-progress": asked(lambda q: q.recentProgress),
    "stream-await": asked(lambda q: q.awaitTermination()),
    "stream-await-timeout": asked(lambda q: q.awaitTermination(2)),
    "stream-process-all": asked(lambda q: q.processAllAvailable()),
    "stream-stop": asked(lambda q: q.stop()),
    "stream-explain": asked(lambda q: q.explain()),
    "stream-explain-extended": asked(lambda q: q.explain(True)),
    "stream-exception": asked(lambda q: q.exception()),
    "streams-active": lambda s: str(s.streams.active),
    "streams-get": lambda s: str(s.streams.get("i")),
    "streams-await": lambda s: str(s.streams.awaitAnyTermination()),
    "streams-await-timeout": lambda s: str(s.streams.awaitAnyTermination(2)),
    "streams-reset": lambda s: str(s.streams.resetTerminated()),
}

PROGRAMS = {**READERS, **WRITERS, **QUERIES}
