import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { bucketPolicies, TEMPLATE_FILE } from './bucket-policies.ts';
import { ROLES, type PolicyTemplate, type Role } from './store-rights.ts';

const template = JSON.parse(readFileSync(TEMPLATE_FILE, 'utf8')) as PolicyTemplate;
/** As long as docker/make-env.sh makes them. */
const accessKeyIds = Object.fromEntries(ROLES.map((role) => [role, `${role}0123456789ab`])) as Record<Role, string>;

test('lake and output in two buckets have a policy each, with their own roots and keys in it', () => {
  const made = bucketPolicies(template, { lake: 's3://lake/of/ours/', output: 's3://reports', accessKeyIds });
  expect(made.map(({ bucket }) => bucket)).toEqual(['lake', 'reports']);
  const [lake = '', reports = ''] = made.map(({ policy }) => policy);
  expect(lake).toContain('"arn:aws:s3:::lake/of/ours/recipes/*"');
  expect(lake).toContain('"of/ours/_staging/*"');
  expect(lake).toContain('"spark0123456789ab"');
  expect(reports).toContain('"arn:aws:s3:::reports/*"');
  expect(lake + reports).not.toContain('$');
});

test('lake and output in one bucket share its policy, which still fits', () => {
  const names = { lake: 's3://recipe-etl-lake/recipes', output: 's3://recipe-etl-lake/reports', accessKeyIds };
  const [both, ...others] = bucketPolicies(template, names);
  expect(others).toEqual([]);
  expect(both?.policy).toContain('"arn:aws:s3:::recipe-etl-lake/recipes/_staging/*"');
  expect(both?.policy).toContain('"arn:aws:s3:::recipe-etl-lake/reports/*"');
});

test('names with which the store cannot keep the policy are refused', () => {
  const lake = `s3://${'b'.repeat(63)}/${'prefix/'.repeat(9)}`;
  expect(() => bucketPolicies(template, { lake, output: 's3://reports', accessKeyIds })).toThrow(
    /the policy of bucket b+ has \d+ bytes, and the store keeps 3800: take shorter names/,
  );
});
