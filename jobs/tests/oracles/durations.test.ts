import { describe, expect, test } from '@jest/globals';
import { Duration } from 'luxon';
import { BAD_DURATIONS, UNFIXED_DURATIONS } from '../events/broken-durations.ts';
import { GOOD_DURATIONS, UNKNOWN_DURATIONS } from '../events/clean-values.ts';
import { readDuration, toSeconds, toSum } from './durations.ts';

describe('readDuration', () => {
  test.each([
    ['PT1.5H', 5400],
    ['P0.5D', 43_200],
    ['PT0.5M', 30],
    ['PT1,9S', 1],
    ['PT0S', 0],
    ['P1W2D', 777_600],
    ['P1DT2H', 93_600],
    ['PT29M59S', 1799],
    [' \u{a0}PT5M\u{feff}', 300],
    ['PT0.999999S', 0],
    ['PT0.000001H', 0],
    ['P0.000002W', 1],
    // In binary fractions 1.15 minutes are 68.99999999999999 seconds.
    ['PT1.15M', 69],
    ['P999999W999999DT999999H999999M999999.999999S', 694_860_305_139],
  ])('%j is exactly %d seconds', (text, seconds) => {
    expect(readDuration(text)).toEqual({ kind: 'known', seconds });
  });

  test.each(UNKNOWN_DURATIONS)('%j is unknown', (text) => {
    expect(readDuration(text)).toEqual({ kind: 'unknown' });
  });

  test.each([...BAD_DURATIONS].flatMap(([name, texts]) => texts.map((text) => [text, name])))(
    '%j is malformed (%s)',
    (text) => {
      expect(readDuration(text)).toEqual({ kind: 'malformed' });
    },
  );

  test.each(UNFIXED_DURATIONS)('%j has no fixed length', (text) => {
    expect(readDuration(text)).toEqual({ kind: 'not_fixed' });
  });

  test('agrees with luxon on every good duration that luxon can read', () => {
    const read = GOOD_DURATIONS.map((text) => ({ text, theirs: Duration.fromISO(text.trim()) }));
    const comparable = read.filter(({ theirs }) => theirs.isValid && Number.isSafeInteger(theirs.toMillis()));
    expect(comparable.length).toBeGreaterThan(20);
    for (const { text, theirs } of comparable) {
      const seconds = toSeconds(text) ?? Number.NaN;
      // luxon counts whole milliseconds in floating point, so it may miss a whole second by one of them.
      const difference = theirs.toMillis() / 1000 - seconds;
      expect([text, difference > -0.0015 && difference < 1]).toEqual([text, true]);
    }
  });

  test('agrees with luxon that bad durations are bad, where luxon is not more tolerant', () => {
    const calendar = /^[+-]?P(?:[0-9]+[YM]|-)|[-+]/;
    const tolerated = [...BAD_DURATIONS].flatMap(([name, texts]) =>
      texts.filter((text) => Duration.fromISO(text).isValid).map((text) => ({ name, text })),
    );
    const unexplained = tolerated.filter(({ name, text }) => !calendar.test(text) && !LUXON_TOLERATES.has(name));
    expect(unexplained).toEqual([]);
  });
});

/** luxon knows no limit of six digits, and lets a fraction stand before the last component. */
const LUXON_TOLERATES = new Set(['digits', 'fraction', 'nothing_in_it', 'calendar']);

describe('toSum', () => {
  test('counts one unknown as nothing and leaves both unknown as unknown', () => {
    expect([toSum(60, 30), toSum(60, null), toSum(null, 0), toSum(null, null)]).toEqual([90, 60, 0, null]);
  });
});
