import { describe, expect, test } from '@jest/globals';
import { daysBetween, hasEnded, intervalOf, parseLogicalDate } from './logical-date.ts';

test('a day is read', () => {
  expect(parseLogicalDate('2020-02-29')).toStrictEqual({ iso: '2020-02-29', year: '2020', month: '02', day: '29' });
});

test.each([
  '',
  '2019-02-29',
  '2019-13-01',
  '2019-1-1',
  '20191129',
  '2019-11-29T00:00',
  ' 2019-11-29',
  '2019-W48-5',
  'today',
])('%j is no day', (text) => {
  expect(() => parseLogicalDate(text)).toThrow(expect.objectContaining({ code: 'usage', exitCode: 2 }));
});

describe('a day in UTC', () => {
  const day = parseLogicalDate('2019-11-29');

  test('reaches from midnight to the next', () => {
    expect(intervalOf(day).toISO()).toBe('2019-11-29T00:00:00.000Z/2019-11-30T00:00:00.000Z');
  });

  test.each([
    ['2019-11-29T23:59:59.999Z', false],
    ['2019-11-30T00:00:00.000Z', true],
    ['2019-11-30T00:30:00.000+02:00', false],
  ])('at %s has ended: %s', (now, expected) => {
    expect(hasEnded(day, new Date(now))).toBe(expected);
  });
});

test('the days between two have no gap at the ends of months and when clocks change', () => {
  const days = (first: string, last: string): string[] =>
    daysBetween(parseLogicalDate(first), parseLogicalDate(last)).map((day) => day.iso);
  expect(days('2020-02-28', '2020-03-01')).toStrictEqual(['2020-02-28', '2020-02-29', '2020-03-01']);
  expect(days('2019-10-26', '2019-10-28')).toHaveLength(3);
  expect(days('2019-10-26', '2019-10-26')).toStrictEqual(['2019-10-26']);
});
