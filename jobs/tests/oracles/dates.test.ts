import { describe, expect, test } from '@jest/globals';
import { GOOD_DATES, NO_DATES } from '../events/date-texts.ts';
import { isDay, toDate } from './dates.ts';

describe('isDay', () => {
  test.each(GOOD_DATES.map((text) => text.trim()).filter((text) => text !== ''))('%j is a day', (text) => {
    expect(isDay(text)).toBe(true);
  });

  test.each(NO_DATES)('%j is none', (text) => {
    expect(isDay(text.trim())).toBe(false);
  });
});

test('a blank date is no date', () => {
  expect([toDate(' '), toDate(undefined), toDate(' 2019-11-29\n')]).toEqual([null, null, '2019-11-29']);
});
