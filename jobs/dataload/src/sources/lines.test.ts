/** Where a line ends. */
import { expect, test } from '@jest/globals';
import { linesOf } from './lines.ts';

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['\n', ['']],
  ['a\r\n\n\u2028b\rc\n', ['a\r', '', '\u2028b\rc']],
])('the content %j has the lines %j', (content, lines) => {
  expect([...linesOf(Buffer.from(content))].map((bytes) => Buffer.from(bytes).toString())).toStrictEqual(lines);
});
