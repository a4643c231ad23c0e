/** Accepted lines to the typed columns of the table. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';
import { conversions } from './columns.ts';
import { conversionOf, converted } from './convert.ts';
import { parsed } from './parse.ts';
import type { Schemas, TableColumn } from '../rules/schemas.ts';

/** Adds the columns of the table; one that is made from other columns of the table comes after them. */
export function withTableColumns(accepted: DataFrame, schemas: Schemas): DataFrame {
  const isField = (name: string): boolean => name in schemas.input.properties;
  const isOfEvent = ({ from }: TableColumn): boolean =>
    [from].flat().every((name) => isField(name) || name === 'event');
  const ofEvent = (column: TableColumn): Column => {
    const conversion = conversionOf(column, schemas);
    if (conversion !== undefined) return converted(...conversion);
    return valueOf(column, (name) => (isField(name) ? parsed.text(name) : F.col(name)));
  };
  const ofTable = (column: TableColumn): Column => valueOf(column, (name) => F.col(tableColumn(name)));
  const others = schemas.table.filter((column) => !isOfEvent(column));
  return accepted
    .withColumns(columnsOf(schemas.table.filter(isOfEvent), ofEvent))
    .withColumns(columnsOf(others, ofTable));
}

function columnsOf(columns: readonly TableColumn[], value: (column: TableColumn) => Column): Record<string, Column> {
  return Object.fromEntries(columns.map((column) => [tableColumn(column.name), typed(column, value(column))]));
}

function valueOf({ from, as }: TableColumn, origin: (name: string) => Column): Column {
  const [first, second] = [from].flat().map(origin) as [Column, Column];
  return conversions[as]!(first, second);
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
