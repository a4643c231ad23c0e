/** Spark's types as DDL text. */
import type { ScalarName } from './ddl.ts';
import type { DataType, DataType_StructField } from '../gen/spark/connect/types_pb.js';

/** A type with nothing inside. */
export type ScalarTypeName = ScalarName | 'INTERVAL' | 'VARIANT' | 'VOID' | 'OTHER';

/** Types of which the name says all. */
export const NAMES: Readonly<Record<string, ScalarTypeName>> = {
  null: 'VOID',
  binary: 'BINARY',
  boolean: 'BOOLEAN',
  byte: 'TINYINT',
  short: 'SMALLINT',
  integer: 'INT',
  long: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestampNtz: 'TIMESTAMP_NTZ',
  calendarInterval: 'INTERVAL',
  variant: 'VARIANT',
};
const YEAR_MONTH = ['YEAR', 'MONTH'];
const DAY_TIME = ['DAY', 'HOUR', 'MINUTE', 'SECOND'];
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The columns of a row type: `url STRING NOT NULL, tags ARRAY<STRING>`; what is no row type comes as {@link typeText}. */
export function schemaText(type: DataType): string {
  return type.kind.case === 'struct'
    ? type.kind.value.fields.map((field) => fieldText(field, ' ')).join(', ')
    : typeText(type);
}

/** Name and type of each column of a row type. */
export function columnTypes({ kind }: DataType): [name: string, type: string][] {
  return kind.case === 'struct' ? kind.value.fields.map(({ name, dataType }) => [name, inner(dataType)]) : [];
}

/** One type, such as `MAP<STRING, ARRAY<INT>>`. */
export function typeText({ kind }: DataType): string {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- every other type is only a name
  switch (kind.case) {
    case 'string': {
      const { collation } = kind.value;
      return collation === '' || collation === 'UTF8_BINARY' ? 'STRING' : `STRING COLLATE ${collation}`;
    }
    case 'char':
      return `CHAR(${kind.value.length})`;
    case 'varChar':
      return `VARCHAR(${kind.value.length})`;
    case 'decimal':
      return `DECIMAL(${kind.value.precision ?? 10},${kind.value.scale ?? 0})`;
    case 'time':
      return `TIME(${kind.value.precision ?? 6})`;
    case 'yearMonthInterval':
      return intervalText(YEAR_MONTH, kind.value.startField ?? 0, kind.value.endField ?? 1);
    case 'dayTimeInterval':
      return intervalText(DAY_TIME, kind.value.startField ?? 0, kind.value.endField ?? 3);
    case 'array':
      return `ARRAY<${inner(kind.value.elementType)}>`;
    case 'map':
      return `MAP<${inner(kind.value.keyType)}, ${inner(kind.value.valueType)}>`;
    case 'struct':
      return `STRUCT<${kind.value.fields.map((field) => fieldText(field, ': ')).join(', ')}>`;
    case 'udt':
      return inner(kind.value.sqlType);
    case 'unparsed':
      return kind.value.dataTypeString;
    default:
      return NAMES[kind.case ?? ''] ?? (kind.case ?? 'unknown').toUpperCase();
  }
}

const inner = (type: DataType | undefined): string => (type === undefined ? 'VOID' : typeText(type));

function fieldText({ name, dataType, nullable }: DataType_StructField, separator: string): string {
  const quoted = PLAIN_NAME.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
  return `${quoted}${separator}${inner(dataType)}${nullable ? '' : ' NOT NULL'}`;
}

function intervalText(fields: readonly string[], start: number, end: number): string {
  return start === end ? `INTERVAL ${fields[start]}` : `INTERVAL ${fields[start]} TO ${fields[end]}`;
}
