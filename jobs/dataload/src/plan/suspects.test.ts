import { expect, test } from '@jest/globals';
import { suspectsIn } from './suspects.ts';

const map = (byte: number): Uint8Array => new Uint8Array(4_096).fill(byte);

test('the maps that were observed become one, in their order', () => {
  const observed = { suspects_1: map(1), read: 3n, suspects_0: map(7) };
  expect(suspectsIn(observed, 2)).toEqual(Uint8Array.from([...map(7), ...map(1)]));
});

test('where one did not arrive, nothing is known of any line', () => {
  expect(suspectsIn({ suspects_0: map(7) }, 2)).toBeUndefined();
  expect(suspectsIn({}, 1)).toBeUndefined();
});
