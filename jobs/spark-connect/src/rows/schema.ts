/** The columns of a frame as data, and as DDL. */
import { INSPECT } from '../expressions/column.ts';
import type { DataType, DataType_StructField } from '../gen/spark/connect/types_pb.js';
import { NAMES, type ScalarTypeName, schemaText, typeText } from './types.ts';

/** A type of Spark; `ddl` is how it is written, such as `ARRAY<INT>`. */
export type SparkType = { readonly ddl: string } & (
  | { readonly name: 'ARRAY'; readonly element: SparkType; readonly containsNull: boolean }
  | { readonly name: 'MAP'; readonly key: SparkType; readonly value: SparkType; readonly valueContainsNull: boolean }
  | { readonly name: 'STRUCT'; readonly fields: readonly StructField[] }
  | { readonly name: 'DECIMAL'; readonly precision: number; readonly scale: number }
  | { readonly name: ScalarTypeName }
);

/** A column, or a field of a struct. PySpark: `StructField`. */
export interface StructField {
  readonly name: string;
  readonly type: SparkType;
  readonly isNullable: boolean;
}

/** Columns in DDL such as `url STRING NOT NULL, n INT`, or those of another frame. */
export type Schema = string | StructType;

let read: (schema: StructType) => DataType;

/** What a frame's `schema()` gives. PySpark: `StructType`. */
export class StructType {
  /** In their order. PySpark: `fields`. */
  readonly fields: readonly StructField[];
  readonly #ddl: string;
  readonly #type: DataType;

  static {
    read = (schema) => schema.#type;
  }

  /** Made by a frame, not by callers. */
  constructor(type: DataType) {
    this.#type = type;
    this.fields = fieldsOf(type);
    this.#ddl = schemaText(type);
  }

  /** Such as `url STRING NOT NULL, tags ARRAY<STRING>`, which a reader and `createDataFrame` take. PySpark: `toDDL`. */
  toDDL(): string {
    return this.#ddl;
  }

  /** As {@link toDDL}. PySpark: `repr`. */
  toString(): string {
    return this.#ddl;
  }

  /** For `console.log`. Not in PySpark. */
  [INSPECT](): string {
    return this.#ddl;
  }
}

export function ddlOf(schema: Schema): string {
  return String(schema);
}

export function typeOf(schema: StructType): DataType {
  return read(schema);
}

function fieldsOf({ kind }: DataType): StructField[] {
  return kind.case === 'struct' ? kind.value.fields.map(fieldOf) : [];
}

function fieldOf({ name, dataType, nullable }: DataType_StructField): StructField {
  return { name, type: sparkType(dataType), isNullable: nullable };
}

/** Types that are more than a name as DDL. */
const SCALARS: Readonly<Record<string, ScalarTypeName>> = {
  ...NAMES,
  string: 'STRING',
  char: 'STRING',
  varChar: 'STRING',
  time: 'TIME',
  yearMonthInterval: 'INTERVAL',
  dayTimeInterval: 'INTERVAL',
};

function sparkType(type: DataType | undefined): SparkType {
  if (type === undefined) return { name: 'VOID', ddl: 'VOID' };
  const { kind } = type;
  const ddl = typeText(type);
  if (kind.case === 'array')
    return { name: 'ARRAY', ddl, element: sparkType(kind.value.elementType), containsNull: kind.value.containsNull };
  if (kind.case === 'map') {
    const { keyType, valueType, valueContainsNull } = kind.value;
    return { name: 'MAP', ddl, key: sparkType(keyType), value: sparkType(valueType), valueContainsNull };
  }
  if (kind.case === 'struct') return { name: 'STRUCT', ddl, fields: fieldsOf(type) };
  if (kind.case === 'decimal')
    return { name: 'DECIMAL', ddl, precision: kind.value.precision ?? 10, scale: kind.value.scale ?? 0 };
  return { name: SCALARS[kind.case ?? ''] ?? 'OTHER', ddl };
}
