/** Theta sketches with a number for each key. */
import { defaults, one, oneOrTwo, two, twoOrThree } from './call.ts';

export const tuples = {
  // Theta sketches with a number for each key, added up unless `mode` says `min`, `max` or `alwaysone`.
  /** A sketch of keys with a DOUBLE; the logarithm of its size and a mode may follow. PySpark: `tuple_sketch_agg_double`. */
  tupleSketchAggDouble: defaults('tuple_sketch_agg_double', 2, [12, 'sum']),
  /** About how many different keys. PySpark: `tuple_sketch_estimate_double`. */
  tupleSketchEstimateDouble: one('tuple_sketch_estimate_double'),
  /** The numbers of all keys put together; a mode may follow. PySpark: `tuple_sketch_summary_double`. */
  tupleSketchSummaryDouble: oneOrTwo('tuple_sketch_summary_double'),
  /** The share of keys that the sketch kept, 0..1. PySpark: `tuple_sketch_theta_double`. */
  tupleSketchThetaDouble: one('tuple_sketch_theta_double'),
  /** Keys that the first has and the second not. PySpark: `tuple_difference_double`. */
  tupleDifferenceDouble: two('tuple_difference_double'),
  /** As {@link tupleDifferenceDouble}; the second is a theta sketch. PySpark: `tuple_difference_theta_double`. */
  tupleDifferenceThetaDouble: two('tuple_difference_theta_double'),
  /** Keys that both have; a mode may follow. PySpark: `tuple_intersection_double`. */
  tupleIntersectionDouble: twoOrThree('tuple_intersection_double'),
  /** As {@link tupleIntersectionDouble}; the second is a theta sketch. PySpark: `tuple_intersection_theta_double`. */
  tupleIntersectionThetaDouble: twoOrThree('tuple_intersection_theta_double'),
  /** Keys that all have; a mode may follow. PySpark: `tuple_intersection_agg_double`. */
  tupleIntersectionAggDouble: oneOrTwo('tuple_intersection_agg_double'),
  /** Keys that one of both has; the logarithm of the size and a mode may follow. PySpark: `tuple_union_double`. */
  tupleUnionDouble: defaults('tuple_union_double', 2, [12, 'sum']),
  /** As {@link tupleUnionDouble}; the second is a theta sketch. PySpark: `tuple_union_theta_double`. */
  tupleUnionThetaDouble: defaults('tuple_union_theta_double', 2, [12, 'sum']),
  /** Keys that some sketch has; the logarithm of the size and a mode may follow. PySpark: `tuple_union_agg_double`. */
  tupleUnionAggDouble: defaults('tuple_union_agg_double', 1, [12, 'sum']),
  /** A sketch of keys with an INT; the logarithm of its size and a mode may follow. PySpark: `tuple_sketch_agg_integer`. */
  tupleSketchAggInteger: defaults('tuple_sketch_agg_integer', 2, [12, 'sum']),
  /** About how many different keys. PySpark: `tuple_sketch_estimate_integer`. */
  tupleSketchEstimateInteger: one('tuple_sketch_estimate_integer'),
  /** The numbers of all keys put together; a mode may follow. PySpark: `tuple_sketch_summary_integer`. */
  tupleSketchSummaryInteger: oneOrTwo('tuple_sketch_summary_integer'),
  /** The share of keys that the sketch kept, 0..1. PySpark: `tuple_sketch_theta_integer`. */
  tupleSketchThetaInteger: one('tuple_sketch_theta_integer'),
  /** Keys that the first has and the second not. PySpark: `tuple_difference_integer`. */
  tupleDifferenceInteger: two('tuple_difference_integer'),
  /** As {@link tupleDifferenceInteger}; the second is a theta sketch. PySpark: `tuple_difference_theta_integer`. */
  tupleDifferenceThetaInteger: two('tuple_difference_theta_integer'),
  /** Keys that both have; a mode may follow. PySpark: `tuple_intersection_integer`. */
  tupleIntersectionInteger: twoOrThree('tuple_intersection_integer'),
  /** As {@link tupleIntersectionInteger}; the second is a theta sketch. PySpark: `tuple_intersection_theta_integer`. */
  tupleIntersectionThetaInteger: twoOrThree('tuple_intersection_theta_integer'),
  /** Keys that all have; a mode may follow. PySpark: `tuple_intersection_agg_integer`. */
  tupleIntersectionAggInteger: oneOrTwo('tuple_intersection_agg_integer'),
  /** Keys that one of both has; the logarithm of the size and a mode may follow. PySpark: `tuple_union_integer`. */
  tupleUnionInteger: defaults('tuple_union_integer', 2, [12, 'sum']),
  /** As {@link tupleUnionInteger}; the second is a theta sketch. PySpark: `tuple_union_theta_integer`. */
  tupleUnionThetaInteger: defaults('tuple_union_theta_integer', 2, [12, 'sum']),
  /** Keys that some sketch has; the logarithm of the size and a mode may follow. PySpark: `tuple_union_agg_integer`. */
  tupleUnionAggInteger: defaults('tuple_union_agg_integer', 1, [12, 'sum']),
} as const;
