/** Spark finds the word of a report where it stands alone, and nowhere else. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { functions as F, type SparkSession } from 'spark-connect';
import { hasIngredient } from '../../../prepare/src/reports/ingredient.ts';
import { BEEF, NO_BEEF } from '../../events/beef-lines.ts';
import { testSession } from '../../lakes/in-process.ts';

/** Lines of a recipe to whether it has beef. */
const RECIPES: readonly (readonly [lines: readonly string[], isBeef: boolean])[] = [
  ...BEEF.map((line) => [[line], true] as const),
  ...NO_BEEF.map((line) => [[line], false] as const),
  [['1 egg', 'beef’s fat', 'salt'], true],
  [['roastbeef', '"bEEf"'], true],
  [['sirloin', 'beef', 'salt'], true],
  [['roastbeefbeef beef'], true],
  [NO_BEEF, false],
  [[], false],
];

let spark: SparkSession;
beforeAll(async () => {
  spark = await testSession();
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
