/** The texts of a line, converted once for the rules and the table alike. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';
import { conversions } from './columns.ts';
import { parsed } from './parse.ts';
import { checks } from '../rules/checks.ts';
import type { NamedRule, Schemas, TableColumn } from '../rules/schemas.ts';

/** A field and the name of a conversion: one column of {@link convert}. */
type Conversion = readonly [field: string, as: string];

/** What the checks of the rules look at. */
export function conversionsOfRules(rules: readonly NamedRule[]): Conversion[] {
  return rules.flatMap(({ field, check }) => checks[check]!.needs.map((as): Conversion => [field, as]));
}

/** What the columns of the table are made of. */
export function conversionsOfTable(schemas: Schemas): Conversion[] {
  return schemas.table.flatMap((column) => {
    const conversion = conversionOf(column, schemas);
    return conversion === undefined ? [] : [conversion];
  });
}

/** @returns undefined for a column that is not made of one field alone */
export function conversionOf({ from, as }: TableColumn, { input }: Schemas): Conversion | undefined {
  return typeof from === 'string' && from in input.properties ? [from, as] : undefined;
}

/** Adds a column a conversion, null where the text is missing; each is evaluated once, however often it is asked for. */
export function convert(lines: DataFrame, wanted: readonly Conversion[]): DataFrame {
  const columns = wanted.map(([field, as]): [string, Column] => {
    const text = parsed.text(field);
    return [columnName(field, as), conversions[as]!(text, text)];
  });
  return lines.withColumns(Object.fromEntries(columns));
}

/** The field's text converted: a column of {@link convert}. */
export const converted = (field: string, as: string): Column => F.col(columnName(field, as));

/** Never the name of a column of {@link parsed}: its text is asked for again by the checks. */
const columnName = (field: string, as: string): string => `${field}_as_${as}`;
