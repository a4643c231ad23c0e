import { describe, expect, test } from '@jest/globals';
import { toJson } from '@bufbuild/protobuf';
import { Column, columnExpression } from '../column.ts';
import { functions as F } from './index.ts';
import { ExpressionSchema } from '../../gen/spark/connect/expressions_pb.js';

const json = (column: Column) => toJson(ExpressionSchema, columnExpression(column));
const attribute = (name: string) => ({ unresolvedAttribute: { unparsedIdentifier: name } });
const integer = (value: number) => ({ literal: { integer: value } });
const string = (value: string) => ({ literal: { string: value } });

describe('functions', () => {
  test('take columns and literals; a string is a literal', () => {
    expect(json(F.lpad(F.col('a'), 8, '0'))).toEqual({
      unresolvedFunction: { functionName: 'lpad', arguments: [attribute('a'), integer(8), string('0')] },
    });
  });

  test('leave out an argument that is not given', () => {
    expect(json(F.toDate(F.col('a')))).toEqual({
      unresolvedFunction: { functionName: 'to_date', arguments: [attribute('a')] },
    });
  });

  test('send the usual value of an argument where PySpark does', () => {
    expect(json(F.split(F.col('a'), ','))).toEqual({
      unresolvedFunction: { functionName: 'split', arguments: [attribute('a'), string(','), integer(-1)] },
    });
  });

  test('col knows stars', () => {
    expect(json(F.col('*'))).toEqual({ unresolvedStar: {} });
    expect(json(F.col('a.*'))).toEqual({ unresolvedStar: { unparsedTarget: 'a.*' } });
  });

  test('lit passes columns on and makes arrays', () => {
    const column = F.col('a');
    expect(json(F.lit(column))).toEqual(attribute('a'));
    expect(json(F.lit([1, 2]))).toEqual({
      unresolvedFunction: { functionName: 'array', arguments: [integer(1), integer(2)] },
    });
  });

  test('struct takes an object or columns', () => {
    expect(json(F.struct({ a: 1 }))).toEqual({
      unresolvedFunction: { functionName: 'named_struct', arguments: [string('a'), integer(1)] },
    });
    expect(json(F.struct(F.col('a')))).toEqual({
      unresolvedFunction: { functionName: 'struct', arguments: [attribute('a')] },
    });
  });

  test('count counts all rows unless it is given a column', () => {
    expect(json(F.count())).toEqual({ unresolvedFunction: { functionName: 'count', arguments: [integer(1)] } });
  });

  test('a call of a qualified name is resolved as SQL does it', () => {
    expect(json(F.callFunction('main.tools.f', 1))).toEqual({
      callFunction: { functionName: 'main.tools.f', arguments: [integer(1)] },
    });
    expect(json(F.callFunction('div', 1, 2))).toEqual({
      unresolvedFunction: { functionName: 'div', arguments: [integer(1), integer(2)] },
    });
  });

  test('expr is SQL text', () => {
    expect(json(F.expr('a + 1'))).toEqual({ expressionString: { expression: 'a + 1' } });
  });
});

describe('lambdas', () => {
  const names = (column: Column): string[] =>
    [...JSON.stringify(json(column)).matchAll(/"nameParts":\["([^"]+)"\]/g)].map(([, name]) => name as string);

  test('beside each other have the same names, so that equal code gives equal plans', () => {
    const pair = F.array(
      F.transform(F.col('a'), (x) => x),
      F.transform(F.col('b'), (x) => x),
    );
    expect(new Set(names(pair))).toEqual(new Set(['x_0']));
  });

  test('within each other have different names, also through helpers', () => {
    const helper = (list: Column, outer: Column) => F.exists(list, (inner) => inner.eq(outer));
    expect(new Set(names(F.filter(F.col('a'), (x) => helper(F.col('b'), x))))).toEqual(new Set(['x_0', 'x_1']));
  });

  test('that throw leave nothing behind', () => {
    expect(() =>
      F.transform(F.col('a'), () => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    expect(names(F.transform(F.col('a'), (x) => x))).toContain('x_0');
  });
});

describe('columns', () => {
  test('isin without a value is refused', () => {
    expect(() => F.col('a').isin()).toThrow('at least one value');
  });

  test('otherwise closes a chain of conditions', () => {
    const chain = F.when(F.col('a'), 1).when(F.col('b'), 2);
    expect(json(chain.otherwise(3))).toEqual({
      unresolvedFunction: {
        functionName: 'when',
        arguments: [attribute('a'), integer(1), attribute('b'), integer(2), integer(3)],
      },
    });
    expect(json(chain)).toEqual({
      unresolvedFunction: { functionName: 'when', arguments: [attribute('a'), integer(1), attribute('b'), integer(2)] },
    });
  });
});
