/** The 484 real events give exactly the known numbers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { reportFromLake } from '../../oracles/duckdb-report.ts';
import { testLake, testSession } from '../../lakes/in-process.ts';
import { testOfRealDay } from '../../events/test-of-real-day.ts';

const DATE = '2019-11-29';

testOfRealDay(
  '484 real events are all accepted, with their warnings counted, and give the known report',
  async (realDay) => {
    await using spark = await testSession();
    await using lake = await testLake(spark);
    await lake.land([{ name: 'recipes-000.json', bytes: await readFile(realDay) }]);
    expect(await lake.dataload(DATE)).toMatchObject({
      outcome: 'published',
      counts: {
        read: 484,
        published: 484,
        superseded: 0,
        quarantined: 0,
        blank: 0,
        reasons: {},
        warnings: { 'name_blank:name': 3, 'cook_time_unknown:cookTime': 157, 'prep_time_unknown:prepTime': 127 },
        unknownFields: {},
      },
    });
    expect(await lake.prepare(DATE)).toMatchObject({
      outcome: 'published',
      counts: { recipes: 484, easy: 5, medium: 6, hard: 11 },
    });
    const csv = 'difficulty,avg_total_cooking_time\neasy,21.2\nmedium,48.333333333333336\nhard,166.8181818181818\n';
    const report = join(lake.output, 'beef_cooking_time/year=2019/month=11/day=29/beef_cooking_time.csv');
    expect(await readFile(report, 'utf8')).toBe(csv);
    expect((await reportFromLake(lake.lake, DATE)).csv).toBe(csv);
  },
  120_000,
);
