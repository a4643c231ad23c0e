import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BEEF, NO_BEEF } from '../events/beef-lines.ts';
import { type OwedReport, reportFromLake, reportFromRows } from './duckdb-report.ts';
import { withDuckDb } from './duckdb-session.ts';
import { type RecipeRow, toRow } from './row.ts';

const recipe = (ingredients: string, cookTime: string): RecipeRow =>
  toRow(
    new Map([
      ['url', 'u'],
      ['ingredients', ingredients],
      ['cookTime', cookTime],
    ]),
  );

const HEADER = 'difficulty,avg_total_cooking_time\n';

describe('reportFromRows', () => {
  test('puts the boundaries into the medium level', async () => {
    const times = ['PT29M59S', 'PT30M', 'PT60M', 'PT60M1S'];
    const { csv, recipes } = await reportFromRows(times.map((time) => recipe('1 pound beef', time)));
    expect(csv).toBe(`${HEADER}easy,29.983333333333334\nmedium,45\nhard,60.016666666666666\n`);
    expect(recipes).toEqual({ easy: 1, medium: 2, hard: 1 });
  });

  test.each([...BEEF, 'salt\n"beef"'])('%j is beef and counts once', async (line) => {
    expect(await reportFromRows([recipe(`${line}\n${line}`, 'PT5M')])).toMatchObject({ recipes: { easy: 1 } });
  });

  test.each(NO_BEEF)('%j is no beef', async (line) => {
    expect(await reportFromRows([recipe(line, 'PT5M')])).toEqual({ csv: HEADER, recipes: {}, unknownTotals: 0 });
  });

  test('leaves unknown totals out and counts them', async () => {
    const rows = [recipe('beef', 'PT'), recipe('beef', 'PT2H'), recipe('rice', 'PT')];
    expect(await reportFromRows(rows)).toEqual({ csv: `${HEADER}hard,120\n`, recipes: { hard: 1 }, unknownTotals: 1 });
  });
});

test('another report has its own word, levels and header', async () => {
  const chicken: OwedReport = {
    word: 'chicken',
    header: ['effort', 'minutes'],
    levels: [
      { name: 'quick', to: 20 },
      { name: 'slow', above: 20 },
    ],
  };
  const rows = ['PT20M', 'PT20M1S', 'PT'].map((time) => recipe('1 chicken', time));
  expect(await reportFromRows([...rows, recipe('1 beef', 'PT5M'), recipe('chickens', 'PT5M')], chicken)).toEqual({
    csv: 'effort,minutes\nquick,20\nslow,20.016666666666666\n',
    recipes: { quick: 1, slow: 1 },
    unknownTotals: 1,
  });
});

describe('reportFromLake', () => {
  test('reads the one partition of the day from a hive-partitioned table', async () => {
    const lake = await mkdtemp(join(tmpdir(), "lake's-"));
    const folder = join(lake, 'recipes');
    await mkdir(folder);
    try {
      await withDuckDb((connection) =>
        connection.run(`COPY (SELECT * FROM (VALUES
          (['1 beef'], 600::BIGINT, '2019', '01', '05'), (['rice'], 600, '2019', '01', '05'), (['beef'], 9000, '2019', '01', '06')
        ) day(ingredients, total_time_seconds, year, month, day)) TO '${folder.replaceAll("'", "''")}'
        (FORMAT parquet, PARTITION_BY (year, month, day), OVERWRITE_OR_IGNORE)`),
      );
      expect((await reportFromLake(lake, '2019-01-05')).csv).toBe(`${HEADER}easy,10\n`);
      expect((await reportFromLake(lake, '2019-01-06')).csv).toBe(`${HEADER}hard,150\n`);
    } finally {
      await rm(lake, { recursive: true });
    }
  });
});
