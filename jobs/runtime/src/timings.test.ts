import { expect, test } from '@jest/globals';
import { Timings } from './timings.ts';

test('laps of the same step add up, and every step is a whole number of milliseconds', () => {
  const timings = new Timings(new Date('2019-11-30T00:00:00Z'));
  timings.lap('readMs');
  timings.lap('writeMs');
  timings.lap('readMs');
  const { startedAt, ...steps } = timings.toJson();
  expect(startedAt).toBe('2019-11-30T00:00:00.000Z');
  expect(Object.keys(steps)).toStrictEqual(['readMs', 'writeMs']);
  for (const ms of Object.values(steps)) expect(Number.isInteger(ms)).toBe(true);
});
