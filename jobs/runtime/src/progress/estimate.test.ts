import { describe, expect, test } from '@jest/globals';
import { type Estimate, estimate, estimateText, shareOf, type StageProgress } from './estimate.ts';

const stage = (completedTasks: number, tasks: number, inputBytes = 0): StageProgress => {
  return { tasks, completedTasks, inputBytes, isDone: completedTasks === tasks };
};
const query = (stages: readonly StageProgress[]) => ({ operationId: 'a', stages, isOver: false });
const of = (stages: readonly StageProgress[], size = {}, elapsedMs = 10_000, grewMs = elapsedMs): Estimate =>
  estimate(query(stages), size, shareOf(query(stages), size), { elapsedMs, grewMs });

describe('the share that is done', () => {
  test.each<[string, readonly StageProgress[], object, number]>([
    ['half of the only stage that is known is a quarter, since what is read is also written', [stage(4, 8)], {}, 0.25],
    ['a stage that is read to its end is one half', [stage(8, 8)], {}, 0.5],
    ['each stage weighs the same, however many tasks it has', [stage(8, 8), stage(1, 4)], {}, 0.625],
    ['a stage that Spark skipped does not count', [stage(8, 8), stage(0, 8), stage(1, 4)], {}, 0.625],
    ['one that has not begun yet does', [stage(8, 8), stage(8, 8), stage(0, 4)], {}, 2 / 3],
    ['a file that is one task is as far as its bytes', [stage(0, 1, 30e6)], { bytes: 40e6 }, 0.375],
    ['of more bytes than were expected it is not over', [stage(0, 1, 90e6)], { bytes: 40e6 }, 0.495],
    ['a stage without tasks says nothing', [stage(0, 0)], {}, 0],
    ['all that is known may be done and more come', [stage(8, 8), stage(4, 4)], {}, 0.99],
  ])('%s', (_, stages, size, share) => {
    expect(of(stages, size).share).toBeCloseTo(share, 10);
  });

  test('never goes back', () => {
    expect(shareOf(query([stage(8, 8), stage(0, 8), stage(0, 8)]), {}, 0.5)).toBe(0.5);
  });
});

describe('the time that is left', () => {
  test('is that of what is done, for the rest', () => {
    expect(of([stage(4, 8)], {}, 10_000).leftMs).toBe(30_000);
  });

  test('runs down between two leaps, and is not said where it takes longer', () => {
    expect(of([stage(4, 8)], {}, 12_000, 10_000).leftMs).toBe(28_000);
    expect(of([stage(4, 8)], {}, 40_000, 10_000).leftMs).toBeUndefined();
  });

  test.each([
    ['so early', [stage(4, 8)], 2_999],
    ['of so little', [stage(1, 100)], 60_000],
  ] as const)('is not guessed %s', (_, stages, elapsedMs) => {
    expect(of(stages, {}, elapsedMs).leftMs).toBeUndefined();
  });
});

test.each<[string, readonly StageProgress[], object, number, string]>([
  ['bytes of a file', [stage(3, 8, 12e6)], { bytes: 40e6 }, 10_000, '18 %, 12 of 40 MB read, about 43 s left'],
  [
    'rows, where they are known',
    [stage(3, 8, 12e6)],
    { bytes: 1, rows: 20_000 },
    1_000,
    '49 %, about 19,800 of 20,000 rows read',
  ],
  [
    'rows by tasks',
    [stage(3, 8, 12e6)],
    { rows: 20_000 },
    900_000,
    '18 %, about 7,500 of 20,000 rows read, about 65 min left',
  ],
  ['a source that says no bytes', [stage(4, 8)], { rows: 20_000 }, 9_000, '25 %, about 27 s left'],
  ['a few bytes are no news', [stage(4, 8, 3e5)], {}, 1_000, '25 %'],
  ['a table', [stage(4, 8, 3.4e6)], {}, 9_000, '25 %, 3 MB read, about 27 s left'],
])('says how much is read: %s', (_, stages, size, elapsedMs, text) => {
  expect(estimateText(of(stages, size, elapsedMs))).toBe(text);
});
