/** What the Spark image warms itself with: the session and the plans of the job for a small day, as bytes; `npm run golden` writes them anew. */
import { expect, test } from '@jest/globals';
import { dayConfs, loadConfig } from 'runtime';
import { configMessage, executePlanMessage, isGoldenBytes, planSession } from 'spark-connect/testing';
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
  readFrom: { use: 'read', dataset: '/' },
} as const;
const plans = plansOf(
  jsonFiles.lines(spark, frozen),
  (isWanted) => jsonFiles.linesWithOrigin(spark, frozen, isWanted),
  loadSchemas('schema/schemas.yml'),
);

const confs = dayConfs(loadConfig('local', 'configs', {}), frozen.bytes);

test.each([
  ['0-session.Config', configMessage(confs)],
  ['1-day.ExecutePlan', executePlanMessage(plans.day.toPlan('file:/work/warm-up/day'))],
  [
    '2-quarantine.ExecutePlan',
    executePlanMessage(
      plans.further({ suspects_0: new Uint8Array(4096).fill(0xff) }).quarantine.toPlan('file:/work/warm-up/quarantine'),
    ),
  ],
])('the request %s is what the job sends', (name, message) => {
  expect(isGoldenBytes(`docker/spark-connect/warm-up/${name}`, message)).toBe(true);
});
