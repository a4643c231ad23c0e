/** Accepted lines to the typed columns of the table. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';
import { conversions } from './columns.ts';
import { converted } from './convert.ts';
import { parsed } from './parse.ts';
import type { Schemas, TableColumn } from '../rules/schemas.ts';

/** Adds the columns of the table; one that is made from other columns of the table comes after them. */
export function withTableColumns(accepted: DataFrame, schemas: Schemas): DataFrame {
  const isField = (name: string): boolean => name in schemas.input.properties;
  const isFirst = ({ from }: TableColumn): boolean => [from].flat().every((name) => isField(name) || name === 'event');
  const first = schemas.table.filter(isFirst);
  const later = schemas.table.filter((column) => !isFirst(column));
  const named = (column: TableColumn, value: Column): [string, Column] => [
    tableColumn(column.name),
    typed(column, value),
  ];
  const ofOrigins = ({ from, as }: TableColumn, origin: (name: string) => Column): Column => {
    const [one, two] = [from].flat().map(origin) as [Column, Column];
    return conversions[as]!(one, two);
  };
  const ofEvent = (column: TableColumn): Column =>
    typeof column.from === 'string' && isField(column.from)
      ? converted(column.from, column.as)
      : ofOrigins(column, (name) => (isField(name) ? parsed.text(name) : F.col(name)));
  return accepted.withColumns(Object.fromEntries(first.map((column) => named(column, ofEvent(column))))).withColumns(
    Object.fromEntries(
      later.map((column) =>
        named(
          column,
          ofOrigins(column, (name) => F.col(tableColumn(name))),
        ),
      ),
    ),
  );
}

/** Exactly the columns of the table, in their order. */
export function selectTable(frame: DataFrame, schemas: Schemas): DataFrame {
  return frame.select(...schemas.table.map((column) => F.col(tableColumn(column.name)).as(column.name)));
}

/** Until the end the table's columns carry a prefix, so that they never hide a field of the event. */
export const tableColumn = (name: string): string => `table_${name}`;

function typed({ type, nullable }: TableColumn, converted: Column): Column {
  const value = converted.cast(type);
  if (nullable !== false) return value;
  // The rules have seen to it that there is no null; Spark must know it too, to write the column as required.
  return F.coalesce(value, (type.startsWith('array') ? F.array() : F.lit('')).cast(type));
}
