/**
 * One day, told from the words on the command line to the manifest: the first test to read. It follows the way of the data:
 * cli -> job -> Spark plan -> staged objects -> audit -> publish -> manifest.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { layout } from '../lakes/layout.ts';
import { contentOf, file } from '../lakes/in-process.ts';
import { DATE, processLake } from '../lakes/process-lake.ts';
import { currentManifest, publishedRows, quarantineLines } from '../lakes/published-day.ts';
import { summaryOf } from '../processes.ts';

const recipe = (name: string, fields: object = {}): string =>
  JSON.stringify({ url: `https://example.com/${name}`, name, ingredients: '1 lb beef\n1 onion', ...fields });

test('a day, from the command line to the manifest', async () => {
  await using lake = await processLake();

  // Five events arrived on the day: one recipe twice, one without a duration that anybody could read.
  await lake.land([
    file(
      'events.json',
      recipe('stew', { cookTime: 'PT2H', prepTime: 'PT20M', name: 'a first draft' }),
      recipe('stew', { cookTime: 'PT2H', prepTime: 'PT30M' }),
      recipe('toast', { cookTime: 'PT5M', prepTime: 'PT10M', ingredients: 'beefsteak tomato\nbread' }),
      recipe('tartare', { prepTime: 'PT20M' }),
      recipe('roast', { cookTime: 'all afternoon' }),
    ),
  ]);

  // cli -> job: the words are the day, the answer is one line of JSON and an exit code.
  const loaded = await lake.run('dataload');
  expect(loaded.exitCode).toBe(0);

  // audit: one line of five may be broken, by the configuration; so the day is published.
  expect(summaryOf(loaded)).toMatchObject({ outcome: 'published', job: 'dataload', logicalDate: DATE });

  // Spark plan: the last event of a recipe stays, durations are seconds, and nothing else was invented.
  const rows = await publishedRows(lake.lake, DATE);
  expect(rows.map(({ name, total_time_seconds: seconds }) => [name, Number(seconds)])).toEqual([
    ['stew', 9000],
    ['tartare', 1200],
    ['toast', 900],
  ]);

  // The broken line went to quarantine as it came, with its reason and its place.
  const [broken] = await quarantineLines(lake.lake, DATE);
  expect(broken).toMatchObject({
    raw: recipe('roast', { cookTime: 'all afternoon' }),
    reasons: [{ rule: 'cook_time_malformed', field: 'cookTime' }],
    event: { file: 'events.json', line: 5 },
  });

  // publish -> manifest: every line is accounted for, and nothing is left in staging.
  const { counts, staged } = await currentManifest(lake.lake, DATE);
  expect(counts).toMatchObject({ read: 5, published: 3, superseded: 1, quarantined: 1, blank: 0 });
  expect(staged.rows).toBe(3);
  expect(Object.keys(await contentOf(join(lake.lake, '_staging')))).toEqual([]);

  // The other job reads that table and nothing else: the stew takes 150 minutes, the tartare 20; a beefsteak is no beef.
  expect(summaryOf(await lake.run('prepare'))).toMatchObject({ exitCode: 0, outcome: 'published' });
  expect(await readFile(lake.report, 'utf8')).toBe('difficulty,avg_total_cooking_time\neasy,20\nhard,150\n');

  // The same day again is the same day: the same bytes, and the run says so.
  const before = await readFile(lake.data);
  expect(summaryOf(await lake.run('dataload'))).toMatchObject({ exitCode: 0, outcome: 'unchanged' });
  expect((await readFile(lake.data)).equals(before)).toBe(true);

  // And each run has left its own manifest beside the current one.
  const runs = await readdir(join(lake.lake, layout.runManifests('dataload', parseLogicalDate(DATE))));
  expect(runs).toHaveLength(2);
  expect(existsSync(join(lake.lake, layout.currentManifest('prepare', parseLogicalDate(DATE))))).toBe(true);
});
