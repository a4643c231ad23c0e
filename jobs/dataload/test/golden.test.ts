/** The complete plans of the job, as they are sent; `npm run golden` writes them anew, and the diff is reviewed. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Plan, planToJson } from 'spark-connect';
import { golden, planSession } from 'spark-connect/testing';
import { plansOf } from '../src/plan/plan.ts';
import { loadSchemas } from '../src/rules/schemas.ts';
import { jsonFiles } from '../src/sources/files.ts';

const spark = planSession();
const files = ['a.json', 'b.ndjson.gz'].map((name) => ({ name, url: `/landing/${name}`, sizeBytes: 1, etag: 'e' }));
const input = { source: 'files', folder: '/landing', files, ignored: [] } as const;
const readFrom = { use: 'read', dataset: '/landing' } as const;
const frozen = { files, fingerprint: '', bytes: 2, input, readFrom };
const plans = plansOf(
  jsonFiles.lines(spark, frozen),
  (isWanted) => jsonFiles.linesWithOrigin(spark, frozen, isWanted),
  loadSchemas('schema/schemas.yml'),
);
/** Of one broken line. */
const suspects = Uint8Array.of(0, 0x10, 0, 0);
const further = plans.further({ suspects_0: suspects });
const none = { ...frozen, files: [] };

/** The table of entities is 30 KB of literals wherever text is decoded; its hash says as much. */
const shortened = (plan: Plan): unknown =>
  JSON.parse(JSON.stringify(planToJson(plan)), (_key, value: unknown) => {
    if (typeof value !== 'string' || value.length < 1000) return value;
    return `${value.length} characters, sha256 ${createHash('sha256').update(value).digest('hex')}`;
  });

test.each([
  ['day', plans.day.toPlan('/staging/day')],
  ['quarantine', further.quarantine.toPlan('/staging/quarantine')],
  ['quarantine-of-any-line', plans.further({}).quarantine.toPlan('/staging/quarantine')],
  ['unknown-fields', further.unknownFields.toPlan()],
  ['no-files', jsonFiles.lines(spark, none).toPlan()],
] as const)('the plan %s is the one that was reviewed', (name, plan) => {
  const actual = shortened(plan);
  expect(actual).toEqual(golden(join(import.meta.dirname, 'golden', `${name}.json`), actual));
});

test('the same input and schemas give the same plan', () => {
  const again = plansOf(
    jsonFiles.lines(spark, frozen),
    (isWanted) => jsonFiles.linesWithOrigin(spark, frozen, isWanted),
    loadSchemas('schema/schemas.yml'),
  );
  expect(shortened(again.day.toPlan('/x'))).toEqual(shortened(plans.day.toPlan('/x')));
});
