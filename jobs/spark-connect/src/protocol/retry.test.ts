import { describe, expect, test } from '@jest/globals';
import { defaultRetryPolicy, type Failure, isRetryable, oneMore, waitMs } from './retry.ts';

const plain: Failure = { status: 14, message: 'gone', details: {} };
const wait = (count: number, { nowMs = 0, random = 0, failure = plain } = {}) =>
  waitMs(defaultRetryPolicy, { count, sinceMs: 0 }, failure, nowMs, random);

describe('the retry policy', () => {
  test('waits grow fourfold from 50 ms to a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((count) => wait(count))).toEqual([50, 200, 800, 3_200, 12_800, 51_200, 60_000]);
  });

  test('only long waits are spread', () => {
    expect(wait(3, { random: 0.5 })).toBe(800);
    expect(wait(4, { random: 0.5 })).toBe(3_450);
  });

  test('a delay that the server asks for is a lower bound', () => {
    expect(wait(1, { failure: { ...plain, details: { retryDelayMs: 5_000 } } })).toBe(5_000);
    expect(wait(5, { failure: { ...plain, details: { retryDelayMs: 5_000 } } })).toBe(12_800);
  });

  test('a delay beyond the budget is not waited for', () => {
    expect(wait(1, { failure: { ...plain, details: { retryDelayMs: 590_000 } }, nowMs: 20_000 })).toBeUndefined();
    expect(wait(1, { failure: { ...plain, details: { retryDelayMs: 9_000_000 } } })).toBe(600_000);
  });

  test('the last try falls on the end of the budget, and none comes after it', () => {
    expect(wait(9, { nowMs: 595_000 })).toBe(5_000);
    expect(wait(10, { nowMs: 600_000 })).toBeUndefined();
  });

  test('after fifteen tries more there is none', () => {
    expect(wait(15, { nowMs: 1_000 })).toBe(60_000);
    expect(wait(16, { nowMs: 1_000 })).toBeUndefined();
  });

  test('failures count from the first in a row', () => {
    expect(oneMore(oneMore(undefined, 10), 99)).toEqual({ count: 2, sinceMs: 10 });
  });

  test.each([
    [14, 'anything', {}, true],
    [13, 'x INVALID_CURSOR.DISCONNECTED y', {}, true],
    [13, 'INVALID_CURSOR.POSITION_NOT_FOUND', {}, false],
    [13, 'DIVIDE_BY_ZERO', {}, false],
    [8, 'too many', { retryDelayMs: 0 }, true],
    [8, 'too large', {}, false],
    [4, 'deadline', {}, false],
    [1, 'cancelled', {}, false],
    [2, 'unknown', {}, false],
  ])('status %i "%s" with %j is retried: %s', (status, message, details, expected) => {
    expect(isRetryable({ status, message, details })).toBe(expected);
  });
});
