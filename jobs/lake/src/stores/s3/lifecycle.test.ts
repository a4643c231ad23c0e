import { expect, test } from '@jest/globals';
import { lifecycleRules, mergedRules } from './lifecycle.ts';

const POLICIES = { stagingDays: 2, oldVersionDays: 30, versioning: true };
const FOREIGN = { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 1 } } as const;

test('staging expires, uploads are aborted, and old versions go where versions are kept', () => {
  const rules = lifecycleRules('lake/', POLICIES);
  expect(rules).toMatchObject([
    { Filter: { Prefix: 'lake/_staging/' }, Expiration: { Days: 2 } },
    { Filter: { Prefix: 'lake/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } },
    { Filter: { Prefix: 'lake/' }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
  ]);
  expect(new Set(rules.map(({ ID }) => ID)).size).toBe(3);
  expect(lifecycleRules('', { ...POLICIES, versioning: false })).toHaveLength(2);
});

test('no rule counts less than a day', () => {
  expect(lifecycleRules('', { ...POLICIES, stagingDays: 0 })[0]).toMatchObject({ Expiration: { Days: 1 } });
});

test('rules of others stay, our own are replaced, and what is right already is left alone', () => {
  const wanted = lifecycleRules('lake/', POLICIES);
  const old = lifecycleRules('lake/', { ...POLICIES, stagingDays: 9 });
  const other = lifecycleRules('', POLICIES);
  expect(mergedRules([FOREIGN, ...old, ...other], 'lake/', wanted)).toStrictEqual([FOREIGN, ...other, ...wanted]);
  expect(mergedRules([], 'lake/', wanted)).toStrictEqual(wanted);
  expect(mergedRules([...wanted.toReversed(), FOREIGN], 'lake/', wanted)).toBeUndefined();
  expect(mergedRules(wanted, 'lake/', wanted.slice(0, 2))).toStrictEqual(wanted.slice(0, 2));
});
