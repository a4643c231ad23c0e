/** One constructor for each kind of relation. Relations are immutable; each has an id of its own. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { SparkError } from '../errors.ts';
import type { Expression, Expression_SortOrder } from '../gen/spark/connect/expressions_pb.js';
import {
  Join_JoinType,
  type Relation,
  RelationSchema,
  SetOperation_SetOpType,
} from '../gen/spark/connect/relations_pb.js';

import { subqueriesOf } from './subquery.ts';
import { fractionNumber, longNumber, wholeNumber } from './numbers.ts';

export type { Relation };

type Kind = NonNullable<MessageInitShape<typeof RelationSchema>['relType']>;

let relations = 0n;

/**
 * A server remembers what it has analyzed by the whole message: a new read of a folder that equals an old one to the last
 * bit would be given the files of then. The id tells them apart, while the same frame used again stays the same.
 */
export function relation(relType: Kind): Relation {
  const made = create(RelationSchema, { common: { planId: relations++ }, relType });
  const references = subqueriesOf(made);
  return references.length === 0 ? made : relation({ case: 'withRelations', value: { root: made, references } });
}

/** A column with its name. */
export interface Named {
  readonly name: string;
  readonly expression: Expression;
}

const aliases = (columns: readonly Named[]) =>
  columns.map(({ name, expression }) => ({ expr: expression, name: [name] }));

export interface DataSource {
  readonly format: string | undefined;
  /** DDL; without one the server looks into the data. */
  readonly schema: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
  /** Of a JDBC source: one partition each. */
  readonly predicates?: readonly string[];
  readonly isStreaming?: boolean;
  /** Of a stream: what a checkpoint calls the source. */
  readonly sourceName?: string | undefined;
}

export function readSource(source: DataSource): Relation {
  const { format, schema, options, paths, predicates = [], isStreaming = false, sourceName } = source;
  const dataSource = {
    options: { ...options },
    paths: [...paths],
    predicates: [...predicates],
    ...(format === undefined ? {} : { format }),
    ...(schema === undefined ? {} : { schema }),
    ...(sourceName === undefined ? {} : { sourceName }),
  };
  return relation({ case: 'read', value: { isStreaming, readType: { case: 'dataSource', value: dataSource } } });
}

export function readTable(name: string, options: Readonly<Record<string, string>>, isStreaming = false): Relation {
  const namedTable = { unparsedIdentifier: name, options: { ...options } };
  return relation({ case: 'read', value: { isStreaming, readType: { case: 'namedTable', value: namedTable } } });
}

/** The changes of a table instead of its rows. */
export function readChanges(name: string, options: Readonly<Record<string, string>>, isStreaming: boolean): Relation {
  const value = { unparsedIdentifier: name, options: { ...options }, isStreaming };
  return relation({ case: 'relationChanges', value });
}

/** A function whose result is a table, such as `explode`. */
export function tableFunction(functionName: string, args: readonly Expression[]): Relation {
  return relation({ case: 'unresolvedTableValuedFunction', value: { functionName, arguments: [...args] } });
}

/** Values for the parameters of a query: by name for `:name`, in order for `?`. */
export type SqlArguments = Readonly<Record<string, Expression>> | readonly Expression[];

export function sql(query: string, args: SqlArguments): Relation {
  const given = isList(args) ? { posArguments: [...args] } : { namedArguments: { ...args } };
  return relation({ case: 'sql', value: { query, ...given } });
}

function isList(args: SqlArguments): args is readonly Expression[] {
  return Array.isArray(args);
}

export interface RangeParts {
  readonly start: number | bigint;
  /** Not included. */
  readonly end: number | bigint;
  readonly step: number | bigint;
  readonly partitions: number | undefined;
}

export function range({ start, end, step, partitions }: RangeParts): Relation {
  const value = {
    start: longNumber('The start of a range', start),
    end: longNumber('The end of a range', end),
    step: longNumber('The step of a range', step),
    ...(partitions === undefined ? {} : { numPartitions: wholeNumber('The partitions of a range', partitions, 1) }),
  };
  if (value.step === 0n) throw new SparkError('usage', 'The step of a range cannot be 0.');
  return relation({ case: 'range', value });
}

