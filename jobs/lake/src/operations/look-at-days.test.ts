import { expect, test } from '@jest/globals';
import { lakeOfDays, loadDay, reportDay } from '../../test/lake-of-days.ts';
import { interceptedStore } from '../../testing/faulty-store.ts';
import { layout } from '../../testing/layout.ts';
import { bytes } from '../../testing/publish-day.ts';
import { parseLogicalDate } from '../logical-date.ts';
import { lookAtDays, newestDays } from './look-at-days.ts';

test('a gap of years costs a few listings, and each day of it is there as one of which nothing lies in the lake', async () => {
  let calls = 0;
  const lake = lakeOfDays((store) => interceptedStore(store, async (_name, _number, act) => (calls++, act())).store);
  await loadDay(lake, '2012-02-28', 'run-1', 'one');
  await loadDay(lake, '2020-02-28', 'run-1', 'one');
  calls = 0;
  const found = await lookAtDays(lake, {});
  expect(found).toHaveLength(2923);
  expect(found.filter(({ table }) => table !== undefined).map(({ date }) => date)).toEqual([
    '2012-02-28',
    '2020-02-28',
  ]);
  expect(calls).toBeLessThan(80);
});

test('a report that something else put there is found although the lake knows nothing of its day', async () => {
  const lake = lakeOfDays();
  await loadDay(lake, '2020-01-01', 'run-1', 'one');
  await loadDay(lake, '2020-01-03', 'run-1', 'one');
  await lake.output.put(layout.report('beef_cooking_time', parseLogicalDate('2020-01-02')), bytes('a,b\n'));
  const [, foreign] = await lookAtDays(lake, {});
  expect(foreign?.reports[0]?.data).toMatchObject({ sizeBytes: 4, manifest: undefined });
});

test('the newest days are counted by the table and by what was refused, and the range that they begin is open', async () => {
  const lake = lakeOfDays();
  expect(await newestDays(lake, 2)).toBeUndefined();
  for (const date of ['2020-01-01', '2020-01-05', '2020-01-09']) await loadDay(lake, date, 'run-1', 'one');
  await reportDay(lake, '2020-01-09', 'report-1');
  expect(await newestDays(lake, 2)).toEqual({ from: parseLogicalDate('2020-01-05') });
  expect(await newestDays(lake, 90)).toEqual({ from: parseLogicalDate('2020-01-01') });
  const findings = [{ severity: 'error', code: 'shrinkage', message: 'the day shrinks' }] as const;
  const refused = loadDay(lake, '2020-01-07', 'run-1', 'one', { findings });
  await expect(refused).rejects.toMatchObject({ code: 'quality' });
  expect(await newestDays(lake, 2)).toEqual({ from: parseLogicalDate('2020-01-07') });
});
