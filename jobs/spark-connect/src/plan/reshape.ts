/** Constructors of relations that describe, fill and turn a table. */
import { create } from '@bufbuild/protobuf';
import type { Expression, Expression_Literal } from '../gen/spark/connect/expressions_pb.js';
import { type DataType, DataTypeSchema } from '../gen/spark/connect/types_pb.js';
import { attribute } from './expression.ts';
import { jsonOf } from './json.ts';
import { literal, type LiteralValue } from './literal.ts';
import { longNumber, wholeNumber } from './numbers.ts';
import { type Relation, relation } from './relation.ts';

export interface UnpivotParts {
  /** Kept beside each value. */
  readonly ids: readonly Expression[];
  /** Undefined for all other columns. */
  readonly values: readonly Expression[] | undefined;
  readonly variableName: string;
  readonly valueName: string;
}

export function unpivot(input: Relation, { ids, values, variableName, valueName }: UnpivotParts): Relation {
  const chosen = values === undefined ? {} : { values: { values: [...values] } };
  const names = { variableColumnName: variableName, valueColumnName: valueName };
  return relation({ case: 'unpivot', value: { input, ids: [...ids], ...chosen, ...names } });
}

/** The same column with metadata of its own. */
export function withMetadata(input: Relation, name: string, metadata: object): Relation {
  const kept = { expr: attribute(name), name: [name], metadata: jsonOf(metadata) };
  return relation({ case: 'withColumns', value: { input, aliases: [kept] } });
}

export function transpose(input: Relation, indexColumns: readonly Expression[]): Relation {
  return relation({ case: 'transpose', value: { input, indexColumns: [...indexColumns] } });
}

/** The rows whose random number of 0..1 is in the range: the same numbers for the same seed. */
export function part(input: Relation, lowerBound: number, upperBound: number, seed: number | bigint): Relation {
  const fixed = { withReplacement: false, deterministicOrder: true, seed: longNumber('The seed of a split', seed) };
  return relation({ case: 'sample', value: { input, lowerBound, upperBound, ...fixed } });
}

/** @param ddl columns, read by the server */
export function toSchema(input: Relation, ddl: string): Relation {
  return relation({ case: 'toSchema', value: { input, schema: unparsedType(ddl) } });
}

/** A type that the server reads. */
export function unparsedType(ddl: string): DataType {
  return create(DataTypeSchema, { kind: { case: 'unparsed', value: { dataTypeString: ddl } } });
}

export function describe(input: Relation, cols: readonly string[]): Relation {
  return relation({ case: 'describe', value: { input, cols: [...cols] } });
}

export function summary(input: Relation, statistics: readonly string[]): Relation {
  return relation({ case: 'summary', value: { input, statistics: [...statistics] } });
}

/** What may stand in place of nulls. */
export type FillValue = boolean | number | bigint | string;

/** @param cols of which nulls are filled; none for all columns of the value's type */
export function fillNulls(input: Relation, cols: readonly string[], values: readonly FillValue[]): Relation {
  return relation({ case: 'fillNa', value: { input, cols: [...cols], values: values.map(filling) } });
}

/** Whole numbers as BIGINT: Spark casts them to the column's type. */
function filling(value: FillValue): Expression_Literal {
  return literal(typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value);
}

/** @param minNonNulls how many values a row needs; undefined for all */
export function dropNulls(input: Relation, cols: readonly string[], minNonNulls: number | undefined): Relation {
  const least = minNonNulls === undefined ? {} : { minNonNulls: wholeNumber('The number of values', minNonNulls) };
  return relation({ case: 'dropNa', value: { input, cols: [...cols], ...least } });
}

/** What `replace` compares and puts in place: numbers as DOUBLE, which Spark casts to the column's type. */
export type ReplaceValue = null | boolean | number | string;

export type Replacement = readonly [old: ReplaceValue, next: ReplaceValue];

export function replaceValues(
  input: Relation,
  cols: readonly string[],
  replacements: readonly Replacement[],
): Relation {
  const pairs = replacements.map(([old, next]) => ({ oldValue: replacing(old), newValue: replacing(next) }));
  return relation({ case: 'replace', value: { input, cols: [...cols], replacements: pairs } });
}

function replacing(value: LiteralValue): Expression_Literal {
  const literalOf = literal(value);
  if (typeof value === 'number') literalOf.literalType = { case: 'double', value };
  return literalOf;
}
