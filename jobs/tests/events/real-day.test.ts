import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { judgeDayByDuckDb } from '../oracles/duckdb-oracle.ts';
import { reportFromRows } from '../oracles/duckdb-report.ts';
import { judgeDay } from '../oracles/oracle.ts';
import { testOfRealDay } from './test-of-real-day.ts';

testOfRealDay(
  'the 484 real events give the known report in both oracles',
  async (file) => {
    const files = [{ name: 'recipes-000.json', bytes: readFileSync(file) }];
    const day = judgeDay(files);
    expect(await judgeDayByDuckDb(files)).toEqual(day);
    expect(day.counts).toEqual({ read: 484, published: 484, superseded: 0, quarantined: 0, blank: 0 });
    expect(day.rows.filter(({ name }) => name === null)).toHaveLength(3);
    const report = await reportFromRows(day.rows);
    expect(report.csv).toBe(
      'difficulty,avg_total_cooking_time\neasy,21.2\nmedium,48.333333333333336\nhard,166.8181818181818\n',
    );
    expect(report.recipes).toEqual({ easy: 5, medium: 6, hard: 11 });
  },
  30_000,
);
