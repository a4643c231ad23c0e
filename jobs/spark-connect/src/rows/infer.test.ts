import { describe, expect, test } from '@jest/globals';
import { ddlTypeText } from './ddl.ts';
import { inferredFields } from './infer.ts';

const typesOf = (...rows: readonly object[]): Record<string, string> =>
  Object.fromEntries(inferredFields(rows).map(({ name, type }) => [name, ddlTypeText(type)]));

describe('rows without a schema', () => {
  test('have the types of their values', () => {
    const row = { b: true, s: 'x', i: 1, l: 2n, big: 2 ** 40, d: 0.5, at: new Date(0), y: new Uint8Array([1]) };
    expect(typesOf(row)).toEqual({
      b: 'BOOLEAN',
      s: 'STRING',
      i: 'INT',
      l: 'BIGINT',
      big: 'BIGINT',
      d: 'DOUBLE',
      at: 'TIMESTAMP',
      y: 'BINARY',
    });
  });

  test('have a type that all values of a column fit, and columns that some row has', () => {
    expect(typesOf({ n: 1 }, { n: 2n, m: null }, { m: 1 }, { m: 1.5, n: null })).toEqual({ n: 'BIGINT', m: 'DOUBLE' });
  });

  test('nest', () => {
    const types = typesOf(
      { tags: [], by: new Map([['a', [1]]]), s: { x: null, y: 1 } },
      { tags: ['t', null], by: new Map(), s: { x: 'u', z: { w: 2n } } },
    );
    expect(types).toEqual({
      tags: 'ARRAY<STRING>',
      by: 'MAP<STRING, ARRAY<INT>>',
      s: 'STRUCT<x: STRING, y: INT, z: STRUCT<w: BIGINT>>',
    });
  });

  test.each<readonly [message: string, ...rows: object[]]>([
    ['Rows without a column need a schema'],
    ['Rows without a column need a schema', {}],
    ['Column a has no value that says its type', { a: null }],
    ['Column a[] has no value that says its type', { a: [] }],
    ['Column a.b has no value that says its type', { a: { b: null } }],
    ['Row 1, column a: its type is unlike that of the rows before it', { a: 1 }, { a: 'x' }],
    ['Row 0, column a[]: its type is unlike', { a: [1, 'x'] }],
    ['Row 1, column a.b: its type is unlike', { a: { b: 1 } }, { a: { b: true } }],
    ['Row 0, column a: a function has no type of Spark', { a: () => 1 }],
  ])('%s', (message, ...rows) => {
    expect(() => inferredFields(rows)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) as unknown }),
    );
  });
});
