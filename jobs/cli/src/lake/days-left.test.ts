import { expect, test } from '@jest/globals';
import { daysLeftText } from './days-left.ts';

test('a back-fill of one day says nothing of days', () => {
  expect(daysLeftText(0, 1, [])).toBe('');
});

test('the first day does not know how long the others take', () => {
  expect(daysLeftText(0, 30, [])).toBe('day 1 of 30');
});

test.each([
  ['the day that is run counts as left', 2, 3, [10_000, 10_000], 'day 3 of 3, about 10 s left'],
  ['one slow day does not speak for all', 3, 13, [4_000, 600_000, 4_000], 'day 4 of 13, about 40 s left'],
  ['minutes from a minute and a half on', 1, 31, [10_000], 'day 2 of 31, about 5 min left'],
  ['hours from an hour and a half on', 1, 366, [60_000], 'day 2 of 366, about 6 h 5 min left'],
  ['days that took no time still have a second', 1, 3, [0], 'day 2 of 3, about 1 s left'],
] as const)('%s', (_, index, days, elapsed, text) => {
  expect(daysLeftText(index, days, elapsed)).toBe(text);
});
