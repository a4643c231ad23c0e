import { expect, test } from '@jest/globals';
import { conversions } from './columns.ts';
import { converted } from './convert.ts';
import { parsed } from './parse.ts';

test('a field that is converted keeps its text, for the checks that ask for it', () => {
  const texts = Object.keys(conversions).map((as) => String(converted('name', as)));
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts).not.toContain(String(parsed.text('name')));
});
