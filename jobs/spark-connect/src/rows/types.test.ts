import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { describe, expect, test } from '@jest/globals';
import { DataTypeSchema } from '../gen/spark/connect/types_pb.js';
import { schemaText, typeText } from './types.ts';

type Init = MessageInitShape<typeof DataTypeSchema>;
const int: Init = { kind: { case: 'integer', value: {} } };
const string: Init = { kind: { case: 'string', value: {} } };

const types: readonly (readonly [Init, string])[] = [
  [int, 'INT'],
  [string, 'STRING'],
  [{ kind: { case: 'string', value: { collation: 'UTF8_LCASE' } } }, 'STRING COLLATE UTF8_LCASE'],
  [{ kind: { case: 'null', value: {} } }, 'VOID'],
  [{ kind: { case: 'byte', value: {} } }, 'TINYINT'],
  [{ kind: { case: 'decimal', value: { precision: 12, scale: 6 } } }, 'DECIMAL(12,6)'],
  [{ kind: { case: 'char', value: { length: 3 } } }, 'CHAR(3)'],
  [{ kind: { case: 'varChar', value: { length: 4 } } }, 'VARCHAR(4)'],
  [{ kind: { case: 'time', value: {} } }, 'TIME(6)'],
  [{ kind: { case: 'timestampNtz', value: {} } }, 'TIMESTAMP_NTZ'],
  [{ kind: { case: 'variant', value: {} } }, 'VARIANT'],
  [{ kind: { case: 'yearMonthInterval', value: { startField: 0, endField: 0 } } }, 'INTERVAL YEAR'],
  [{ kind: { case: 'dayTimeInterval', value: {} } }, 'INTERVAL DAY TO SECOND'],
  [{ kind: { case: 'array', value: { elementType: int } } }, 'ARRAY<INT>'],
  [{ kind: { case: 'map', value: { keyType: string, valueType: int } } }, 'MAP<STRING, INT>'],
  [{ kind: { case: 'udt', value: { sqlType: int } } }, 'INT'],
  [{ kind: { case: 'unparsed', value: { dataTypeString: 'my type' } } }, 'my type'],
  [{ kind: { case: 'geometry', value: {} } }, 'GEOMETRY'],
];

describe('types in DDL', () => {
  test.each(types)('%j is %s', (init, text) => {
    expect(typeText(create(DataTypeSchema, init))).toBe(text);
  });

  const struct: Init = {
    kind: {
      case: 'struct',
      value: {
        fields: [
          { name: 'a b`', dataType: int, nullable: false },
          { name: 'c', dataType: string, nullable: true },
        ],
      },
    },
  };

  test('the columns of a row type are named, quoted where they must be', () => {
    expect(schemaText(create(DataTypeSchema, struct))).toBe('`a b``` INT NOT NULL, c STRING');
  });

  test('a struct within a type is written as a type', () => {
    const nested: Init = { kind: { case: 'array', value: { elementType: struct } } };
    expect(typeText(create(DataTypeSchema, nested))).toBe('ARRAY<STRUCT<`a b```: INT NOT NULL, c: STRING>>');
  });
});
