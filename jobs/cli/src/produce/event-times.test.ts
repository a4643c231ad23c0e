import { describe, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { assertKept, eventTimes } from './event-times.ts';

const DATE = parseLogicalDate('2019-11-29');
const FROM_MS = Date.UTC(2019, 10, 29);
const DAY_MS = 86_400_000;
const usage = (message: RegExp) => expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe('the times of events', () => {
  test.each([1, 2, 7, 1_000, 86_400])('of %d events grow strictly and stay within the day', (count) => {
    const timeOf = eventTimes(DATE, count, FROM_MS + 9 * DAY_MS);
    const times = Array.from({ length: count }, (_, index) => timeOf(index));
    expect(times[0]).toBe(FROM_MS);
    expect(times.at(-1)).toBeLessThan(FROM_MS + DAY_MS);
    expect(times.every((ms, index) => index === 0 || ms > (times[index - 1] ?? Infinity))).toBe(true);
  });

  test('of as many events as the day has milliseconds differ', () => {
    const timeOf = eventTimes(DATE, DAY_MS, FROM_MS + DAY_MS);
    expect([timeOf(1), timeOf(DAY_MS - 1)]).toStrictEqual([FROM_MS + 1, FROM_MS + DAY_MS - 1]);
    expect(() => eventTimes(DATE, DAY_MS + 1, FROM_MS + DAY_MS)).toThrow(usage(/do not fit/));
  });

  test('of today end before now; tomorrow has none', () => {
    const timeOf = eventTimes(DATE, 10, FROM_MS + 1_000);
    expect(timeOf(9)).toBe(FROM_MS + 900);
    expect(() => eventTimes(DATE, 1, FROM_MS)).toThrow(usage(/has not begun/));
  });
});

describe('a topic keeps a day', () => {
  const check = (retentionMs: number | null, behindMs: number, nowMs: number) => () =>
    assertKept('changes', DATE, { retentionMs, behindMs }, nowMs);

  test('as long as its settings let the first event live', () => {
    expect(check(null, Infinity, FROM_MS + 9_999 * DAY_MS)).not.toThrow();
    expect(check(2 * DAY_MS, Infinity, FROM_MS + 2 * DAY_MS)).not.toThrow();
    expect(check(2 * DAY_MS, Infinity, FROM_MS + 2 * DAY_MS + 1)).toThrow(
      usage(/before 2019-11-29T00:00:00.001Z \(retention\.ms is 2 days\)/),
    );
    expect(check(null, DAY_MS / 2, FROM_MS + DAY_MS)).toThrow(
      usage(/message\.timestamp\.before\.max\.ms is 0\.5 days/),
    );
  });
});
