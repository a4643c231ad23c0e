/** Rows and their schema to one Arrow IPC stream, as a LocalRelation carries it. */
import {
  binary,
  bool,
  columnFromArray,
  type DataType,
  dateDay,
  decimal,
  type Field,
  field,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  list,
  map,
  struct,
  tableFromColumns,
  tableToIPC,
  time,
  timestamp,
  TimeUnit,
  utf8,
} from '@uwdata/flechette';
import { type DdlField, type DdlType, parseDdl, type ScalarName } from './ddl.ts';
import { inferredFields } from './infer.ts';
import { assertNames, encodeField, ownValue } from './encode-value.ts';
import { SparkError } from '../errors.ts';

/** So that large rows can be sent in pieces. */
const BATCH_ROWS = 4_096;

/**
 * @param ddl without it the types are those of the values
 * @throws SparkError `usage` for bad DDL, and for a value that does not fit: by row, column and type
 */
export function localRowsIpc(rows: readonly object[], ddl?: string): Uint8Array {
  const fields = ddl === undefined ? inferredFields(rows) : parseDdl(ddl);
  for (const [index, row] of rows.entries()) assertNames(fields, row, index);
  const columns = fields.map((one) => {
    const values = rows.map((row, index) => encodeField(one, ownValue(row, one.name), index));
    return [one.name, columnFromArray(values, physical(one.type), { maxBatchRows: BATCH_ROWS })] as [
      string,
      ReturnType<typeof columnFromArray>,
    ];
  });
  const table = tableFromColumns(columns);
  // The values are numbers already, so they are written as such; the schema says what they mean.
  table.schema.fields = fields.map(logicalField);
  const bytes = tableToIPC(table, { format: 'stream' });
  if (bytes === null) throw new SparkError('protocol', 'The rows could not be encoded.');
  return bytes;
}

const LOGICAL: Readonly<Record<ScalarName, () => DataType>> = {
  BOOLEAN: bool,
  TINYINT: int8,
  SMALLINT: int16,
  INT: int32,
  BIGINT: int64,
  FLOAT: float32,
  DOUBLE: float64,
  STRING: utf8,
  BINARY: binary,
  DATE: dateDay,
  TIMESTAMP: () => timestamp(TimeUnit.MICROSECOND, 'UTC'),
  TIMESTAMP_NTZ: () => timestamp(TimeUnit.MICROSECOND, null),
  TIME: () => time(TimeUnit.NANOSECOND),
};
/** The same bytes, without the library's conversions, which go over inexact numbers. */
const PHYSICAL: Readonly<Record<ScalarName, () => DataType>> = {
  ...LOGICAL,
  DATE: int32,
  TIMESTAMP: int64,
  TIMESTAMP_NTZ: int64,
  TIME: int64,
};

function physical(type: DdlType): DataType {
  return arrowType(type, PHYSICAL, (one, index) => field(String(index), physical(one.type)));
}

function logicalField({ name, type, isNullable }: DdlField): Field {
  return field(name, arrowType(type, LOGICAL, logicalField), isNullable);
}

function arrowType(
  type: DdlType,
  scalars: Readonly<Record<ScalarName, () => DataType>>,
  child: (one: DdlField, index: number) => Field,
): DataType {
  if (type.kind === 'scalar') return scalars[type.name]();
  if (type.kind === 'decimal') return decimal(type.precision, type.scale, 128);
  if (type.kind === 'struct') return struct(type.fields.map(child));
  if (type.kind === 'map') {
    const key = child({ name: 'key', type: type.key, isNullable: false }, 0);
    const value = child({ name: 'value', type: type.value, isNullable: true }, 1);
    return map({ ...key, name: 'key' }, { ...value, name: 'value' });
  }
  return list({ ...child({ name: 'element', type: type.element, isNullable: true }, 0), name: 'element' });
}
