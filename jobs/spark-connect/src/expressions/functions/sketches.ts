/** Sketches: small summaries of many values, kept as bytes. */
import { from, one, oneOrTwo, two, twoOrThree } from './call.ts';

export const sketches = {
  // Counts of values.
  /** The k most frequent values, an array of structs; k is 5 unless said, then how many are tracked. Not in PySpark. */
  approxTopK: from('approx_top_k', 1, 3),
  /** A sketch of the most frequent values; how many are tracked may follow. Not in PySpark. */
  approxTopKAccumulate: oneOrTwo('approx_top_k_accumulate'),
  /** One sketch of many. Not in PySpark. */
  approxTopKCombine: oneOrTwo('approx_top_k_combine'),
  /** The k most frequent values of a sketch. Not in PySpark. */
  approxTopKEstimate: oneOrTwo('approx_top_k_estimate'),
  /** `countMinSketch(column, error, confidence, seed)`: bytes. PySpark: `count_min_sketch`. */
  countMinSketch: from('count_min_sketch', 4, 4),

  // Bitmaps: which whole numbers are there.
  /** What all bitmaps have. PySpark: `bitmap_and_agg`. */
  bitmapAndAgg: one('bitmap_and_agg'),
  /** The number's bit in its bitmap. PySpark: `bitmap_bit_position`. */
  bitmapBitPosition: one('bitmap_bit_position'),
  /** The number of its bitmap. PySpark: `bitmap_bucket_number`. */
  bitmapBucketNumber: one('bitmap_bucket_number'),
  /** A bitmap of bit positions. PySpark: `bitmap_construct_agg`. */
  bitmapConstructAgg: one('bitmap_construct_agg'),
  /** How many bits are set. PySpark: `bitmap_count`. */
  bitmapCount: one('bitmap_count'),
  /** What some bitmap has. PySpark: `bitmap_or_agg`. */
  bitmapOrAgg: one('bitmap_or_agg'),

  // HyperLogLog: how many different values.
  /** A sketch of the values; the logarithm of its size may follow, 12 unless said. PySpark: `hll_sketch_agg`. */
  hllSketchAgg: oneOrTwo('hll_sketch_agg'),
  /** About how many different values, BIGINT. PySpark: `hll_sketch_estimate`. */
  hllSketchEstimate: one('hll_sketch_estimate'),
  /** One sketch of two; `true` as third argument takes different sizes. PySpark: `hll_union`. */
  hllUnion: twoOrThree('hll_union'),
  /** One sketch of many; `true` as second argument takes different sizes. PySpark: `hll_union_agg`. */
  hllUnionAgg: oneOrTwo('hll_union_agg'),

  // Theta: sets of values.
  /** What the first has and the second not. PySpark: `theta_difference`. */
  thetaDifference: two('theta_difference'),
  /** What both have. PySpark: `theta_intersection`. */
  thetaIntersection: two('theta_intersection'),
  /** What all have. PySpark: `theta_intersection_agg`. */
  thetaIntersectionAgg: one('theta_intersection_agg'),
  /** A sketch of the values; the logarithm of its size may follow, 12 unless said. PySpark: `theta_sketch_agg`. */
  thetaSketchAgg: oneOrTwo('theta_sketch_agg'),
  /** About how many different values, BIGINT. PySpark: `theta_sketch_estimate`. */
  thetaSketchEstimate: one('theta_sketch_estimate'),
  /** What one of both has; the logarithm of the size may follow. PySpark: `theta_union`. */
  thetaUnion: twoOrThree('theta_union'),
  /** What some sketch has; the logarithm of the size may follow. PySpark: `theta_union_agg`. */
  thetaUnionAgg: oneOrTwo('theta_union_agg'),

  // KLL: ranks and quantiles, by the type of the values.
  /** A sketch of BIGINT values; its size k may follow, 200 unless said. PySpark: `kll_sketch_agg_bigint`. */
  kllSketchAggBigint: oneOrTwo('kll_sketch_agg_bigint'),
  /** One sketch of many; its size k may follow. PySpark: `kll_merge_agg_bigint`. */
  kllMergeAggBigint: oneOrTwo('kll_merge_agg_bigint'),
  /** How many values it has seen. PySpark: `kll_sketch_get_n_bigint`. */
  kllSketchGetNBigint: one('kll_sketch_get_n_bigint'),
  /** The value at a rank, 0..1, or at an array of ranks. PySpark: `kll_sketch_get_quantile_bigint`. */
  kllSketchGetQuantileBigint: two('kll_sketch_get_quantile_bigint'),
  /** The rank of a value, 0..1, or of an array of values. PySpark: `kll_sketch_get_rank_bigint`. */
  kllSketchGetRankBigint: two('kll_sketch_get_rank_bigint'),
  /** One sketch of two. PySpark: `kll_sketch_merge_bigint`. */
  kllSketchMergeBigint: two('kll_sketch_merge_bigint'),
  /** What it is, for people. PySpark: `kll_sketch_to_string_bigint`. */
  kllSketchToStringBigint: one('kll_sketch_to_string_bigint'),
  /** A sketch of DOUBLE values; its size k may follow, 200 unless said. PySpark: `kll_sketch_agg_double`. */
  kllSketchAggDouble: oneOrTwo('kll_sketch_agg_double'),
  /** One sketch of many; its size k may follow. PySpark: `kll_merge_agg_double`. */
  kllMergeAggDouble: oneOrTwo('kll_merge_agg_double'),
  /** How many values it has seen. PySpark: `kll_sketch_get_n_double`. */
  kllSketchGetNDouble: one('kll_sketch_get_n_double'),
  /** The value at a rank, 0..1, or at an array of ranks. PySpark: `kll_sketch_get_quantile_double`. */
  kllSketchGetQuantileDouble: two('kll_sketch_get_quantile_double'),
  /** The rank of a value, 0..1, or of an array of values. PySpark: `kll_sketch_get_rank_double`. */
  kllSketchGetRankDouble: two('kll_sketch_get_rank_double'),
  /** One sketch of two. PySpark: `kll_sketch_merge_double`. */
  kllSketchMergeDouble: two('kll_sketch_merge_double'),
  /** What it is, for people. PySpark: `kll_sketch_to_string_double`. */
  kllSketchToStringDouble: one('kll_sketch_to_string_double'),
  /** A sketch of FLOAT values; its size k may follow, 200 unless said. PySpark: `kll_sketch_agg_float`. */
  kllSketchAggFloat: oneOrTwo('kll_sketch_agg_float'),
  /** One sketch of many; its size k may follow. PySpark: `kll_merge_agg_float`. */
  kllMergeAggFloat: oneOrTwo('kll_merge_agg_float'),
  /** How many values it has seen. PySpark: `kll_sketch_get_n_float`. */
  kllSketchGetNFloat: one('kll_sketch_get_n_float'),
  /** The value at a rank, 0..1, or at an array of ranks. PySpark: `kll_sketch_get_quantile_float`. */
  kllSketchGetQuantileFloat: two('kll_sketch_get_quantile_float'),
  /** The rank of a value, 0..1, or of an array of values. PySpark: `kll_sketch_get_rank_float`. */
  kllSketchGetRankFloat: two('kll_sketch_get_rank_float'),
  /** One sketch of two. PySpark: `kll_sketch_merge_float`. */
  kllSketchMergeFloat: two('kll_sketch_merge_float'),
  /** What it is, for people. PySpark: `kll_sketch_to_string_float`. */
  kllSketchToStringFloat: one('kll_sketch_to_string_float'),
} as const;
