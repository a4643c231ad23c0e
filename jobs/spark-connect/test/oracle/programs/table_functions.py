"""Functions that make tables; the twin of table_functions.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.plan import UnresolvedTableValuedFunction

c = F.col("c")


def of_table(spark, table, *more):
    """PySpark gives tables only to functions of Python; the relation is that of all others."""
    arguments = [Column(table._subquery_expr), *more]
    return DataFrame(UnresolvedTableValuedFunction("f", arguments), spark)

PROGRAMS = {
    "tvf-explode": lambda s: s.tvf.explode(c),
    "tvf-explode-outer": lambda s: s.tvf.explode_outer(c),
    "tvf-posexplode": lambda s: s.tvf.posexplode(c),
    "tvf-posexplode-outer": lambda s: s.tvf.posexplode_outer(c),
    "tvf-inline": lambda s: s.tvf.inline(c),
    "tvf-inline-outer": lambda s: s.tvf.inline_outer(c),
    "tvf-json-tuple": lambda s: s.tvf.json_tuple(c, F.lit("a"), F.lit("b")),
    "tvf-stack": lambda s: s.tvf.stack(F.lit(2), F.lit(1), F.lit(2), c),
    "tvf-variant-explode": lambda s: s.tvf.variant_explode(c),
    "tvf-variant-explode-outer": lambda s: s.tvf.variant_explode_outer(c),
    "tvf-collations": lambda s: s.tvf.collations(),
    "tvf-sql-keywords": lambda s: s.tvf.sql_keywords(),
    "tvf-table": lambda s: of_table(s, s.table("events").asTable(), F.lit(7)),
    "tvf-table-partitions": lambda s: of_table(
        s, s.table("events").asTable().partitionBy("url", F.col("n") + 1).orderBy("at", c.desc())
    ),
    "tvf-table-single": lambda s: of_table(
        s, s.table("events").asTable().withSinglePartition().orderBy("at").orderBy("url")
    ),
    "tvf-lateral": lambda s: s.table("events").lateralJoin(s.tvf.explode(F.col("tags").outer())),
}
