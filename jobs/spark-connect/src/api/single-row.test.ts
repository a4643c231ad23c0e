import { expect, test } from '@jest/globals';
import { countOf, textOf } from './single-row.ts';

test('a count is the only value of the only row', () => {
  expect(countOf([{ 'count(1)': 3n }])).toBe(3n);
});

test('a count that did not come is an error of the protocol, not zero', () => {
  expect(() => countOf([])).toThrow(expect.objectContaining({ code: 'protocol' }));
  expect(() => countOf([{ count: null }])).toThrow(expect.objectContaining({ code: 'protocol' }));
});

test('a text that did not come is empty', () => {
  expect(textOf([{ show: 'a table' }])).toBe('a table');
  expect(textOf([])).toBe('');
});
