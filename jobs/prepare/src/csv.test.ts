import { expect, test } from '@jest/globals';
import { toCsv } from './csv.ts';

test('numbers are written as JavaScript writes them, and every line ends with LF', () => {
  const rows = [
    { level: 'easy', minutes: 45 },
    { level: 'hard', minutes: 48.333333333333336 },
  ];
  expect(toCsv(['level', 'minutes'], rows)).toBe('level,minutes\neasy,45\nhard,48.333333333333336\n');
});

test('no rows leave the header alone', () => {
  expect(toCsv<{ a: string; b: string }>(['a', 'b'], [])).toBe('a,b\n');
});

test.each(['a,b', 'a"b', 'a\nb'])('the cell %j is refused rather than written unquoted', (cell) => {
  expect(() => toCsv(['x'], [{ x: cell }])).toThrow('would need quoting');
});
