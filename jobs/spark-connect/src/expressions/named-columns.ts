/** Columns by the names that they get: an object, so that no name is forgotten. */
import { type Column, type Operand, toExpression } from './column.ts';
import { alias, type Expression } from '../plan/expression.ts';
import type { Named } from '../plan/relation.ts';

/** Where a frame is asked for its columns, a string is a column's name. */
export type ColumnOrName = Column | string;

/** Columns, or aggregates, by name. */
export type NamedColumns = Readonly<Record<string, Operand>>;

export function named(columns: NamedColumns): Named[] {
  return Object.entries(columns).map(([name, column]) => ({ name, expression: toExpression(column) }));
}

export function aliased(columns: NamedColumns): Expression[] {
  return named(columns).map(({ name, expression }) => alias(expression, name));
}
