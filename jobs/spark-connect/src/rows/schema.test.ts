import { expect, test } from '@jest/globals';
import { create } from '@bufbuild/protobuf';
import { DataTypeSchema } from '../gen/spark/connect/types_pb.js';
import { StructType } from './schema.ts';

const type = (kind: NonNullable<Parameters<typeof create<typeof DataTypeSchema>>[1]>['kind']) =>
  create(DataTypeSchema, { kind } as never);

test('a schema has its columns as data and as DDL', () => {
  const int = type({ case: 'integer', value: {} });
  const text = type({ case: 'string', value: {} });
  const fields = [
    { name: 'n', dataType: int, nullable: false },
    {
      name: 'tags',
      dataType: type({ case: 'array', value: { elementType: text, containsNull: true } }),
      nullable: true,
    },
    { name: 'm', dataType: type({ case: 'map', value: { keyType: text, valueType: int } }), nullable: true },
    { name: 'd', dataType: type({ case: 'decimal', value: { precision: 8, scale: 2 } }), nullable: true },
    {
      name: 's',
      dataType: type({ case: 'struct', value: { fields: [{ name: 'x', dataType: int, nullable: true }] } }),
      nullable: true,
    },
    { name: 'u', dataType: type({ case: 'dayTimeInterval', value: {} }), nullable: true },
  ];
  const schema = new StructType(type({ case: 'struct', value: { fields } }));
  const ddl =
    'n INT NOT NULL, tags ARRAY<STRING>, m MAP<STRING, INT>, d DECIMAL(8,2), s STRUCT<x: INT>, u INTERVAL DAY TO SECOND';
  expect([schema.toDDL(), String(schema)]).toEqual([ddl, ddl]);
  const [INT, STRING] = [
    { name: 'INT', ddl: 'INT' },
    { name: 'STRING', ddl: 'STRING' },
  ];
  expect(schema.fields).toEqual([
    { name: 'n', type: INT, isNullable: false },
    {
      name: 'tags',
      type: { name: 'ARRAY', ddl: 'ARRAY<STRING>', element: STRING, containsNull: true },
      isNullable: true,
    },
    {
      name: 'm',
      type: { name: 'MAP', ddl: 'MAP<STRING, INT>', key: STRING, value: INT, valueContainsNull: false },
      isNullable: true,
    },
    { name: 'd', type: { name: 'DECIMAL', ddl: 'DECIMAL(8,2)', precision: 8, scale: 2 }, isNullable: true },
    {
      name: 's',
      type: { name: 'STRUCT', ddl: 'STRUCT<x: INT>', fields: [{ name: 'x', type: INT, isNullable: true }] },
      isNullable: true,
    },
    { name: 'u', type: { name: 'INTERVAL', ddl: 'INTERVAL DAY TO SECOND' }, isNullable: true },
  ]);
});
