/** Functions of vectors: arrays of FLOAT. */
import { one, oneOrTwo, two } from './call.ts';

export const vectors = {
  /** The mean of vectors, an aggregate. Not in PySpark. */
  vectorAvg: one('vector_avg'),
  /** -1..1. Not in PySpark. */
  vectorCosineSimilarity: two('vector_cosine_similarity'),
  /** FLOAT. Not in PySpark. */
  vectorInnerProduct: two('vector_inner_product'),
  /** Euclid's distance. Not in PySpark. */
  vectorL2Distance: two('vector_l2_distance'),
  /** Its length; the degree of the norm may follow, 2 unless said. Not in PySpark. */
  vectorNorm: oneOrTwo('vector_norm'),
  /** Of the same direction and of length 1. Not in PySpark. */
  vectorNormalize: oneOrTwo('vector_normalize'),
  /** The sum of vectors, an aggregate. Not in PySpark. */
  vectorSum: one('vector_sum'),
} as const;
