"""Statistics of columns, rows kept by the server, and merges; the twin of statistics.ts."""

from contextlib import suppress

from pyspark.sql.connect import functions as F
from pyspark.sql.types import LongType, StringType, StructType

CHANGES = F.col("t.id") == F.col("s.id")


def events(spark):
    return spark.read.table("events")


def answered(action):
    """Nobody answers a command here, so its answer is missed once it is sent."""

    def program(spark):
        with suppress(AssertionError):
            action(events(spark))

    return program


def merged(clauses):
    return lambda spark: clauses(events(spark).alias("s").mergeInto("lake.t", CHANGES)).merge()


PROGRAMS = {
    "stat-crosstab": lambda s: events(s).stat.crosstab("a", "b"),
    "stat-freq-items": lambda s: events(s).stat.freqItems(["a", "b"]),
    "stat-freq-items-support": lambda s: events(s).stat.freqItems(["a"], 0.5),
    "stat-sample-by": lambda s: events(s).stat.sampleBy("a", {1: 0.5, 2: 1.0}, 42),
    "stat-sample-by-column": lambda s: events(s).stat.sampleBy(F.upper("a"), {"X": 0.5}, 42),
    "stat-corr": lambda s: events(s).stat.corr("a", "b"),
    "stat-cov": lambda s: events(s).stat.cov("a", "b"),
    "stat-approx-quantile": lambda s: events(s).stat.approxQuantile(["a", "b"], [0.5, 0.9], 0.1),
    "frame-to": lambda s: events(s).to(StructType().add("n", LongType()).add("s", StringType())),
    "frame-to-json": lambda s: events(s).toJSON(),
    "join-lateral": lambda s: events(s).lateralJoin(s.read.table("other")),
    "join-lateral-left": lambda s: events(s).lateralJoin(s.read.table("other"), F.col("a") > 1, "left"),
    "checkpoint": answered(lambda frame: frame.checkpoint()),
    "checkpoint-lazy": answered(lambda frame: frame.checkpoint(eager=False)),
    "checkpoint-local": answered(lambda frame: frame.localCheckpoint()),
    "merge-all": merged(lambda m: m.whenMatched().updateAll().whenNotMatched().insertAll()),
    "merge-some": merged(
        lambda m: (
            m.whenMatched(F.col("s.n") > 1)
            .update({"n": F.col("s.n")})
            .whenMatched()
            .delete()
            .whenNotMatched(F.col("s.n") > 2)
            .insert({"id": F.col("s.id"), "n": F.lit(0)})
        )
    ),
    "merge-by-source": merged(
        lambda m: (
            m.whenNotMatchedBySource(F.col("t.n") < 0)
            .delete()
            .whenNotMatchedBySource()
            .update({"n": F.lit(0)})
            .withSchemaEvolution()
        )
    ),
}
