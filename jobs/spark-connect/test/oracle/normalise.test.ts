import { describe, expect, test } from '@jest/globals';
import { normalise } from './normalise.ts';

const variable = (name: string) => ({ unresolvedNamedLambdaVariable: { nameParts: [name] } });
const lambda = (names: string[], body: unknown) => ({
  lambdaFunction: { function: body, arguments: names.map((name) => ({ nameParts: [name] })) },
});
const list = (...arguments_: unknown[]) => ({ unresolvedFunction: { functionName: 'f', arguments: arguments_ } });

describe('a normalised plan', () => {
  test('has relations numbered from 0, inputs first, and one that is used twice keeps one number', () => {
    const shared = { common: { planId: '9' }, read: {} };
    const plan = { root: { common: { planId: '12' }, setOp: { rightInput: shared, leftInput: shared } } };
    expect(normalise(plan)).toEqual({
      root: {
        common: { planId: '1' },
        setOp: {
          leftInput: { common: { planId: '0' }, read: {} },
          rightInput: { common: { planId: '0' }, read: {} },
        },
      },
    });
  });

  test('has lambda variables named in the order in which they are bound', () => {
    const first = list(lambda(['x_0'], variable('x_0')), lambda(['x_0'], variable('x_0')));
    const second = list(lambda(['x_7'], variable('x_7')), lambda(['y_9'], variable('y_9')));
    expect(normalise(first)).toEqual(normalise(second));
  });

  test('tells the variable of the outer lambda from that of the inner one', () => {
    const nested = (used: string) => lambda(['x_0'], lambda(['x_1'], variable(used)));
    expect(normalise(nested('x_0'))).not.toEqual(normalise(nested('x_1')));
  });

  test('shows a variable that nothing binds', () => {
    expect(JSON.stringify(normalise(list(lambda(['x'], variable('x')), variable('x'))))).toContain('unbound x');
  });

  test('has no call sites', () => {
    const node = { common: { origin: { pythonOrigin: { fragment: 'col' } } }, literal: { integer: 1 } };
    expect(normalise(node)).toEqual({ literal: { integer: 1 } });
  });

  test('passes over a field that says what its absence says, in its own message only', () => {
    expect(normalise({ unresolvedAttribute: { unparsedIdentifier: 'a', isMetadataColumn: false } })).toEqual({
      unresolvedAttribute: { unparsedIdentifier: 'a' },
    });
    expect(normalise({ unresolvedAttribute: { isMetadataColumn: true } })).toEqual({
      unresolvedAttribute: { isMetadataColumn: true },
    });
    expect(normalise({ parse: { schema: '' } })).toEqual({ parse: { schema: '' } });
  });

  test('has a column of a relation by the number of that relation', () => {
    const column = { unresolvedAttribute: { planId: '9' } };
    const plan = { project: { expressions: [column], input: { common: { planId: '9' }, read: {} } } };
    expect(normalise(plan)).toEqual({
      project: {
        expressions: [{ unresolvedAttribute: { planId: '0' } }],
        input: { common: { planId: '0' }, read: {} },
      },
    });
  });

  test('has metadata without the spaces of its writer', () => {
    expect(normalise({ alias: { metadata: '{"a": 1}' } })).toEqual({ alias: { metadata: '{"a":1}' } });
  });

  test('keeps the sign of zero', () => {
    expect(normalise({ literal: { double: -0 } })).not.toEqual(normalise({ literal: { double: 0 } }));
  });
});
