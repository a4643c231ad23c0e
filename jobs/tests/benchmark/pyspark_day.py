"""A day the straightforward way: pyspark_day.py REMOTE INPUT OUTPUT ROUNDS. Prints the seconds of each round, as JSON."""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")  # about versions of pandas, which is not used
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

FIELDS = "name ingredients url image cookTime recipeYield datePublished prepTime description".split()
DURATION = r"^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$"


def seconds(field):
    def part(unit):
        return F.coalesce(F.expr(f"try_cast(regexp_extract({field}, '([0-9]+){unit}', 1) AS BIGINT)"), F.lit(0))

    return part("D") * 86400 + part("H") * 3600 + part("M") * 60 + part("S")


def plain(field):
    text = F.col(field)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\u00a0"), ("&amp;", "&")):
        text = F.regexp_replace(text, entity, character)
    return F.when(F.trim(text) != "", F.trim(text))


def day(spark, source, output):
    schema = ", ".join(f"{field} STRING" for field in FIELDS)
    # Without a blank line, as DuckDB leaves it out.
    events = spark.read.schema(schema).json(source).filter(F.coalesce(*FIELDS).isNotNull())
    durations = [F.col(field).rlike(DURATION) & ~F.col(field).isin("P", "PT") for field in ("cookTime", "prepTime")]
    good = (F.trim("url") != "") & (F.trim("ingredients") != "")
    for duration in durations:
        good &= F.coalesce(duration, F.lit(True))
    judged = events.withColumn("position", F.monotonically_increasing_id()).withColumn("good", good)
    judged.filter("NOT coalesce(good, false)").drop("good").write.mode("overwrite").json(f"{output}/quarantine")
    lines = F.filter(
        F.transform(F.split("ingredients", "\n"), lambda line: F.trim(line)), lambda line: line != ""
    )
    newest = Window.partitionBy("url").orderBy(F.desc("position"))
    table = (
        judged.filter("good")
        .withColumn("place", F.row_number().over(newest))
        .filter("place = 1")
        .select(
            F.trim("url").alias("url"),
            plain("name").alias("name"),
            lines.alias("ingredients"),
            seconds("cookTime").alias("cook_time_seconds"),
            seconds("prepTime").alias("prep_time_seconds"),
            (seconds("cookTime") + seconds("prepTime")).alias("total_time_seconds"),
            plain("recipeYield").alias("recipe_yield"),
            plain("image").alias("image"),
            plain("description").alias("description"),
            F.expr("try_cast(datePublished AS DATE)").alias("date_published"),
        )
    )
    table.repartition(1).sortWithinPartitions("url").write.mode("overwrite").option("compression", "zstd").parquet(
        f"{output}/table"
    )


def report(spark, output):
    minutes = F.col("total_time_seconds") / 60
    level = F.when(minutes < 30, "easy").when(minutes <= 60, "medium").otherwise("hard")
    recipes = spark.read.parquet(f"{output}/table")
    averages = (
        recipes.filter(F.exists("ingredients", lambda line: line.rlike(r"(?i)\bbeef\b")))
        .groupBy(level.alias("difficulty"))
        .agg((F.sum("total_time_seconds") / (60 * F.count(F.lit(1)))).alias("avg_total_cooking_time"))
    )
    averages.repartition(1).write.mode("overwrite").option("header", True).csv(f"{output}/report")


def main(remote, source, output, rounds):
    spark = SparkSession.builder.remote(remote).getOrCreate()
    took = []
    for _ in range(int(rounds)):
        started = time.perf_counter()
        day(spark, source, output)
        loaded = time.perf_counter()
        report(spark, output)
        took.append({"dataload": loaded - started, "prepare": time.perf_counter() - loaded})
    spark.stop()
    print(json.dumps(took))


main(*sys.argv[1:])
