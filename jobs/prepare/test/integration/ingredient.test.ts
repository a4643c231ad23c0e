/** Spark finds the word of a report where it stands alone, and nowhere else. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { functions as F, SparkSession } from 'spark-connect';
import { hasIngredient } from '../../src/reports/ingredient.ts';

/** Lines of a recipe to whether it has beef. */
const RECIPES: readonly (readonly [lines: readonly string[], isBeef: boolean])[] = [
  [['beef'], true],
  [['Beef broth'], true],
  [['2 lb BEEF chuck'], true],
  [['corned-beef'], true],
  [['beef\u{301}'], true],
  [['1 egg', 'beef’s fat', 'salt'], true],
  [['roastbeef', '"bEEf"'], true],
  [['sirloin', 'beef', 'salt'], true],
  [['roastbeefbeef beef'], true],
  [['x beefsteak', 'beef_stock', '1beef', 'beef2', 'roastbeef'], false],
  [['牛肉beef', 'bœuf', 'be ef', 'be', 'ef'], false],
  [['\u{1d400}beef', 'beef\u{1d400}', '\u{1d7d9}beef'], false],
  [['beefbeef', 'éBeef'], false],
  [[''], false],
  [[], false],
];

let spark: SparkSession;
beforeAll(async () => {
  spark = await SparkSession.connect({ remote: process.env['TEST_SPARK_REMOTE'] ?? '' });
});
afterAll(() => spark.release());

test('beef is a word of a line, in any case, and no part of a longer word', async () => {
  const recipes = spark.createDataFrame(
    RECIPES.map(([lines], place) => ({ place, lines })),
    'place INT, lines ARRAY<STRING>',
  );
  const found = await recipes
    .filter(hasIngredient(F.col('lines'), 'beef'))
    .orderBy('place')
    .collect<{ place: number }>();
  expect(found.map(({ place }) => RECIPES[place]?.[0])).toEqual(
    RECIPES.filter(([, isBeef]) => isBeef).map(([lines]) => lines),
  );
});
