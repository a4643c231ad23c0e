import { describe, expect, test } from '@jest/globals';
import { dateText, decimalText, localTimestampText, timestampDate, timeText } from './values.ts';

describe('values of Spark types', () => {
  test.each([
    [0, '1970-01-01'],
    [-1, '1969-12-31'],
    [18_229, '2019-11-29'],
    [-719_162, '0001-01-01'],
    [2_932_896, '9999-12-31'],
    [2_932_897, '+010000-01-01'],
  ])('day %i is %s', (days, text) => {
    expect(dateText(days)).toBe(text);
  });

  test('a timestamp is rounded down to milliseconds, also before 1970', () => {
    expect(timestampDate(1_999n).getTime()).toBe(1);
    expect(timestampDate(-1n).getTime()).toBe(-1);
    expect(timestampDate(-1_000n).getTime()).toBe(-1);
  });

  test('a timestamp without time zone is local text with its microseconds', () => {
    expect(localTimestampText(1_000_001n)).toBe('1970-01-01T00:00:01.000001');
    expect(localTimestampText(-1n)).toBe('1969-12-31T23:59:59.999999');
    expect(localTimestampText(0n)).toBe('1970-01-01T00:00:00');
  });

  test('a time of the day keeps its fraction', () => {
    expect(timeText(86_399_999_999_999n)).toBe('23:59:59.999999999');
    expect(timeText(0n)).toBe('00:00:00');
  });

  test.each([
    [125n, 2, '1.25'],
    [-125n, 2, '-1.25'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [0n, 2, '0.00'],
    [7n, 0, '7'],
    [7n, -2, '700'],
    [12_345_678_901_234_567_890n, 10, '1234567890.1234567890'],
  ])('%s with scale %i is %s', (unscaled, scale, text) => {
    expect(decimalText(unscaled, scale)).toBe(text);
  });
});
