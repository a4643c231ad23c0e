/** One constructor for each kind of expression a plan can hold. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type Expression,
  Expression_Cast_EvalMode,
  type Expression_SortOrder,
  Expression_SortOrder_NullOrdering,
  Expression_SortOrder_SortDirection,
  Expression_SortOrderSchema,
  Expression_Window_WindowFrame_FrameType,
  type Expression_Window_WindowFrame_FrameBoundarySchema,
  ExpressionSchema,
} from '../gen/spark/connect/expressions_pb.js';
import { SparkError } from '../errors.ts';
import { literal, type LiteralValue } from './literal.ts';
import { jsonOf } from './json.ts';
import { wholeNumber } from './numbers.ts';

export type { Expression, Expression_SortOrder };

type Kind = NonNullable<MessageInitShape<typeof ExpressionSchema>['exprType']>;

const expression = (exprType: Kind): Expression => create(ExpressionSchema, { exprType });

export function literalExpression(value: LiteralValue): Expression {
  return expression({ case: 'literal', value: literal(value) });
}

/** A column by name; the server reads dots and backticks in it. `*` and `a.*` mean all columns. */
export function attribute(name: string): Expression {
  if (name === '*') return expression({ case: 'unresolvedStar', value: {} });
  if (name.endsWith('.*')) return expression({ case: 'unresolvedStar', value: { unparsedTarget: name } });
  return expression({ case: 'unresolvedAttribute', value: { unparsedIdentifier: name } });
}

/** A column of a relation that `*` does not give, such as `_metadata` of files. */
export function metadataAttribute(name: string, planId: bigint): Expression {
  const value = { unparsedIdentifier: name, planId, isMetadataColumn: true };
  return expression({ case: 'unresolvedAttribute', value });
}

/** A function of Spark by its SQL name. */
export function functionCall(functionName: string, args: Expression[], isDistinct = false): Expression {
  return expression({ case: 'unresolvedFunction', value: { functionName, arguments: args, isDistinct } });
}

/** A function by a name that may be qualified, resolved as SQL does it. */
export function namedCall(functionName: string, args: Expression[]): Expression {
  return expression({ case: 'callFunction', value: { functionName, arguments: args } });
}

/** SQL text of one expression. */
export function sqlExpression(text: string): Expression {
  return expression({ case: 'expressionString', value: { expression: text } });
}

/** @param metadata kept with the column; it must be JSON */
export function alias(expr: Expression, name: string, metadata?: object): Expression {
  const kept = metadata === undefined ? {} : { metadata: jsonOf(metadata) };
  return expression({ case: 'alias', value: { expr, name: [name], ...kept } });
}

/** All columns whose names match a Java regular expression in backticks. */
export function regex(colName: string): Expression {
  return expression({ case: 'unresolvedRegex', value: { colName } });
}

/** The number of the partition that a row goes to, in place of a key. */
export function partitionId(child: Expression): Expression {
  return expression({ case: 'directShufflePartitionId', value: { child } });
}

/** @param type a type in DDL, such as `array<string>`, read by the server */
export function cast(expr: Expression, type: string, isTry: boolean): Expression {
  const evalMode = isTry ? Expression_Cast_EvalMode.TRY : Expression_Cast_EvalMode.UNSPECIFIED;
  return expression({ case: 'cast', value: { expr, castToType: { case: 'typeStr', value: type }, evalMode } });
}

/** A field of a struct, an element of an array (from 0) or the value of a map's key. */
export function extract(child: Expression, key: Expression): Expression {
  return expression({ case: 'unresolvedExtractValue', value: { child, extraction: key } });
}

/** A struct with one field added or, where there is no value, without that field. */
export function updateField(structExpression: Expression, fieldName: string, value?: Expression): Expression {
  const change = value === undefined ? {} : { valueExpression: value };
  return expression({ case: 'updateFields', value: { structExpression, fieldName, ...change } });
}

export function lambdaVariable(name: string): Expression {
  return expression({ case: 'unresolvedNamedLambdaVariable', value: { nameParts: [name] } });
}

export function lambda(body: Expression, names: readonly string[]): Expression {
  const variables = names.map((name) => ({ nameParts: [name] }));
  return expression({ case: 'lambdaFunction', value: { function: body, arguments: variables } });
}

export interface Order {
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
}

export function sortOrder(child: Expression, order: Order): Expression {
  return expression({ case: 'sortOrder', value: sortOrderOf(child, order) });
}

/** An expression as an order: one that says none sorts ascending, nulls first. */
export function asSortOrder(expr: Expression): Expression_SortOrder {
  if (expr.exprType.case === 'sortOrder') return expr.exprType.value;
  return sortOrderOf(expr, { isDescending: false, nullsFirst: true });
}

/** As {@link asSortOrder}, where any expression may be. */
export function asSortExpression(expr: Expression): Expression {
  return expression({ case: 'sortOrder', value: asSortOrder(expr) });
}

function sortOrderOf(child: Expression, { isDescending, nullsFirst }: Order): Expression_SortOrder {
  const { ASCENDING, DESCENDING } = Expression_SortOrder_SortDirection;
  const { SORT_NULLS_FIRST, SORT_NULLS_LAST } = Expression_SortOrder_NullOrdering;
  return create(Expression_SortOrderSchema, {
    child,
    direction: isDescending ? DESCENDING : ASCENDING,
    nullOrdering: nullsFirst ? SORT_NULLS_FIRST : SORT_NULLS_LAST,
  });
}

export interface Frame {
  readonly unit: 'rows' | 'range';
  /** Offsets from the current row; -Infinity and Infinity are unbounded. */
  readonly start: number;
  readonly end: number;
}

export interface WindowParts {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly Expression_SortOrder[];
  readonly frame: Frame | undefined;
}

export function windowed(windowFunction: Expression, { partitionBy, orderBy, frame }: WindowParts): Expression {
  const { ROW, RANGE } = Expression_Window_WindowFrame_FrameType;
  const frameSpec = frame && {
    frameType: frame.unit === 'rows' ? ROW : RANGE,
    lower: boundary(frame, frame.start),
    upper: boundary(frame, frame.end),
  };
  return expression({
    case: 'window',
    value: {
      windowFunction,
      partitionSpec: [...partitionBy],
      orderSpec: [...orderBy],
      ...(frameSpec === undefined ? {} : { frameSpec }),
    },
  });
}

function boundary(
  { unit }: Frame,
  offset: number,
): MessageInitShape<typeof Expression_Window_WindowFrame_FrameBoundarySchema> {
  if (Number.isNaN(offset) || typeof offset !== 'number')
    throw new SparkError('usage', `A window cannot reach ${String(offset)} far.`);
  if (unit === 'rows' && Number.isFinite(offset)) wholeNumber('The rows of a window', Math.abs(offset));
  if (offset === 0) return { boundary: { case: 'currentRow', value: true } };
  if (Math.abs(offset) === Infinity) return { boundary: { case: 'unbounded', value: true } };
  const value = literalExpression(unit === 'rows' || !Number.isInteger(offset) ? offset : BigInt(offset));
  return { boundary: { case: 'value', value } };
}