/** @param data rows as one Arrow IPC stream */
export function localRows(data: Uint8Array, schema?: string): Relation {
  return relation({ case: 'localRelation', value: { data, ...(schema === undefined ? {} : { schema }) } });
}

export function project(input: Relation, expressions: readonly Expression[]): Relation {
  return relation({ case: 'project', value: { input, expressions: [...expressions] } });
}

export function filter(input: Relation, condition: Expression): Relation {
  return relation({ case: 'filter', value: { input, condition } });
}

export function withColumns(input: Relation, columns: readonly Named[]): Relation {
  return relation({ case: 'withColumns', value: { input, aliases: aliases(columns) } });
}

export function renameColumns(input: Relation, names: Readonly<Record<string, string>>): Relation {
  const renames = Object.entries(names).map(([colName, newColName]) => ({ colName, newColName }));
  return relation({ case: 'withColumnsRenamed', value: { input, renames } });
}

export function toDF(input: Relation, columnNames: readonly string[]): Relation {
  return relation({ case: 'toDf', value: { input, columnNames: [...columnNames] } });
}

export function drop(input: Relation, columnNames: readonly string[], columns: readonly Expression[]): Relation {
  return relation({ case: 'drop', value: { input, columnNames: [...columnNames], columns: [...columns] } });
}

export function sort(input: Relation, order: readonly Expression_SortOrder[], isGlobal: boolean): Relation {
  return relation({ case: 'sort', value: { input, order: [...order], isGlobal } });
}

export function limit(input: Relation, rows: number): Relation {
  return relation({ case: 'limit', value: { input, limit: wholeNumber('The rows of limit', rows) } });
}

export function offset(input: Relation, rows: number): Relation {
  return relation({ case: 'offset', value: { input, offset: wholeNumber('The rows of offset', rows) } });
}

export function tail(input: Relation, rows: number): Relation {
  return relation({ case: 'tail', value: { input, limit: wholeNumber('The rows of tail', rows) } });
}

export interface SampleParts {
  /** 0..1; with replacement from 0 on. */
  readonly fraction: number;
  readonly seed: number | bigint;
  readonly withReplacement: boolean;
}

export function sample(input: Relation, { fraction, seed, withReplacement }: SampleParts): Relation {
  const most = withReplacement ? Infinity : 1;
  const upperBound = fractionNumber('The fraction of a sample', fraction, most);
  const value = { input, lowerBound: 0, upperBound, withReplacement, seed: longNumber('The seed of a sample', seed) };
  return relation({ case: 'sample', value });
}

/** Without names all columns count. @param withinWatermark forgets rows that are older than the watermark */
export function deduplicate(input: Relation, columnNames: readonly string[], withinWatermark = false): Relation {
  const keys = columnNames.length === 0 ? { allColumnsAsKeys: true } : { columnNames: [...columnNames] };
  return relation({ case: 'deduplicate', value: { input, ...keys, ...(withinWatermark ? { withinWatermark } : {}) } });
}

export function repartition(input: Relation, partitions: number, shuffle: boolean): Relation {
  const numPartitions = wholeNumber('The number of partitions', partitions, 1);
  return relation({ case: 'repartition', value: { input, numPartitions, shuffle } });
}

export function repartitionBy(
  input: Relation,
  columns: readonly Expression[],
  partitions: number | undefined,
): Relation {
  const count =
    partitions === undefined ? {} : { numPartitions: wholeNumber('The number of partitions', partitions, 1) };
  return relation({ case: 'repartitionByExpression', value: { input, partitionExprs: [...columns], ...count } });
}

export type JoinType = 'inner' | 'left' | 'right' | 'full' | 'leftSemi' | 'leftAnti' | 'cross';

const JOIN_TYPES: Readonly<Record<JoinType, Join_JoinType>> = {
  inner: Join_JoinType.INNER,
  left: Join_JoinType.LEFT_OUTER,
  right: Join_JoinType.RIGHT_OUTER,
  full: Join_JoinType.FULL_OUTER,
  leftSemi: Join_JoinType.LEFT_SEMI,
  leftAnti: Join_JoinType.LEFT_ANTI,
  cross: Join_JoinType.CROSS,
};

