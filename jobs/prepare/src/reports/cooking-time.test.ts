import { expect, test } from '@jest/globals';
import { type LevelTotals, reportCounts, reportRows } from './cooking-time.ts';
import { loadReports } from './load-reports.ts';
import { reportOf } from './report.ts';

const [beef] = loadReports('schema/schemas.yml');

const totals: readonly LevelTotals[] = [
  { difficulty: 'hard', recipes: 11n, total_seconds: 110_100n },
  { difficulty: null, recipes: 2n, total_seconds: null },
  { difficulty: 'easy', recipes: 5n, total_seconds: 6_360n },
];

test('rows come in the order easy, medium, hard, and a level without recipes has none', () => {
  expect(reportRows(beef!, totals).map(({ difficulty }) => difficulty)).toEqual(['easy', 'hard']);
});

test('minutes are the sum of seconds by sixty times the recipes, in one division', () => {
  expect(reportRows(beef!, totals)).toEqual([
    { difficulty: 'easy', avg_total_cooking_time: 21.2 },
    { difficulty: 'hard', avg_total_cooking_time: 110_100 / 660 },
  ]);
});

test('recipes of unknown total time are in no level, but counted', () => {
  expect(reportCounts(beef!, totals)).toEqual({ beef: 18, unknownTotal: 2, easy: 5, medium: 0, hard: 11 });
});

test('another report has its own levels, columns and word', () => {
  const chicken = reportOf('chicken_cooking_time', {
    ingredient: 'chicken',
    levels: [
      { name: 'quick', to: 20 },
      { name: 'slow', above: 20 },
    ],
    columns: [
      { name: 'minutes', type: 'double', as: 'average_minutes' },
      { name: 'effort', type: 'string', as: 'level' },
      { name: 'meals', type: 'bigint', as: 'recipes' },
    ],
  });
  const totals: readonly LevelTotals[] = [
    { difficulty: 'slow', recipes: 2n, total_seconds: 5_400n },
    { difficulty: 'quick', recipes: 1n, total_seconds: 600n },
  ];
  expect(reportRows(chicken, totals)).toEqual([
    { minutes: 10, effort: 'quick', meals: 1 },
    { minutes: 45, effort: 'slow', meals: 2 },
  ]);
  expect(Object.entries(reportCounts(chicken, totals))).toEqual([
    ['chicken', 3],
    ['unknownTotal', 0],
    ['quick', 1],
    ['slow', 2],
  ]);
});
