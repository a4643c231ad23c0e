/** Which lifecycle rules a lake asks of its bucket: pure; rules of others stay as they are. */
import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { StorePolicies } from '../store.ts';

/**
 * One rule a folder of ours, since others may use the same bucket.
 *
 * @param root of the lake in the bucket; '' or ending with a slash
 */
export function lifecycleRules(
  root: string,
  { folders, stagingDays, oldVersionDays, versioning }: LifecyclePolicies,
): LifecycleRule[] {
  const rule = (prefix: string, acts: Partial<LifecycleRule>): LifecycleRule => {
    return { ID: `${idPrefix(root)}${prefix}`, Status: 'Enabled', Filter: { Prefix: `${root}${prefix}` }, ...acts };
  };
  // S3 counts whole days from one on.
  const Days = Math.max(1, stagingDays);
  const uploads = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: Days } };
  const versions = { NoncurrentVersionExpiration: { NoncurrentDays: Math.max(1, oldVersionDays) } };
  const kept = versioning ? versions : {};
  return [
    ...folders.staging.map((prefix) => rule(prefix, { Expiration: { Days }, ...uploads, ...kept })),
    ...folders.published.map((prefix) => rule(prefix, { ...uploads, ...kept })),
    // Uploads to the landing are those of others.
    ...(versioning && folders.landing !== undefined ? [rule(folders.landing, versions)] : []),
  ];
}

export type LifecyclePolicies = Pick<StorePolicies, 'folders' | 'stagingDays' | 'oldVersionDays' | 'versioning'>;

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
