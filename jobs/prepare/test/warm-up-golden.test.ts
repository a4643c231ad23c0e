/** What the Spark image warms itself with: the plan of a report, as bytes, and the end; `npm run golden` writes them anew. */
import { expect, test } from '@jest/globals';
import { executePlanMessage, isGoldenBytes, planSession, releaseSessionMessage } from 'spark-connect/testing';
import { loadReports } from '../src/reports/load-reports.ts';
import { planOf } from '../src/reports/plan.ts';

const [report] = loadReports('schema/schemas.yml');
const { totals } = planOf(planSession(), 'file:/work/warm-up/day', report!);

test.each([
  ['3-report.ExecutePlan', executePlanMessage(totals.toPlan())],
  ['4-end.ReleaseSession', releaseSessionMessage()],
])('the request %s is what the job sends', (name, message) => {
  expect(isGoldenBytes(`docker/spark-connect/warm-up/${name}`, message)).toBe(true);
});
