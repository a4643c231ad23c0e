/** Which lifecycle rules a lake asks of its bucket: pure; rules of others stay as they are. */
import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { BucketPolicies } from '../store.ts';

/** @param root of the lake in the bucket; '' or ending with a slash */
export function lifecycleRules(
  root: string,
  policies: Pick<BucketPolicies, 'stagingDays' | 'oldVersionDays' | 'versioning'>,
): LifecycleRule[] {
  // S3 counts whole days from one on.
  const stagingDays = Math.max(1, policies.stagingDays);
  const oldVersionDays = Math.max(1, policies.oldVersionDays);
  const rule = (name: string, prefix: string, acts: Partial<LifecycleRule>): LifecycleRule => {
    return { ID: `${idPrefix(root)}${name}`, Status: 'Enabled', Filter: { Prefix: prefix }, ...acts };
  };
  return [
    rule('staging', `${root}_staging/`, { Expiration: { Days: stagingDays } }),
    rule('uploads', root, { AbortIncompleteMultipartUpload: { DaysAfterInitiation: stagingDays } }),
    ...(policies.versioning
      ? [rule('versions', root, { NoncurrentVersionExpiration: { NoncurrentDays: oldVersionDays } })]
      : []),
  ];
}

const idPrefix = (root: string): string => `recipe-etl ${root}: `;

/** @returns the rules that the bucket should have; undefined where it has them already */
export function mergedRules(existing: readonly LifecycleRule[], root: string, wanted: readonly LifecycleRule[]) {
  const isOurs = ({ ID = '' }: LifecycleRule): boolean => ID.startsWith(idPrefix(root));
  const ours = existing.filter(isOurs);
  const isSame = ours.length === wanted.length && wanted.every((rule) => ours.some((other) => isSameRule(rule, other)));
  return isSame ? undefined : [...existing.filter((rule) => !isOurs(rule)), ...wanted];
}

/** Stores add fields of their own; only what is asked for is compared. */
function isSameRule(wanted: LifecycleRule, found: LifecycleRule): boolean {
  return (
    wanted.ID === found.ID &&
    found.Status === wanted.Status &&
    (found.Filter?.Prefix ?? '') === (wanted.Filter?.Prefix ?? '') &&
    found.Expiration?.Days === wanted.Expiration?.Days &&
    found.AbortIncompleteMultipartUpload?.DaysAfterInitiation ===
      wanted.AbortIncompleteMultipartUpload?.DaysAfterInitiation &&
    found.NoncurrentVersionExpiration?.NoncurrentDays === wanted.NoncurrentVersionExpiration?.NoncurrentDays
  );
}
