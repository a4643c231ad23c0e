import { expect, test } from '@jest/globals';
import { lakeOfDays } from '../../test/lake-of-days.ts';
import { unpublishedManifest } from '../../testing/publish-day.ts';
import { formatManifest, MANIFEST_VERSION } from '../publish/manifest.ts';
import { parseLogicalDate } from '../logical-date.ts';
import { usualRows } from './usual-rows.ts';

/** A lake in which each day is published with so many rows. */
async function usualIn(rowsByDay: Readonly<Record<string, number>>, date = '2020-01-03') {
  const { lake, layout } = lakeOfDays();
  for (const [iso, rows] of Object.entries(rowsByDay)) {
    const staged = { key: 'k', sizeBytes: 1, sha256: 'a'.repeat(64), rows };
    const part = { manifestVersion: MANIFEST_VERSION, staged, quarantine: null, replaces: null } as const;
    const manifest = { ...unpublishedManifest('r'), logicalDate: iso, ...part };
    await lake.put(layout.currentManifest('dataload', parseLogicalDate(iso)), formatManifest(manifest));
  }
  return await usualRows(lake, layout, parseLogicalDate(date));
}

test('an odd number of days has the one in the middle, an even number the mean of two', async () => {
  expect(await usualIn({ '2019-12-30': 7, '2019-12-31': 100, '2020-01-02': 9 })).toStrictEqual({ median: 9, days: 3 });
  expect(await usualIn({ '2020-01-01': 7, '2020-01-02': 10 })).toStrictEqual({ median: 8.5, days: 2 });
});

test('the day itself, later ones, those of more than 28 days ago and those without rows do not count', async () => {
  const rows = { '2019-12-05': 1, '2019-12-06': 2, '2020-01-02': 0, '2020-01-03': 3, '2020-01-04': 4 };
  expect(await usualIn(rows)).toStrictEqual({ median: 2, days: 1 });
});

test('only the seven newest count', async () => {
  const days = Array.from({ length: 9 }, (_, index) => [`2020-01-1${index}`, index] as const);
  expect(await usualIn(Object.fromEntries(days), '2020-01-20')).toStrictEqual({ median: 5, days: 7 });
});

test('without any there is no measure; what is no manifest counts for nothing', async () => {
  expect(await usualIn({})).toBeUndefined();
  const { lake, layout } = lakeOfDays();
  const date = parseLogicalDate('2019-11-29');
  await lake.put(layout.currentManifest('dataload', parseLogicalDate('2019-11-28')), new TextEncoder().encode('{}'));
  expect(await usualRows(lake, layout, date)).toBeUndefined();
});
