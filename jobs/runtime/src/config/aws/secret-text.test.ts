import { expect, test } from '@jest/globals';
import { secretText } from './secret-text.ts';

const TEXT = JSON.stringify({ password: 'pass"wörd', port: 9092, isOn: true, deep: { x: 1 }, gone: null });

test.each([
  [TEXT, undefined, TEXT],
  ['', undefined, ''],
  [TEXT, 'password', 'pass"wörd'],
  [TEXT, 'port', '9092'],
  [TEXT, 'isOn', 'true'],
])('of %j the key %j is %j', (text, key, value) => {
  expect(secretText(text, key)).toBe(value);
});

test.each([
  [undefined, undefined, 'the secret is binary'],
  [undefined, 'password', 'the secret is binary'],
  ['hunter22', 'password', 'is not a JSON object'],
  ['["hunter22"]', 'password', 'is not a JSON object'],
  ['null', 'password', 'is not a JSON object'],
  [TEXT, 'pasword', 'has no key "pasword"'],
  [TEXT, 'toString', 'has no key "toString"'],
  [TEXT, 'deep', 'the key "deep" of the secret holds no text'],
  [TEXT, 'gone', 'the key "gone" of the secret holds no text'],
])('of %j the key %j is refused without a word of the text', (text, key, why) => {
  const taken = (): string => secretText(text, key);
  expect(taken).toThrow(why);
  expect(taken).not.toThrow(/hunter22|wörd|9092/);
});
