import { expect, test } from '@jest/globals';
import { printable, printableLine } from './printable.ts';

test('what a terminal would obey is written out; letters of all scripts, tabs and line ends stay', () => {
  expect(printable('\u001B[2Jred\u0007 \u009B31m \u007F\r')).toBe('\\u001b[2Jred\\u0007 \\u009b31m \\u007f\\u000d');
  expect(printable('abc\u202Edcb\u2069')).toBe('abc\\u202edcb\\u2069');
  expect(printable('crème 寿司 🥩\n\tat x')).toBe('crème 寿司 🥩\n\tat x');
});

test('a name within a line begins none of its own', () => {
  expect(printableLine('x\n12:00:00 published\t')).toBe('x\\u000a12:00:00 published\\u0009');
});

test('a JSON text stays the same JSON', () => {
  const value = { 'a\u009B\u001B\u202E"\\': ['\u0085\n'] };
  const text = printable(JSON.stringify(value));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).not.toMatch(/\p{Cc}/u);
});
