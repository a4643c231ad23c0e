"""Operators of columns, and literals; the twin of columns.ts."""

import datetime

from pyspark.sql.connect import functions as F

a, b, s = F.col("a"), F.col("b"), F.col("s")


def shown(*columns):
    return lambda spark: spark.read.table("events").select(*columns)


OPERATORS = {
    "column-equal": shown(a == b, a == 1, s == "x"),
    "column-equal-null-safe": shown(a.eqNullSafe(b), a.eqNullSafe(None)),
    "column-not-equal": shown(a != b, s != "x"),
    "column-less": shown(a < b, a <= 1),
    "column-greater": shown(a > b, a >= 1.5),
    "column-and-or-not": shown(((a > 1) & (b < 2)) | ~(s == "x")),
    "column-and-literal": shown(a & True, a | False),
    "column-arithmetic": shown(a + b, a - 1, a * 2, a / b, a % 7),
    "column-arithmetic-nested": shown((a + 1) * (b - 2) / 3),
    "column-negate": shown(-a),
    "column-is-null": shown(a.isNull()),
    "column-is-not-null": shown(a.isNotNull()),
    "column-like": shown(s.like("a%")),
    "column-ilike": shown(s.ilike("A_")),
    "column-rlike": shown(s.rlike("^a+$")),
    "column-starts-with": shown(s.startswith("a"), s.startswith(b)),
    "column-ends-with": shown(s.endswith("a")),
    "column-contains": shown(s.contains("a")),
    "column-between": shown(a.between(1, 5), a.between(b, F.col("c"))),
    "column-isin": shown(a.isin(1, 2, 3), s.isin("x")),
    "column-isin-columns": shown(a.isin(b, F.lit(1))),
    "column-cast": shown(a.cast("string"), b.cast("array<struct<x:int,y:decimal(10,2)>>")),
    "column-try-cast": shown(s.try_cast("int")),
    "column-as": shown(a.alias("x"), (a + b).alias("a.b `c`")),
    "column-get-field": shown(a.getField("x"), a.getField("x").getField("y"), a.getField("x.y")),
    "column-get-item": shown(a.getItem(0), a.getItem("key"), a.getItem(b)),
    "column-with-field": shown(a.withField("x", F.lit(1)), a.withField("x.y", b)),
    "column-with-fields": shown(a.withField("x", F.lit(1)).withField("y", b)),
    "column-drop-fields": shown(a.dropFields("x"), a.dropFields("x", "y")),
    "column-sort-orders": shown(a.asc(), a.asc_nulls_last(), a.desc(), a.desc_nulls_first()),
    "column-names": shown(F.col("a.b"), F.col("`a.b`"), F.col("*"), F.col("t.*")),
    "column-expr": shown(F.expr("a + 1"), F.expr("sum(b) over ()").alias("total")),
    "column-when": shown(F.when(a > 1, "x")),
    "column-when-otherwise": shown(F.when(a > 1, "x").otherwise("y")),
    "column-when-many": shown(F.when(a > 1, b).when(a.isNull(), F.lit(0)).when(s == "x", a + 1).otherwise(None)),
    "column-when-nested": shown(F.when(a > 1, F.when(b > 1, 1).otherwise(2)).otherwise(3)),
    "column-bits": shown(a.bitwiseAND(b), a.bitwiseOR(3), a.bitwiseXOR(b)),
    "column-transform": shown(a.transform(lambda column: column + 1)),
    "column-outer": shown(a.outer()),
    "column-as-metadata": shown(a.alias("x", metadata={"comment": "the first", "levels": [1, 2]})),
    "column-call-function": shown(F.call_function("lake.my_function", a, F.lit(1))),
    "column-call-builtin": shown(F.call_function("div", a, F.lit(60))),
}

LITERALS = {
    "literal-null": shown(F.lit(None)),
    "literal-boolean": shown(F.lit(True), F.lit(False)),
    "literal-int": shown(F.lit(0), F.lit(2147483647), F.lit(-2147483648)),
    "literal-long": shown(F.lit(2147483648), F.lit(-2147483649), F.lit(9007199254740991)),
    "literal-long-limits": shown(F.lit(9223372036854775807), F.lit(-9223372036854775808)),
    "literal-double": shown(F.lit(1.5), F.lit(-0.25), F.lit(1.5e-300), F.lit(5e-324)),
    "literal-double-special": shown(F.lit(float("inf")), F.lit(float("-inf")), F.lit(float("nan")), F.lit(-0.0)),
    "literal-string": shown(F.lit(""), F.lit("x"), F.lit("a'b\"c\\n\u00e9\U0001f600")),
    "literal-binary": shown(F.lit(b""), F.lit(bytes([0, 1, 254, 255]))),
    "literal-timestamp": shown(
        F.lit(datetime.datetime(2019, 11, 29, 1, 2, 3, 456000, tzinfo=datetime.timezone.utc)),
        F.lit(datetime.datetime(1969, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)),
    ),
    "literal-array": shown(F.lit([1, 2, 3]), F.lit(["a", "b"])),
    "literal-in-operators": shown(a + 2147483648, a == True, s == None),  # noqa: E711, E712
    "literal-aliased": shown(F.lit(1).alias("one"), F.lit("x").cast("binary").alias("bytes")),
}

PROGRAMS = {**OPERATORS, **LITERALS}
