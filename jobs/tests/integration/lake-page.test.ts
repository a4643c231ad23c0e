/** The pages of a lake that the jobs made: by each night, and by hand. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { contentOf, file } from '../lakes/in-process.ts';
import { layout } from '../lakes/layout.ts';
import { DATE, type ProcessLake, processLake } from '../lakes/process-lake.ts';
import { pageCommand } from '../pages.ts';
import { type Ended, runScript, summaryOf } from '../processes.ts';

const EVIL = '<img src=x onerror=alert(1)>';
const DAY = parseLogicalDate(DATE);
const recipe = (name: string, fields: object): string =>
  JSON.stringify({ url: `https://example.com/${name}`, name, ingredients: '1 lb beef', ...fields });
const EVENTS = [
  recipe('stew', { cookTime: 'PT2H', prepTime: 'PT30M' }),
  recipe('tartare', { prepTime: 'PT20M', [EVIL]: 'x' }),
  recipe('steak', { prepTime: 'PT5M' }),
  recipe('broth', { cookTime: 'PT3H' }),
  recipe('roast', { cookTime: 'all afternoon' }),
];

let lake: ProcessLake;
let index: string;
let page: string;
beforeAll(async () => {
  lake = await processLake();
  index = join(lake.output, layout.indexPage);
  page = join(lake.output, layout.reportPage('beef_cooking_time', DAY));
  await lake.land([file('events.json', ...EVENTS)]);
});
afterAll(async () => {
  await lake[Symbol.asyncDispose]();
});

const text = async (path: string): Promise<string> => readFile(path, 'utf8');
const byHand = (...words: string[]): Promise<Ended> => {
  const [script, ofPage] = pageCommand('jobs/cli/README.md', 'npm run lake -- page');
  return runScript(script, [...ofPage, ...words], lake.variables());
};
/** What Airflow runs each morning. */
function morningWords(): string[] {
  const [, list = '[]'] = /^COMMAND = (\[.*\])$/m.exec(readFileSync('dags/health_operator.py', 'utf8')) ?? [];
  return (JSON.parse(list) as string[]).slice(1);
}
/** Where the links of a page lead. */
const targetsOf = async (path: string): Promise<string[]> =>
  [...(await text(path)).matchAll(/href="([^"]+)"/g)].map(
    ([, href = '']) => new URL(href, pathToFileURL(path)).pathname,
  );

test('a dry run writes no page', async () => {
  expect(summaryOf(await lake.run('dataload')).outcome).toBe('published');
  expect(summaryOf(await lake.run('prepare', ['--dry-run'])).outcome).toBe('dry-run');
  expect(existsSync(index)).toBe(false);
});

test('a night leaves the page of its report and the index, with all that is known of the day', async () => {
  const summary = summaryOf(await lake.run('prepare'));
  expect(summary).toMatchObject({ outcome: 'published', exitCode: 0, page });
  const [ofDay, ofLake] = [await text(page), await text(index)];
  expect(await text(lake.report)).toBe('difficulty,avg_total_cooking_time\neasy,12.5\nhard,165\n');
  for (const made of [ofDay, ofLake]) {
    expect(made).toContain('cook_time_malformed');
    expect(made).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(made).not.toContain(EVIL);
  }
  expect(ofLake).toMatch(/<td class="number">12.5<\/td>\s*<td>–<\/td>\s*<td class="number">165<\/td>/);
  expect(ofLake).toContain('Each of these days is published');
  for (const path of [index, page])
    for (const target of await targetsOf(path)) expect([target, existsSync(target)]).toEqual([target, true]);
  expect(await targetsOf(index)).toContain(lake.report);
  expect(Object.keys(await contentOf(join(lake.output, '_staging')))).toEqual([]);
});

