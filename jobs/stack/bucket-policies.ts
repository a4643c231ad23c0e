/** The bucket policies of a stack: docker/object-store/policies.json with the stack's own buckets and keys in it. */
import { LakeError } from 'lake';
import { ROLES, type PolicyTemplate, type Role, type Statement } from './store-rights.ts';

export const TEMPLATE_FILE = 'docker/object-store/policies.json';

/** The gateway keeps it beside the bucket's folder; ext4 has 4 KB for all that lies there, and the gateway answers 500 to more. */
const MAX_BYTES = 3_800;

export interface PolicyNames {
  /** `s3://bucket[/prefix]` */
  readonly lake: string;
  readonly output: string;
  readonly accessKeyIds: Readonly<Record<Role, string>>;
}

/** @returns a policy for each bucket; there is one where lake and output share it. @throws LakeError config where a store cannot keep it */
export function bucketPolicies(template: PolicyTemplate, { lake, output, accessKeyIds }: PolicyNames) {
  const keys = Object.fromEntries(ROLES.map((role) => [role.toUpperCase(), accessKeyIds[role]]));
  const filled = Object.entries({ lake, output }).map(([place, uri]) => {
    const { host: BUCKET, pathname } = new URL(uri);
    const prefix = pathname.replaceAll(/^\/+|\/+$/g, '');
    const names: Record<string, string> = { ...keys, BUCKET, ROOT: prefix === '' ? '' : `${prefix}/` };
    const text = JSON.stringify(template[place as keyof PolicyTemplate]);
    return { bucket: BUCKET, Statement: JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, (_, name) => names[name]!)) };
  });
  return Array.from(
    Map.groupBy(filled, ({ bucket }) => bucket),
    ([bucket, parts]) => {
      const policy = { Version: '2012-10-17', Statement: parts.flatMap((part): Statement[] => part.Statement) };
      return { bucket, policy: assertKept(bucket, JSON.stringify(policy)) };
    },
  );
}

function assertKept(bucket: string, policy: string): string {
  if (policy.length <= MAX_BYTES) return policy;
  const message = `the policy of bucket ${bucket} has ${policy.length} bytes, and the store keeps ${MAX_BYTES}: take shorter names, or a bucket each, for RECIPE_ETL_LAKE and RECIPE_ETL_OUTPUT`;
  throw new LakeError('config', message);
}
