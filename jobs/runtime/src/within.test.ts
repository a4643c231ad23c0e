import { expect, test } from '@jest/globals';
import { within } from './within.ts';

const LONG_MS = 300_000;

test('work that ends in time is waited for, and no longer', async () => {
  expect(await within(Promise.resolve('late for nothing'), LONG_MS)).toBe(true);
  expect(await within(undefined, LONG_MS)).toBe(true);
});

test('work that does not end is left', async () => {
  expect(await within(new Promise(() => undefined), 1)).toBe(false);
});

test('work that fails, throws', async () => {
  await expect(within(Promise.reject(new Error('broken')), LONG_MS)).rejects.toThrow('broken');
});