test('the same night again changes no byte of the index, and by hand there is nothing to do', async () => {
  const before = await text(index);
  expect(summaryOf(await lake.run('prepare'))).toMatchObject({ outcome: 'unchanged', page });
  const ended = await byHand('--json');
  expect(JSON.parse(ended.stdout)).toEqual({
    index: { url: index, isNew: false },
    reports: [{ url: page, isNew: false }],
  });
  expect(await text(index)).toBe(before);
});

test('a table that changed since makes the report stale, which the pages say by hand with the command, until the night', async () => {
  await lake.land([file('events.json', ...EVENTS, recipe('soup', { cookTime: 'PT5M' }))]);
  expect(summaryOf(await lake.run('dataload')).outcome).toBe('published');
  const ended = await byHand();
  expect(ended).toMatchObject({ exitCode: 0, stderr: '', stdout: `${index}\nand 1 page of reports\n` });
  const command = `npm run lake -- backfill --from ${DATE} --to ${DATE} --job prepare --lake ${lake.lake} --output ${lake.output}`;
  expect(await text(index)).toContain(`<code>${command}</code>`);
  expect(await text(page)).toContain(`<code>${command}</code>`);
  await lake.run('prepare');
  for (const path of [index, page]) expect(await text(path)).not.toContain('report stale');
});

test('where Airflow runs the days the pages name its command', async () => {
  await rm(lake.report);
  await runScript('jobs/cli/src/lake/lake.ts', ['page'], { ...lake.variables(), RECIPE_ETL_SCHEDULER: 'airflow' });
  expect(await text(index)).toContain(`<code>npm run trigger -- ${DATE}</code>`);
});

test('a page that cannot be written is a warning: the report is published all the same', async () => {
  await rm(join(lake.output, 'pages'), { recursive: true });
  await writeFile(join(lake.output, 'pages'), 'not a folder');
  const ended = await lake.run('prepare');
  expect(summaryOf(ended)).toMatchObject({ outcome: 'published', exitCode: 0, page: null });
  expect(existsSync(lake.report)).toBe(true);
  expect(ended.stderr.match(/was not written, npm run lake -- page does it/g)).toHaveLength(2);
  await rm(join(lake.output, 'pages'));
  expect(JSON.parse((await byHand('--json')).stdout)).toMatchObject({
    index: { isNew: true },
    reports: [{ isNew: true }],
  });
});

test('the first day of a lake is refused: the index says so by what Airflow runs in the morning, and leads to its lines', async () => {
  await using refused = await processLake();
  const target = join(refused.output, layout.indexPage);
  await refused.land([file('events.json', ...EVENTS, '{"url":', 'no JSON', recipe('  ', { url: ' ' }))]);
  expect(summaryOf(await refused.run('dataload'))).toMatchObject({ outcome: 'failed', exitCode: 4 });
  expect(existsSync(target)).toBe(false);
  const checked = await runScript('jobs/cli/src/lake/lake.ts', morningWords(), refused.variables());
  expect(checked).toMatchObject({ exitCode: 4, stderr: '' });
  const page = await text(target);
  expect(page).toContain('quarantined_share');
  expect(page).toContain('8 read, 4 quarantined: malformed 2, cook_time_malformed:cookTime 1, url_blank:url 1');
  const where = `--lake ${refused.lake} --output ${refused.output}`;
  expect(page).toContain(`<code>npm run lake -- quarantine --date ${DATE} ${where}</code>`);
  expect(page).toContain(`<code>npm run lake -- backfill --from ${DATE} --to ${DATE} ${where}</code>`);
  const targets = await targetsOf(target);
  expect(targets.map((name) => existsSync(name))).toEqual([true, true]);
  expect((await text(targets[0]!)).trim().split('\n')).toHaveLength(4);
  // A back-fill has no scheduler behind it that would look.
  await rm(target);
  const words = ['backfill', '--date', DATE];
  expect(await runScript('jobs/cli/src/lake/lake.ts', words, refused.variables())).toMatchObject({ exitCode: 4 });
  expect(await text(target)).toContain('quarantined_share');
});
