/** Accepted lines to the typed columns of the table. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';
import { conversions } from './columns.ts';
import { parsed } from './parse.ts';
import type { Schemas, TableColumn } from '../rules/schemas.ts';

/** Adds the columns of the table; one that is made from other columns of the table comes after them. */
export function withTableColumns(accepted: DataFrame, schemas: Schemas): DataFrame {
  const isField = (name: string): boolean => name in schemas.input.properties;
  const fromFields = schemas.table.filter((column) =>
    [column.from].flat().every((name) => isField(name) || name === 'event'),
  );
  const fromColumns = schemas.table.filter((column) => !fromFields.includes(column));
  const convert = (column: TableColumn, origin: (name: string) => Column): [string, Column] => {
    return [tableColumn(column.name), converted(column, origin)];
  };
  const origin = (name: string): Column => (isField(name) ? parsed.text(name) : F.col(name));
  return accepted
    .withColumns(Object.fromEntries(fromFields.map((column) => convert(column, origin))))
    .withColumns(Object.fromEntries(fromColumns.map((column) => convert(column, (name) => F.col(tableColumn(name))))));
}

/** Exactly the columns of the table, in their order. */
export function selectTable(frame: DataFrame, schemas: Schemas): DataFrame {
  return frame.select(...schemas.table.map((column) => F.col(tableColumn(column.name)).as(column.name)));
}

/** Until the end the table's columns carry a prefix, so that they never hide a field of the event. */
export const tableColumn = (name: string): string => `table_${name}`;

function converted({ type, nullable, from, as }: TableColumn, origin: (name: string) => Column): Column {
  const [first, second] = [from].flat().map(origin) as [Column, Column];
  const value = conversions[as]!(first, second).cast(type);
  if (nullable !== false) return value;
  // The rules have seen to it that there is no null; Spark must know it too, to write the column as required.
  return F.coalesce(value, (type.startsWith('array') ? F.array() : F.lit('')).cast(type));
}
