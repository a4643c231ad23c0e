import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { describe, expect, test } from '@jest/globals';
import { Expression_LiteralSchema } from '../gen/spark/connect/expressions_pb.js';
import { literal, literalValue, type LiteralValue } from './literal.ts';

const caseOf = (value: LiteralValue) => literal(value).literalType.case;

describe('a literal', () => {
  test.each([
    [1, 'integer'],
    [2_147_483_647, 'integer'],
    [2_147_483_648, 'long'],
    [-2_147_483_648, 'integer'],
    [-2_147_483_649, 'long'],
    [1.5, 'double'],
    [-0, 'double'],
    [Number.NaN, 'double'],
    [Infinity, 'double'],
    [1n, 'long'],
    ['a', 'string'],
    [true, 'boolean'],
    [null, 'null'],
    [new Date(0), 'timestamp'],
    [new Uint8Array(2), 'binary'],
  ])('of %p is of type %s', (value, type) => {
    expect(caseOf(value as LiteralValue)).toBe(type);
  });

  test('that is no value of a type is refused', () => {
    expect(() => literal(2 ** 60)).toThrow('give it as a bigint');
    expect(() => literal(2n ** 63n)).toThrow('does not fit a BIGINT');
    expect(() => literal(new Date(Number.NaN))).toThrow('invalid Date');
    expect(() => literal(undefined as unknown as null)).toThrow('undefined cannot be a literal');
    expect(() => literal({} as unknown as null)).toThrow('object cannot be a literal');
  });

  test.each([[1], [5n], ['x'], [true], [null], [1.5], [new Date(1_574_985_600_123)]])(
    '%p comes back as it was',
    (value) => {
      expect(literalValue(literal(value))).toEqual(value);
    },
  );
});

describe('an answered literal', () => {
  const valueOf = (init: MessageInitShape<typeof Expression_LiteralSchema>) =>
    literalValue(create(Expression_LiteralSchema, init));
  const int = (value: number) => ({ literalType: { case: 'integer' as const, value } });

  test.each([
    ['1.25', 2, '1.25'],
    ['1E+2', 0, '100'],
    ['1E+2', 2, '100.00'],
    ['-1.5', 3, '-1.500'],
    ['1.23E-5', 7, '0.0000123'],
    ['0E-18', 18, '0.000000000000000000'],
    ['7', 0, '7'],
  ])('decimal %s of scale %i is %s', (value, scale, expected) => {
    expect(valueOf({ literalType: { case: 'decimal', value: { value, scale } } })).toBe(expected);
  });

  test('of a date, a local timestamp, a time and an interval looks as in a result', () => {
    expect(valueOf({ literalType: { case: 'date', value: 18_229 } })).toBe('2019-11-29');
    expect(valueOf({ literalType: { case: 'timestampNtz', value: 1n } })).toBe('1970-01-01T00:00:00.000001');
    expect(valueOf({ literalType: { case: 'time', value: { nano: 1_000_000_000n } } })).toBe('00:00:01');
    expect(valueOf({ literalType: { case: 'dayTimeInterval', value: 5n } })).toBe(5n);
    const interval = { months: 1, days: 2, microseconds: 3n };
    expect(valueOf({ literalType: { case: 'calendarInterval', value: interval } })).toEqual({
      months: 1,
      days: 2,
      micros: 3n,
    });
  });

  test('of arrays, maps and structs holds values', () => {
    expect(valueOf({ literalType: { case: 'array', value: { elements: [int(1), int(2)] } } })).toEqual([1, 2]);
    expect(
      valueOf({
        literalType: { case: 'specializedArray', value: { valueType: { case: 'ints', value: { values: [3] } } } },
      }),
    ).toEqual([3]);
    const map = { keys: [int(1)], values: [{ literalType: { case: 'string' as const, value: 'a' } }] };
    expect(valueOf({ literalType: { case: 'map', value: map } })).toEqual(new Map([[1, 'a']]));
    const fields = [{ name: 'a', nullable: true }];
    const dataType = { kind: { case: 'struct' as const, value: { fields } } };
    expect(valueOf({ literalType: { case: 'struct', value: { elements: [int(1), int(2)] } }, dataType })).toEqual({
      a: 1,
      _1: 2,
    });
  });

  test('of a struct with two fields of one name is refused, since one would be lost', () => {
    const fields = ['a', 'a'].map((name) => ({ name, nullable: true }));
    const dataType = { kind: { case: 'struct' as const, value: { fields } } };
    expect(() => valueOf({ literalType: { case: 'struct', value: { elements: [int(1), int(2)] } }, dataType })).toThrow(
      'two fields named "a"',
    );
  });

  test('of no type is null', () => {
    expect(valueOf({})).toBeNull();
  });
});
