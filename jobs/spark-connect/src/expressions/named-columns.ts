/** Columns by the names that they get: an object, so that no name is forgotten. */
import { Column, columnExpression, namedExpression, type Operand, toExpression } from './column.ts';
import { SparkError } from '../errors.ts';
import { alias, type Expression } from '../plan/expression.ts';
import type { Named } from '../plan/relation.ts';

/** Where a frame is asked for its columns, a string is a column's name. */
export type ColumnOrName = Column | string;

/** One after the other, or a list of them, as PySpark takes both. */
export type Columns = readonly (ColumnOrName | readonly ColumnOrName[])[];

/** @throws SparkError `usage` for what is neither a column nor a name */
export function expressionsOf(columns: Columns): Expression[] {
  return columns.flat().map((column) => namedExpression(column));
}

/** Columns, or literals, by name. */
export type NamedColumns = Readonly<Record<string, Operand>>;

/** Aggregates by the name that they get. */
export type NamedAggregates = Readonly<Record<string, Column>>;

export function named(columns: NamedColumns): Named[] {
  return Object.entries(columns).map(([name, column]) => ({ name, expression: toExpression(column) }));
}

/** @throws SparkError `usage` for what is no column: a literal is no aggregate */
export function aliased(aggregates: NamedAggregates): Expression[] {
  return Object.entries(aggregates).map(([name, aggregate]) => {
    if (aggregate instanceof Column) return alias(columnExpression(aggregate), name);
    const given = typeof aggregate === 'string' ? `the text ${JSON.stringify(aggregate)}` : `a ${typeof aggregate}`;
    throw new SparkError('usage', `The aggregate "${name}" is ${given}, not a column such as F.max(F.col('…')).`);
  });
}
