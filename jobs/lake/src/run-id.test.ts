import { expect, test } from '@jest/globals';
import { givenRunId, newRunId } from './run-id.ts';

test('a new run id sorts by time', () => {
  const at = (text: string): string => newRunId(new Date(text), '1f2e3d4c5b6a');
  expect(at('2019-11-30T00:01:02.345Z')).toBe('20191130T000102345Z-1f2e3d4c5b6a');
  expect(at('2019-11-30T00:01:02.345Z') < at('2019-11-30T00:01:02.346Z')).toBe(true);
});

test.each([
  ['manual', 1, 'manual.try001'],
  ['scheduled__2019-11-30T00:00:00+00:00', 12, 'scheduled__2019-11-30T00-00-00-00-00.try012'],
])('%s of try %i is called %s', (text, number, expected) => {
  expect(givenRunId(text, number)).toBe(expected);
});

test.each(['', '.hidden', '_hidden', 'a/b', '../a', 'a b', 'a\n', 'x.rejected', 'x'.repeat(121), 'é'])(
  '%j cannot be a run id',
  (text) => {
    expect(() => givenRunId(text, 1)).toThrow(expect.objectContaining({ code: 'usage' }));
  },
);
