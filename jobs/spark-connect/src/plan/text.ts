/** What an expression or a relation is, in words for people: close to SQL, cut where it is long, and never a row or an option. */
import type { Expression, Expression_Literal, Expression_SortOrder } from '../gen/spark/connect/expressions_pb.js';
import {
  Expression_SortOrder_NullOrdering,
  Expression_SortOrder_SortDirection,
} from '../gen/spark/connect/expressions_pb.js';
import { literalValue } from './literal.ts';
import type { Relation } from './relation.ts';

const MAX_DEPTH = 12;
const MAX_STEPS = 8;
const MAX_ITEMS = 6;
const CUT = '…';
const INFIX = new Set([
  '==',
  '<=>',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
  '+',
  '-',
  '*',
  '/',
  '%',
  'like',
  'ilike',
  'rlike',
]);

/** Such as `(lower(name) == 'a')`. */
export function expressionText(expression: Expression | undefined, depth = 0): string {
  if (expression === undefined || depth > MAX_DEPTH) return CUT;
  const text = (inner: Expression | undefined): string => expressionText(inner, depth + 1);
  const list = (expressions: readonly Expression[]): string => items(expressions.map(text));
  const { exprType } = expression;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others have no better words than their name
  switch (exprType.case) {
    case 'literal':
      return literalText(exprType.value);
    case 'unresolvedAttribute':
      return exprType.value.unparsedIdentifier;
    case 'unresolvedStar':
      return exprType.value.unparsedTarget ?? '*';
    case 'unresolvedFunction': {
      const { functionName, arguments: args, isDistinct } = exprType.value;
      if (args.length === 2 && INFIX.has(functionName)) return `(${text(args[0])} ${functionName} ${text(args[1])})`;
      return `${functionName}(${isDistinct ? 'DISTINCT ' : ''}${list(args)})`;
    }
    case 'callFunction':
      return `${exprType.value.functionName}(${list(exprType.value.arguments)})`;
    case 'expressionString':
      return exprType.value.expression;
    case 'alias':
      return `${text(exprType.value.expr)} AS ${exprType.value.name.join('.')}`;
    case 'cast': {
      const { expr, castToType } = exprType.value;
      return `cast(${text(expr)} AS ${castToType.case === 'typeStr' ? castToType.value : CUT})`;
    }
    case 'unresolvedExtractValue':
      return `${text(exprType.value.child)}[${text(exprType.value.extraction)}]`;
    case 'updateFields':
      return `update(${text(exprType.value.structExpression)}, ${exprType.value.fieldName})`;
    case 'unresolvedNamedLambdaVariable':
      return exprType.value.nameParts.join('.');
    case 'lambdaFunction': {
      const names = exprType.value.arguments.flatMap(({ nameParts }) => nameParts);
      return `(${names.join(', ')}) -> ${text(exprType.value.function)}`;
    }
    case 'sortOrder':
      return orderText(exprType.value, depth);
    case 'window': {
      const { windowFunction, partitionSpec, orderSpec } = exprType.value;
      const order = orderSpec.map((one) => orderText(one, depth));
      const parts = [
        ...(partitionSpec.length === 0 ? [] : [`PARTITION BY ${list(partitionSpec)}`]),
        ...(order.length === 0 ? [] : [`ORDER BY ${items(order)}`]),
      ];
      return `${text(windowFunction)} OVER (${parts.join(' ')})`;
    }
    default:
      return exprType.case ?? CUT;
  }
}

function orderText({ child, direction, nullOrdering }: Expression_SortOrder, depth: number): string {
  const isDescending = direction === Expression_SortOrder_SortDirection.DESCENDING;
  const nullsFirst = nullOrdering === Expression_SortOrder_NullOrdering.SORT_NULLS_FIRST;
  return `${expressionText(child, depth + 1)} ${isDescending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

const MAX_TEXT = 60;

function literalText(literal: Expression_Literal): string {
  const value = literalValue(literal);
  if (typeof value === 'string') return `'${cut(value)}'`;
  if (value instanceof Date) return `timestamp'${value.toISOString()}'`;
  if (value instanceof Uint8Array) return `binary of ${value.length} bytes`;
  return value === null || typeof value !== 'object' ? String(value) : (literal.literalType.case ?? CUT);
}

function items(texts: readonly string[]): string {
  return [...texts.slice(0, MAX_ITEMS), ...(texts.length > MAX_ITEMS ? [CUT] : [])].join(', ');
}

/** Such as `table events -> filter (n > 1) -> limit 10`; of a frame with two inputs the first. */
export function relationText(root: Relation): string {
  const steps: string[] = [];
  for (let at: Relation | undefined = root; at !== undefined; at = inputOf(at)) steps.unshift(stepText(at));
  const few = steps.length <= MAX_STEPS ? steps : [...steps.slice(0, 2), CUT, ...steps.slice(2 - MAX_STEPS)];
  return few.join(' -> ');
}

function inputOf({ relType: { value } }: Relation): Relation | undefined {
  if (value === undefined) return undefined;
  if ('input' in value) return value.input;
  if ('left' in value) return value.left;
  return 'leftInput' in value ? value.leftInput : undefined;
}

function stepText({ relType }: Relation): string {
  const list = (expressions: readonly Expression[]): string => items(expressions.map((one) => expressionText(one)));
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others have no better words than their name
  switch (relType.case) {
    case 'read': {
      const { readType } = relType.value;
      if (readType.case === 'namedTable') return `table ${readType.value.unparsedIdentifier}`;
      return readType.case === 'dataSource'
        ? `read ${readType.value.format ?? 'files'} ${items(readType.value.paths)}`.trim()
        : 'read';
    }
    case 'sql':
      return `sql ${cut(relType.value.query)}`;
    case 'range':
      return `range ${relType.value.start ?? 0n}..${relType.value.end}`;
    case 'localRelation':
    case 'chunkedCachedLocalRelation':
      return 'rows of this process';
    case 'project':
      return `select ${list(relType.value.expressions)}`;
    case 'filter':
      return `filter ${expressionText(relType.value.condition)}`;
    case 'withColumns':
      return `withColumns ${items(relType.value.aliases.map(({ name }) => name.join('.')))}`;
    case 'drop':
      return `drop ${items([...relType.value.columnNames, ...relType.value.columns.map((one) => expressionText(one))])}`;
    case 'aggregate':
      return `group by ${list(relType.value.groupingExpressions)}: ${list(relType.value.aggregateExpressions)}`;
    case 'sort':
      return `sort ${items(relType.value.order.map((one) => orderText(one, 0)))}`;
    case 'limit':
      return `limit ${relType.value.limit}`;
    case 'subqueryAlias':
      return `as ${relType.value.alias}`;
    default:
      return relType.case ?? CUT;
  }
}

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}${CUT}` : text);
