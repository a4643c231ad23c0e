import { expect, test } from '@jest/globals';
import { parseMaxRuntime } from './max-runtime.ts';

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['45s', 45_000],
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  ['1h30m', 5_400_000],
  ['PT30M', 1_800_000],
  ['PT1H30M', 5_400_000],
  ['PT0.5S', 500],
  ['P7D', 604_800_000],
  ['168h', 604_800_000],
])('%s is understood', (text, ms) => {
  expect(parseMaxRuntime(text)).toBe(ms);
});

test.each(['', '0s', 'PT0S', '-5m', 'PT-5M', '30', '30 m', '30M', 'm', '1d', 'soon', '1e3s', 'P'])(
  '%j is no duration',
  (text) => {
    expect(() => parseMaxRuntime(text)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('30m, 2h') }),
    );
  },
);

test.each(['P8D', '169h', 'P1M', '999999h', 'P30D'])('%s is longer than the 7 days that are allowed', (text) => {
  expect(() => parseMaxRuntime(text)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('7 days') }),
  );
});
