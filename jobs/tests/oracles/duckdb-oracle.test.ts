import { expect, test } from '@jest/globals';
import { dirtyDay, WAYS } from '../events/dirty-day.ts';
import { judgeDayByDuckDb } from './duckdb-oracle.ts';
import { readSchemas } from './schemas.ts';
import { judgeDay } from './oracle.ts';

test.each([11, 12, 13])('TypeScript and DuckDB come to the same judgement of a dirty day (seed %d)', async (seed) => {
  const { files } = dirtyDay({ seed, lines: 2000, brokenShare: 0.45 });
  const day = judgeDay(files);
  expect(day.counts.quarantined).toBeGreaterThan(WAYS.length * 10);
  expect(await judgeDayByDuckDb(files)).toEqual(day);
});

test('DuckDB stops at a check that it does not know', async () => {
  const schemas = readSchemas();
  const rules = [
    ...schemas.rules,
    { name: 'new', field: 'name', check: 'new_check', severity: 'error', message: '' } as const,
  ];
  const { files } = dirtyDay({ seed: 1, lines: 10, brokenShare: 0 });
  await expect(judgeDayByDuckDb(files, { ...schemas, rules })).rejects.toThrow('no check "new_check"');
  expect(() => judgeDay(files, { ...schemas, rules })).toThrow('no check "new_check"');
});
