/** The pages of a lake in a real browser: axe-core, three widths, print, dark and light, and nothing that is loaded or runs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { temporaryFolder } from 'lake/testing/temporary-folder';
import { parseLogicalDate } from 'lake';
import type { Page } from 'playwright-core';
import { indexPage } from '../../watch/src/pages/index-page.ts';
import { reportPage } from '../../watch/src/pages/report-page.ts';
import { BEEF, foundDay, manifestOf, nothingOf, viewOf } from '../../watch/testing/found-days.ts';
import { shoot, withPage } from './browser.ts';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const LONG = '<img src=x onerror="document.title=1">'.repeat(4);
const PHONE = { width: 360, height: 740 };
const TABLET = { width: 820, height: 1180 };

const found = Array.from({ length: 90 }, (_, at) => {
  const date = new Date(Date.UTC(2019, 11, 1 + at)).toISOString().slice(0, 10);
  return at === 60 ? nothingOf(date) : foundDay(date);
});
const newest = found.at(-1)!;
const counts = { read: 2, published: 1, quarantined: 1, reasons: { [LONG]: 1 }, unknownFields: { [LONG]: 1 } };
found[found.length - 1] = { ...newest, table: { ...newest.table!, manifest: manifestOf(LONG, { counts }) } };
const folder = temporaryFolder();
const PAGES = {
  index: indexPage(viewOf(found)),
  report: reportPage(viewOf([newest]), BEEF, parseLogicalDate(newest.date)),
  empty: indexPage(viewOf([])),
};
for (const [name, text] of Object.entries(PAGES)) writeFileSync(join(folder, `${name}.html`), text);

/** Asked with everything unfolded. */
async function problemsOf(page: Page): Promise<unknown> {
  await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

const LOOKS = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['tablet', { viewport: TABLET, isMobile: true, hasTouch: true }],
  ['phone', { colorScheme: 'dark', viewport: PHONE, isMobile: true, hasTouch: true }],
] as const;

test.each(LOOKS)(
  'axe-core has no findings, no page is wider than the window, and nothing runs: %s',
  async (name, look) => {
    await withPage(async (page) => {
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('request', (request) => said.push(request.url()));
      const opened: string[] = [];
      for (const of of Object.keys(PAGES)) {
        const url = pathToFileURL(join(folder, `${of}.html`)).href;
        opened.push(url);
        await page.goto(url);
        await shoot(page, `page-${of}-${name}`);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        expect([url, await problemsOf(page)]).toEqual([url, []]);
      }
      // Nothing was asked for but the pages, and nothing was refused.
      expect(said).toEqual(opened);
    }, look);
  },
);

test('on paper it is black on white, also for those who like it dark, and the numbers are unfolded', async () => {
  await withPage(
    async (page) => {
      await page.goto(pathToFileURL(join(folder, 'index.html')).href);
      await page.emulateMedia({ media: 'print' });
      const colours = await page.evaluate(
        '[getComputedStyle(document.body)].map((one) => [one.backgroundColor, one.color])',
      );
      expect(colours).toEqual([['rgb(255, 255, 255)', 'rgb(0, 0, 0)']]);
      const table = page.locator('details table').first();
      expect((await table.boundingBox())?.height).toBeGreaterThan(500);
    },
    { colorScheme: 'dark' },
  );
});
