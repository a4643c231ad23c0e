"""Writes to tables of a catalog; the twin of tables.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.functions import partitioning


def written(write):
    return lambda spark: write(spark.read.table("events").writeTo("lake.x"))


PROGRAMS = {
    "table-create": written(lambda w: w.create()),
    "table-replace": written(lambda w: w.replace()),
    "table-create-or-replace": written(lambda w: w.createOrReplace()),
    "table-append": written(lambda w: w.append()),
    "table-overwrite": written(lambda w: w.overwrite(F.col("day") == "2019-11-29")),
    "table-overwrite-partitions": written(lambda w: w.overwritePartitions()),
    "table-using": written(lambda w: w.using("iceberg").create()),
    "table-options": written(lambda w: w.option("a", True).options(b=7, c="x").append()),
    "table-properties": written(lambda w: w.tableProperty("a", "x").tableProperty("b", "y").create()),
    "table-clusters": written(lambda w: w.clusterBy("day", "url").create()),
    "table-partitions": written(lambda w: w.partitionedBy("day", F.col("url")).create()),
    "table-partition-transforms": written(
        lambda w: w.partitionedBy(partitioning.days(F.col("at")), partitioning.bucket(8, F.col("url"))).create()
    ),
}
