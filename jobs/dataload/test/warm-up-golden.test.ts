/** What the Spark image warms itself with: the plans of the job, as bytes; `npm run golden` writes them anew. */
import { expect, test } from '@jest/globals';
import { executePlanMessage, isGoldenBytes, planSession } from 'spark-connect/testing';
import { plansOf } from '../src/plan/plan.ts';
import { loadSchemas } from '../src/rules/schemas.ts';
import { jsonFiles } from '../src/sources/files.ts';

const spark = planSession();
const files = [{ name: 'events.txt', url: 'file:/opt/spark/warm-up/events.txt', sizeBytes: 1, etag: 'e' }];
const frozen = {
  files,
  bytes: 1,
  fingerprint: '',
  input: { source: 'files', folder: '/', files, ignored: [] },
} as const;
const plans = plansOf(
  jsonFiles.lines(spark, frozen),
  jsonFiles.linesWithOrigin(spark, frozen),
  loadSchemas('schema/schemas.yml'),
);

test.each([
  ['1-day', plans.day.toPlan('file:/work/warm-up/day')],
  ['2-quarantine', plans.quarantine.toPlan('file:/work/warm-up/quarantine')],
])('the request %s holds the plan of the job', (name, plan) => {
  const file = `docker/spark-connect/warm-up/${name}.ExecutePlan`;
  expect(isGoldenBytes(file, executePlanMessage(plan))).toBe(true);
});
