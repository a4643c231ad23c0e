import { expect, test } from '@jest/globals';
import { nextBatch } from './batch.ts';
import { type LogEvent, MAX_BYTES, sizeOf } from './event.ts';

const at = (timestamp: number, message = 'x'): LogEvent => ({ timestamp, message });
const many = (count: number, message?: string): LogEvent[] =>
  Array.from({ length: count }, (_, index) => at(index, message));

test('a few events go together, and none is left', () => {
  expect(nextBatch(many(3))).toEqual({ events: many(3), rest: [] });
});

test('no more go than the service takes at once: 10,000', () => {
  const { events, rest } = nextBatch(many(10_001));
  expect([events.length, rest]).toEqual([10_000, [at(10_000)]]);
});

test('no more go than 1 MB, counted in bytes and with 26 for each', () => {
  const size = MAX_BYTES / 4;
  const quarter = 'ä'.repeat((size - 26) / 2);
  expect(sizeOf(at(0, quarter))).toBe(size);
  expect(nextBatch(many(4, quarter)).rest).toEqual([]);
  expect(nextBatch([...many(4, quarter), at(9)]).rest).toEqual([at(9)]);
  expect(nextBatch([at(0, `${quarter}x`), ...many(3, quarter)]).events.length).toBe(3);
});

test('no more go than 24 hours', () => {
  const day = 24 * 3_600_000;
  expect(nextBatch([at(0), at(day - 1)]).rest).toEqual([]);
  expect(nextBatch([at(0), at(day)]).rest).toEqual([at(day)]);
});

test('they go in the order of their times, those of one time in the order of the log', () => {
  const { events } = nextBatch([at(5, 'a'), at(3, 'b'), at(5, 'c'), at(3, 'd')]);
  expect(events.map(({ message }) => message).join('')).toBe('bdac');
});

test('what is left out of one goes with the next, and nothing twice', () => {
  const queue = many(25_000);
  const sent: LogEvent[] = [];
  for (let rest: readonly LogEvent[] = queue; rest.length > 0;) {
    const batch = nextBatch(rest);
    sent.push(...batch.events);
    rest = batch.rest;
  }
  expect(sent).toEqual(queue);
});
