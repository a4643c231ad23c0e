import { expect, test } from '@jest/globals';
import { layout } from '../../../testing/layout.ts';
import { ownFolders } from '../../layout.ts';
import { lifecycleRules, mergedRules } from './lifecycle.ts';

const REPORTS = [{ name: 'beef_cooking_time', step: 'prepare' }];
const FOLDERS = ownFolders(layout, REPORTS, { lake: true, output: true });
const POLICIES = { folders: FOLDERS, stagingDays: 2, oldVersionDays: 30, versioning: true };
const FOREIGN = { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 1 } } as const;

const UPLOADS = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } };
const VERSIONS = { NoncurrentVersionExpiration: { NoncurrentDays: 30 } };

test.each(['', 'lake/'])('below %j each rule is of a folder of ours, so that nothing of others goes', (root) => {
  const rules = lifecycleRules(root, POLICIES);
  const acts = rules.map(({ ID: _id, Status: _status, Filter, ...act }) => [Filter?.Prefix?.slice(root.length), act]);
  expect(acts).toStrictEqual([
    ['_staging/recipes/', { Expiration: { Days: 2 }, ...UPLOADS, ...VERSIONS }],
    ['_staging/beef_cooking_time/', { Expiration: { Days: 2 }, ...UPLOADS, ...VERSIONS }],
    ['quarantine/recipe_changes/year=', { ...UPLOADS, ...VERSIONS }],
    ['recipes/year=', { ...UPLOADS, ...VERSIONS }],
    ['beef_cooking_time/year=', { ...UPLOADS, ...VERSIONS }],
    ['pages/index.html', { ...UPLOADS, ...VERSIONS }],
    ['pages/beef_cooking_time/', { ...UPLOADS, ...VERSIONS }],
    ['manifests/landing/', { ...UPLOADS, ...VERSIONS }],
    ['manifests/dataload/', { ...UPLOADS, ...VERSIONS }],
    ['manifests/prepare/', { ...UPLOADS, ...VERSIONS }],
    ['events/recipe_changes/', VERSIONS],
  ]);
  expect(rules.every(({ Filter }) => Filter?.Prefix?.startsWith(root))).toBe(true);
  expect(new Set(rules.map(({ ID }) => ID)).size).toBe(rules.length);
});

test('in a bucket of the reports alone there are rules for nothing else', () => {
  const folders = ownFolders(layout, REPORTS, { lake: false, output: true });
  expect(lifecycleRules('', { ...POLICIES, folders }).map(({ Filter }) => Filter?.Prefix)).toStrictEqual([
    '_staging/beef_cooking_time/',
    'beef_cooking_time/year=',
    'pages/index.html',
    'pages/beef_cooking_time/',
  ]);
});

test('no version goes where none are asked to be kept', () => {
  const rules = lifecycleRules('', { ...POLICIES, versioning: false });
  expect(rules).toHaveLength(10);
  expect(rules.some(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration !== undefined)).toBe(false);
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
  const wide = { ID: 'recipe-etl lake/: uploads', Status: 'Enabled', Filter: { Prefix: 'lake/' } } as const;
  expect(mergedRules([wide, FOREIGN, ...wanted], 'lake/', wanted)).toStrictEqual([FOREIGN, ...wanted]);
  expect(mergedRules(wanted, 'lake/', wanted.slice(0, 2))).toStrictEqual(wanted.slice(0, 2));
});
