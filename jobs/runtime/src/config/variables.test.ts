import { expect, test } from '@jest/globals';
import { expand } from './variables.ts';

test.each([
  ['plain', 'plain'],
  ['${A}', 'a'],
  ['${A}/${B:-b}', 'a/b'],
  ['${EMPTY:-fallback}', 'fallback'],
  ['${A:-fallback}', 'a'],
  ['${B:-}', ''],
  ['${lower_case}', 'l'],
  ['$A $$ {A}', '$A $$ {A}'],
  ['${B:-sc://h:1/;x=y}', 'sc://h:1/;x=y'],
])('%j becomes %j', (text, expected) => {
  expect(expand(text, { A: 'a', EMPTY: '', lower_case: 'l' })).toBe(expected);
});

test('what a variable says is not looked into again', () => {
  expect(expand('${A}', { A: '${B}' })).toBe('${B}');
});

test.each([
  ['${B}', 'the variable B is not set; set it, or write ${B:-default}'],
  ['${EMPTY}', 'the variable EMPTY is not set'],
  ['${A', 'is no reference'],
  ['${}', 'is no reference'],
  ['${A-x}', 'is no reference'],
  ['${1A}', 'is no reference'],
])('%j is refused', (text, message) => {
  expect(() => expand(text, { A: 'a', EMPTY: '' })).toThrow(message);
});
