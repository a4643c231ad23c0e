/** The complete plan of the job, as it is sent; `npm run golden` writes it anew, and the diff is reviewed. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { planToJson } from 'spark-connect';
import { golden, planSession } from 'spark-connect/testing';
import { loadReports } from '../src/reports/load-reports.ts';
import { planOf } from '../src/reports/plan.ts';

test('the plan of the report is the one that was reviewed', () => {
  const [report] = loadReports('schema/schemas.yml');
  const actual: unknown = planToJson(planOf(planSession(), '/lake/recipes.parquet', report!).totals.toPlan());
  expect(actual).toEqual(golden(join(import.meta.dirname, 'golden', 'beef-cooking-time.json'), actual));
});
