import { expect, test } from '@jest/globals';
import { reportCounts, reportRows, type LevelTotals } from './beef-cooking-time.ts';

const totals: readonly LevelTotals[] = [
  { difficulty: 'hard', recipes: 11n, total_seconds: 110_100n },
  { difficulty: null, recipes: 2n, total_seconds: null },
  { difficulty: 'easy', recipes: 5n, total_seconds: 6_360n },
];

test('rows come in the order easy, medium, hard, and a level without recipes has none', () => {
  expect(reportRows(totals).map(({ difficulty }) => difficulty)).toEqual(['easy', 'hard']);
});

test('minutes are the sum of seconds by sixty times the recipes, in one division', () => {
  expect(reportRows(totals)).toEqual([
    { difficulty: 'easy', avg_total_cooking_time: 21.2 },
    { difficulty: 'hard', avg_total_cooking_time: 110_100 / 660 },
  ]);
});

test('recipes of unknown total time are in no level, but counted', () => {
  expect(reportCounts(totals)).toEqual({ beef: 18, unknownTotal: 2, easy: 5, medium: 0, hard: 11 });
});
