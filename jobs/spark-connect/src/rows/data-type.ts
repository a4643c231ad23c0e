/** A schema as the type that a plan holds where its server reads no DDL. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { type DdlField, type DdlType, parseDdl, type ScalarName } from './ddl.ts';
import { type DataType, DataTypeSchema } from '../gen/spark/connect/types_pb.js';
import { type Schema, typeOf } from './schema.ts';

type Init = MessageInitShape<typeof DataTypeSchema>;

/** @throws SparkError `usage` for bad DDL, and for a type that cannot be read here: the schema of a frame may have any */
export function dataTypeOf(schema: Schema): DataType {
  return typeof schema === 'string' ? create(DataTypeSchema, structOf(parseDdl(schema))) : typeOf(schema);
}

const SCALARS: Readonly<Record<ScalarName, NonNullable<Init['kind']>>> = {
  BOOLEAN: { case: 'boolean', value: {} },
  TINYINT: { case: 'byte', value: {} },
  SMALLINT: { case: 'short', value: {} },
  INT: { case: 'integer', value: {} },
  BIGINT: { case: 'long', value: {} },
  FLOAT: { case: 'float', value: {} },
  DOUBLE: { case: 'double', value: {} },
  STRING: { case: 'string', value: { collation: 'UTF8_BINARY' } },
  BINARY: { case: 'binary', value: {} },
  DATE: { case: 'date', value: {} },
  TIMESTAMP: { case: 'timestamp', value: {} },
  TIMESTAMP_NTZ: { case: 'timestampNtz', value: {} },
  TIME: { case: 'time', value: { precision: 6 } },
};

function structOf(fields: readonly DdlField[]): Init {
  const typed = fields.map(({ name, type, isNullable }) => ({ name, dataType: initOf(type), nullable: isNullable }));
  return { kind: { case: 'struct', value: { fields: typed } } };
}

function initOf(type: DdlType): Init {
  if (type.kind === 'scalar') return { kind: SCALARS[type.name] };
  if (type.kind === 'decimal')
    return { kind: { case: 'decimal', value: { precision: type.precision, scale: type.scale } } };
  if (type.kind === 'struct') return structOf(type.fields);
  if (type.kind === 'array')
    return { kind: { case: 'array', value: { elementType: initOf(type.element), containsNull: true } } };
  const value = { keyType: initOf(type.key), valueType: initOf(type.value), valueContainsNull: true };
  return { kind: { case: 'map', value } };
}
