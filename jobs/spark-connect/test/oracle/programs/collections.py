"""Functions of arrays, maps, structs, JSON and variants; the twin of collections.ts."""

from pyspark.sql.connect import functions as F

lit = F.lit
xs, ys, m, s, v, n = F.col("xs"), F.col("ys"), F.col("m"), F.col("s"), F.col("v"), F.col("n")


def shown(*columns):
    return lambda spark: spark.read.table("events").select(*columns)


COLLECTIONS = {
    "array-make": shown(F.array(xs, lit(1)), F.array()),
    "array-clean": shown(F.array_compact(xs), F.array_distinct(xs), F.flatten(xs)),
    "array-search": shown(F.array_contains(xs, 1), F.array_position(xs, "a"), F.array_remove(xs, n)),
    "array-sets": shown(F.array_except(xs, ys), F.array_intersect(xs, ys), F.array_union(xs, ys)),
    "array-join": shown(F.array_join(xs, ","), F.array_join(xs, ",", "?")),
    "array-extremes": shown(F.array_max(xs), F.array_min(xs), F.size(xs)),
    "array-repeat": shown(F.array_repeat(s, 3)),
    "array-pairs": shown(F.arrays_overlap(xs, ys), F.arrays_zip(xs, ys)),
    "array-element": shown(F.element_at(xs, 1), F.try_element_at(xs, lit(-1)), F.get(xs, 0), F.get(xs, n)),
    "array-explode": shown(F.explode(xs)),
    "array-explode-outer": shown(F.explode_outer(xs).alias("x")),
    "array-posexplode": shown(F.posexplode(xs)),
    "array-sequence": shown(F.sequence(n, lit(5)), F.sequence(lit(1), n, lit(2))),
    "array-slice": shown(F.slice(xs, 2, 3), F.slice(xs, n, lit(1))),
    "array-sort": shown(F.sort_array(xs, True), F.sort_array(xs, False)),
    "array-sort-default": shown(F.sort_array(xs)),
    "map-parts": shown(F.map_keys(m), F.map_values(m), F.map_entries(m)),
    "map-make": shown(F.map_from_arrays(xs, ys), F.map_from_entries(xs), F.map_concat(m, m)),
    "map-contains-key": shown(F.map_contains_key(m, "a"), F.element_at(m, "a")),
    "struct-columns": shown(F.struct(xs, s)),
    "struct-aliased": shown(F.struct(xs.alias("x"), (n + 1).alias("m"))),
    "struct-fields": shown(F.named_struct(lit("a"), s, lit("b"), lit(1)), F.named_struct(lit("x y"), lit(None))),
    "struct-nested": shown(F.named_struct(lit("a"), F.named_struct(lit("b"), n)).alias("s")),
    "json-from": shown(F.from_json(s, "a INT, b ARRAY<STRING>")),
    "json-from-options": shown(F.from_json(s, "a INT", {"mode": "FAILFAST", "dateFormat": "yyyy"})),
    "json-to": shown(F.to_json(m)),
    "json-get": shown(F.get_json_object(s, "$.a")),
    "json-schema": shown(F.schema_of_json(lit('{"a":1}'))),
    "variant-parse": shown(F.parse_json(s), F.try_parse_json(s), F.to_variant_object(xs)),
    "variant-get": shown(F.variant_get(v, "$.a[0]", "string"), F.try_variant_get(v, "$", "map<string,int>")),
    "variant-facts": shown(F.schema_of_variant(v), F.is_variant_null(v)),
}

LAMBDAS = {
    "lambda-transform": shown(F.transform(xs, lambda x: F.trim(x))),
    "lambda-transform-index": shown(F.transform(xs, lambda x, i: F.concat_ws("-", x, i))),
    "lambda-filter": shown(F.filter(xs, lambda x: x.isNotNull())),
    "lambda-filter-index": shown(F.filter(xs, lambda x, i: (x > 1) & (i < 3))),
    "lambda-exists": shown(F.exists(xs, lambda x: x == "a")),
    "lambda-forall": shown(F.forall(xs, lambda x: x > n)),
    "lambda-aggregate": shown(F.aggregate(xs, lit(0), lambda total, x: total + x)),
    "lambda-aggregate-finish": shown(
        F.aggregate(xs, lit(0).cast("bigint"), lambda total, x: total + F.length(x), lambda total: total * 2)
    ),
    "lambda-zip-with": shown(F.zip_with(xs, ys, lambda x, y: F.coalesce(x, y))),
    "lambda-transform-values": shown(F.transform_values(m, lambda k, w: F.upper(w))),
    "lambda-map-filter": shown(F.map_filter(m, lambda k, w: k != w)),
    "lambda-nested": shown(F.filter(xs, lambda x: F.exists(ys, lambda y: y == x))),
    "lambda-nested-thrice": shown(
        F.transform(xs, lambda x: F.transform(ys, lambda y: F.filter(xs, lambda z: (z != x) & (z != y))))
    ),
    "lambda-beside": shown(F.concat(F.transform(xs, lambda x: x + 1), F.transform(ys, lambda y: y + 2))),
    "lambda-outer-columns": shown(F.transform(xs, lambda x: F.named_struct(lit("x"), x, lit("n"), n))),
    "lambda-fields": shown(F.transform(xs, lambda x: x.getField("name").cast("string")).alias("names")),
    "lambda-in-fold": shown(
        F.aggregate(xs, lit(0), lambda total, x: total + F.size(F.filter(ys, lambda y: y == x)), lambda total: -total)
    ),
}

PROGRAMS = {**COLLECTIONS, **LAMBDAS}
