import { expect, test } from '@jest/globals';
import { laterRanges, type LandedDay } from './later-records.ts';

/** @param ends of what landed, by partition */
function day(number: number, ends: readonly number[]): LandedDay {
  const fromMs = Date.UTC(2019, 10, number);
  const partitions = ends.map((end, partition) => ({ partition, start: 0, end }));
  return { date: `2019-11-${number}`, frozen: { topic: 'changes', partitions, fromMs, untilMs: fromMs + 86_400_000 } };
}
const ranges = (days: readonly LandedDay[], bounds: readonly (readonly [logStart: number, stable: number])[]) =>
  laterRanges(
    days,
    bounds.map(([logStart, stable], partition) => ({ partition, logStart, stable })),
  ).map((range) => [range.partition, range.start, range.end, range.days.map(({ date }) => date.slice(-2)).join(' ')]);

test('what came between two landings counts for the days that had landed by then, and is read once, the newest first', () => {
  expect(
    ranges(
      [day(27, [10, 5]), day(28, [20, 9]), day(29, [30, 9])],
      [
        [0, 40],
        [0, 12],
      ],
    ),
  ).toStrictEqual([
    [0, 30, 40, '29 28 27'],
    [1, 9, 12, '29 28 27'],
    [0, 20, 30, '28 27'],
    [0, 10, 20, '27'],
    [1, 5, 9, '27'],
  ]);
});

test('a day that was fetched again has nothing before its new end', () => {
  expect(ranges([day(28, [40]), day(29, [30])], [[0, 41]])).toStrictEqual([
    [0, 30, 40, '29'],
    [0, 40, 41, '28 29'],
  ]);
});

test('a partition that was added is read from its start, and one whose log begins later from there', () => {
  expect(
    ranges(
      [day(29, [30])],
      [
        [35, 41],
        [0, 3],
      ],
    ),
  ).toStrictEqual([
    [0, 35, 41, '29'],
    [1, 0, 3, '29'],
  ]);
  expect(ranges([day(29, [30])], [[30, 30]])).toStrictEqual([]);
});
