/** A whole page as it is written; `npm run golden` writes it anew, and the diff is reviewed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { indexPage } from '../src/pages/index-page.ts';
import { foundDay, nothingOf, refusedDay, viewOf } from '../testing/found-days.ts';

test('the index of a published, a missing, a refused and a newer day is the page that was reviewed', () => {
  const page = indexPage(
    viewOf([foundDay('2020-02-26'), nothingOf('2020-02-27'), refusedDay('2020-02-28'), foundDay('2020-02-29')]),
  );
  const file = join(import.meta.dirname, 'golden/index.html');
  if (process.env['GOLDEN'] === 'write') writeFileSync(file, page);
  expect(page).toBe(readFileSync(file, 'utf8'));
});
