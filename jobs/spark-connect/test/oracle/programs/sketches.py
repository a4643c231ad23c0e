"""More aggregates, and sketches; the twin of sketches.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.expressions import UnresolvedFunction

a, b, c, d = (F.col("a"), F.col("b"), F.col("c"), F.col("d"))


def shown(*columns):
    return lambda spark: spark.read.table("events").select(*columns)


def plain(name, *words):
    """A function of SQL that PySpark has no name for."""
    return Column(UnresolvedFunction(name, [word._expr for word in words]))


PROGRAMS = {
    "aggregates-approx-percentile": shown(F.approx_percentile(a, 0.5), F.approx_percentile(a, 0.5, 100), F.array_agg(a), F.bit_and(a), F.bit_or(a), F.bit_xor(a), F.covar_pop(a, b)),
    "aggregates-covar-samp": shown(F.covar_samp(a, b), F.every(a), F.first_value(a), F.first_value(a, b), F.grouping(a), F.grouping_id(a, b, c), F.histogram_numeric(a, b)),
    "aggregates-kurtosis": shown(F.kurtosis(a), F.last_value(a), F.last_value(a, b), F.listagg(a), F.listagg(a, b), F.string_agg(a), F.string_agg(a, b), F.mean(a), plain("measure", a)),
    "aggregates-mode": shown(F.mode(a), F.mode(a, True), F.product(a), F.regr_avgx(a, b), F.regr_avgy(a, b), F.regr_count(a, b), F.regr_intercept(a, b)),
    "aggregates-regr-r2": shown(F.regr_r2(a, b), F.regr_slope(a, b), F.regr_sxx(a, b), F.regr_sxy(a, b), F.regr_syy(a, b), F.schema_of_variant_agg(a)),
    "aggregates-skewness": shown(F.skewness(a), F.some(a), F.std(a), F.stddev_pop(a), F.stddev_samp(a), F.try_avg(a)),
    "aggregates-var-pop": shown(F.var_pop(a), F.var_samp(a)),
    "aggregates-chosen": shown(F.any_value(a, True), F.max_by(a, b, 3), F.min_by(a, b, 3), F.listagg_distinct(a), F.listagg_distinct(a, ","), F.string_agg_distinct(a, ",")),
    "sketches-approx-top-k": shown(plain("approx_top_k", a), plain("approx_top_k", a, b, c), plain("approx_top_k_accumulate", a), plain("approx_top_k_accumulate", a, b), plain("approx_top_k_combine", a), plain("approx_top_k_combine", a, b), plain("approx_top_k_estimate", a), plain("approx_top_k_estimate", a, b), F.count_min_sketch(a, b, c, d), F.bitmap_and_agg(a)),
    "sketches-bitmap-bit-position": shown(F.bitmap_bit_position(a), F.bitmap_bucket_number(a), F.bitmap_construct_agg(a), F.bitmap_count(a), F.bitmap_or_agg(a), F.hll_sketch_agg(a), F.hll_sketch_agg(a, b)),
    "sketches-hll-sketch-estimate": shown(F.hll_sketch_estimate(a), F.hll_union(a, b), F.hll_union(a, b, c), F.hll_union_agg(a), F.hll_union_agg(a, b), F.theta_difference(a, b), F.theta_intersection(a, b), F.theta_intersection_agg(a)),
    "sketches-theta-sketch-agg": shown(F.theta_sketch_agg(a), F.theta_sketch_agg(a, b), F.theta_sketch_estimate(a), F.theta_union(a, b), F.theta_union(a, b, c), F.theta_union_agg(a), F.theta_union_agg(a, b), F.kll_sketch_agg_bigint(a), F.kll_sketch_agg_bigint(a, b), F.kll_merge_agg_bigint(a), F.kll_merge_agg_bigint(a, b)),
    "sketches-kll-sketch-get-n-bigint": shown(F.kll_sketch_get_n_bigint(a), F.kll_sketch_get_quantile_bigint(a, b), F.kll_sketch_get_rank_bigint(a, b), F.kll_sketch_merge_bigint(a, b), F.kll_sketch_to_string_bigint(a), F.kll_sketch_agg_double(a), F.kll_sketch_agg_double(a, b)),
    "sketches-kll-merge-agg-double": shown(F.kll_merge_agg_double(a), F.kll_merge_agg_double(a, b), F.kll_sketch_get_n_double(a), F.kll_sketch_get_quantile_double(a, b), F.kll_sketch_get_rank_double(a, b), F.kll_sketch_merge_double(a, b), F.kll_sketch_to_string_double(a)),
    "sketches-kll-sketch-agg-float": shown(F.kll_sketch_agg_float(a), F.kll_sketch_agg_float(a, b), F.kll_merge_agg_float(a), F.kll_merge_agg_float(a, b), F.kll_sketch_get_n_float(a), F.kll_sketch_get_quantile_float(a, b), F.kll_sketch_get_rank_float(a, b), F.kll_sketch_merge_float(a, b)),
    "sketches-kll-sketch-to-string-float": shown(F.kll_sketch_to_string_float(a)),
    "tuples-tuple-sketch-agg-double": shown(F.tuple_sketch_agg_double(a, b), F.tuple_sketch_agg_double(a, b, c, d), F.tuple_sketch_estimate_double(a), F.tuple_sketch_summary_double(a), F.tuple_sketch_summary_double(a, b), F.tuple_sketch_theta_double(a), F.tuple_difference_double(a, b), F.tuple_difference_theta_double(a, b)),
    "tuples-tuple-intersection-double": shown(F.tuple_intersection_double(a, b), F.tuple_intersection_double(a, b, c), F.tuple_intersection_theta_double(a, b), F.tuple_intersection_theta_double(a, b, c), F.tuple_intersection_agg_double(a), F.tuple_intersection_agg_double(a, b), F.tuple_union_double(a, b), F.tuple_union_double(a, b, c, d), F.tuple_union_theta_double(a, b), F.tuple_union_theta_double(a, b, c, d), F.tuple_union_agg_double(a), F.tuple_union_agg_double(a, b, c)),
    "tuples-tuple-sketch-agg-integer": shown(F.tuple_sketch_agg_integer(a, b), F.tuple_sketch_agg_integer(a, b, c, d), F.tuple_sketch_estimate_integer(a), F.tuple_sketch_summary_integer(a), F.tuple_sketch_summary_integer(a, b), F.tuple_sketch_theta_integer(a), F.tuple_difference_integer(a, b), F.tuple_difference_theta_integer(a, b)),
    "tuples-tuple-intersection-integer": shown(F.tuple_intersection_integer(a, b), F.tuple_intersection_integer(a, b, c), F.tuple_intersection_theta_integer(a, b), F.tuple_intersection_theta_integer(a, b, c), F.tuple_intersection_agg_integer(a), F.tuple_intersection_agg_integer(a, b), F.tuple_union_integer(a, b), F.tuple_union_integer(a, b, c, d), F.tuple_union_theta_integer(a, b), F.tuple_union_theta_integer(a, b, c, d), F.tuple_union_agg_integer(a), F.tuple_union_agg_integer(a, b, c)),
}
