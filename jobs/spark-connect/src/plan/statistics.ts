/** Constructors of relations that compute statistics of columns. */
import type { Expression } from '../gen/spark/connect/expressions_pb.js';
import { literal, type LiteralValue } from './literal.ts';
import { fractionNumber, longNumber } from './numbers.ts';
import { type Relation, relation } from './relation.ts';

export function crosstab(input: Relation, col1: string, col2: string): Relation {
  return relation({ case: 'crosstab', value: { input, col1, col2 } });
}

export function covariance(input: Relation, col1: string, col2: string): Relation {
  return relation({ case: 'cov', value: { input, col1, col2 } });
}

export function correlation(input: Relation, col1: string, col2: string): Relation {
  return relation({ case: 'corr', value: { input, col1, col2, method: 'pearson' } });
}

/** @param support 0..1, how often a value must come to be among the frequent ones */
export function frequentItems(input: Relation, cols: readonly string[], support: number): Relation {
  const value = { input, cols: [...cols], support: fractionNumber('The support of frequent items', support) };
  return relation({ case: 'freqItems', value });
}

export interface QuantileParts {
  readonly columns: readonly string[];
  /** Each 0..1. */
  readonly probabilities: readonly number[];
  /** 0 for exact quantiles. */
  readonly relativeError: number;
}

export function approxQuantile(input: Relation, { columns, probabilities, relativeError }: QuantileParts): Relation {
  const asked = probabilities.map((probability) => fractionNumber('A probability', probability));
  const error = fractionNumber('The relative error of a quantile', relativeError);
  return relation({
    case: 'approxQuantile',
    value: { input, cols: [...columns], probabilities: asked, relativeError: error },
  });
}

/** A value of the column, and how likely a row that has it is taken. */
export type Stratum = readonly [stratum: LiteralValue, fraction: number];

export function sampleBy(
  input: Relation,
  col: Expression,
  strata: readonly Stratum[],
  seed: number | bigint,
): Relation {
  const fractions = strata.map(([stratum, fraction]) => ({
    stratum: literal(stratum),
    fraction: fractionNumber('The fraction of a sample', fraction),
  }));
  const value = { input, col, fractions, seed: longNumber('The seed of a sample', seed) };
  return relation({ case: 'sampleBy', value });
}