const LATERAL_TYPES = ['inner', 'left', 'cross'] as const;

export type LateralJoinType = (typeof LATERAL_TYPES)[number];

/** @param on a condition, or names of columns that both sides have and that come out once */
export function join(left: Relation, right: Relation, type: JoinType, on: Expression | readonly string[]): Relation {
  if (!Object.hasOwn(JOIN_TYPES, type))
    throw new SparkError('usage', `"${type}" is no type of join: ${Object.keys(JOIN_TYPES).join(', ')}.`);
  const condition = '$typeName' in on ? { joinCondition: on } : { usingColumns: [...on] };
  return relation({ case: 'join', value: { left, right, joinType: JOIN_TYPES[type], ...condition } });
}

/** @param condition undefined for every row that the right side makes of a row of the left */
export function lateralJoin(
  left: Relation,
  right: Relation,
  type: LateralJoinType,
  condition: Expression | undefined,
): Relation {
  if (!LATERAL_TYPES.includes(type))
    throw new SparkError('usage', `"${type}" is no type of lateral join: ${LATERAL_TYPES.join(', ')}.`);
  const on = condition === undefined ? {} : { joinCondition: condition };
  return relation({ case: 'lateralJoin', value: { left, right, joinType: JOIN_TYPES[type], ...on } });
}

export interface NearestParts {
  /** At most so many rows of the right side for each of the left. */
  readonly results: number;
  /** Whether every row is looked at, or an index may be used. */
  readonly mode: 'exact' | 'approx';
  /** Whether the least rank is the nearest, or the greatest. */
  readonly direction: 'distance' | 'similarity';
  /** `left` keeps rows without any near one. */
  readonly type: 'inner' | 'left';
}

export function nearestByJoin(left: Relation, right: Relation, rank: Expression, parts: NearestParts): Relation {
  const { mode, direction, type } = parts;
  const numResults = wholeNumber('The results of a nearest-by join', parts.results, 1);
  const joinType = type === 'left' ? 'leftouter' : type;
  return relation({
    case: 'nearestByJoin',
    value: { left, right, rankingExpression: rank, numResults, joinType, mode, direction },
  });
}

export interface SetParts {
  readonly operation: 'union' | 'intersect' | 'except';
  readonly isAll: boolean;
  readonly byName: boolean;
  /** By name only: a column that one side lacks is null there. */
  readonly allowMissingColumns: boolean;
}

export function setOperation(leftInput: Relation, rightInput: Relation, parts: SetParts): Relation {
  const { operation, ...flags } = parts;
  const setOpType = {
    union: SetOperation_SetOpType.UNION,
    intersect: SetOperation_SetOpType.INTERSECT,
    except: SetOperation_SetOpType.EXCEPT,
  }[operation];
  return relation({ case: 'setOp', value: { leftInput, rightInput, setOpType, ...flags } });
}

export function aliased(input: Relation, alias: string): Relation {
  return relation({ case: 'subqueryAlias', value: { input, alias } });
}

export function hint(input: Relation, name: string, parameters: readonly Expression[]): Relation {
  return relation({ case: 'hint', value: { input, name, parameters: [...parameters] } });
}

/** Aggregates computed beside whatever the plan does with the rows. */
export function collectMetrics(input: Relation, name: string, metrics: readonly Expression[]): Relation {
  return relation({ case: 'collectMetrics', value: { input, name, metrics: [...metrics] } });
}

export interface ShowParts {
  readonly rows: number;
  /** Characters of a cell; 0 cuts nothing. */
  readonly truncate: number;
  readonly isVertical: boolean;
}

export function showString(input: Relation, { rows, truncate, isVertical }: ShowParts): Relation {
  const numRows = wholeNumber('The rows to show', rows);
  const value = { input, numRows, truncate: wholeNumber('The characters of a cell', truncate), vertical: isVertical };
  return relation({ case: 'showString', value });
}
