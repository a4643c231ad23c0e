/** Has a bucket do by itself what the configuration says: versioning, default encryption, lifecycle. */
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  type LifecycleRule,
  type PutBucketLifecycleConfigurationCommandInput,
} from '@aws-sdk/client-s3';
import type { S3Bucket } from './bucket.ts';
import { isUnsupported, nameOf } from './errors.ts';
import { lifecycleRules, mergedRules } from './lifecycle.ts';
import { encryptionInput } from './settings.ts';
import type { BucketPolicies, PolicyOutcome, StorePolicies } from '../store.ts';

type Told = Omit<PolicyOutcome, 'policy'>;

/** One policy: whether something has to be done, and how. */
interface Policy {
  readonly policy: PolicyOutcome['policy'];
  readonly isAsked: boolean;
  /** What is to be done, in words; undefined where the bucket has it already. */
  readonly differs: () => Promise<{ readonly detail: string; readonly set: () => Promise<unknown> } | undefined>;
}

export async function applyPolicies(
  bucket: S3Bucket,
  policies: StorePolicies,
  isDryRun: boolean,
): Promise<PolicyOutcome[]> {
  const outcomes: PolicyOutcome[] = [];
  for (const policy of [versioning(bucket, policies), encryption(bucket, policies), lifecycle(bucket, policies)]) {
    outcomes.push({ policy: policy.policy, ...(await apply(bucket, policy, isDryRun)) });
  }
  return outcomes;
}

async function apply(bucket: S3Bucket, { policy, isAsked, differs }: Policy, isDryRun: boolean): Promise<Told> {
  if (!isAsked) return { outcome: 'not asked for' };
  try {
    const change = await differs();
    if (change === undefined) return { outcome: 'already set' };
    if (!isDryRun) await change.set();
    return { outcome: 'set', detail: change.detail };
  } catch (error) {
    if (isUnsupported(error)) return { outcome: 'not supported by this store' };
    return bucket.cannot(`set the ${policy} of`)(error);
  }
}

function versioning({ client, name }: S3Bucket, { versioning: isAsked }: BucketPolicies): Policy {
  const named = { Bucket: name };
  const set = () =>
    client.send(new PutBucketVersioningCommand({ ...named, VersioningConfiguration: { Status: 'Enabled' } }));
  const differs = async () => {
    const { Status } = await client.send(new GetBucketVersioningCommand(named));
    return Status === 'Enabled' ? undefined : { detail: 'earlier states of objects are kept', set };
  };
  return { policy: 'versioning', isAsked, differs };
}

function encryption({ client, name, settings }: S3Bucket, { encryption: kind }: BucketPolicies): Policy {
  const named = { Bucket: name };
  const { ServerSideEncryption: SSEAlgorithm = 'AES256', SSEKMSKeyId: KMSMasterKeyID } = encryptionInput({
    encryption: kind,
    kmsKey: settings.kmsKey,
  });
  const wanted = { SSEAlgorithm, ...(KMSMasterKeyID === undefined ? {} : { KMSMasterKeyID }) };
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: wanted }] };
  const set = () => client.send(new PutBucketEncryptionCommand({ ...named, ServerSideEncryptionConfiguration }));
  const differs = async () => {
    const answer = await client
      .send(new GetBucketEncryptionCommand(named))
      .catch(noneIf('ServerSideEncryptionConfigurationNotFoundError'));
    const found = answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    const isSame = found?.SSEAlgorithm === SSEAlgorithm && found.KMSMasterKeyID === KMSMasterKeyID;
    return isSame ? undefined : { detail: `new objects are encrypted with ${SSEAlgorithm}`, set };
  };
  return { policy: 'encryption', isAsked: kind !== 'none', differs };
}

/** Set for all rules of a bucket: a request without it takes it back. */
const MIN_SIZE = 'TransitionDefaultMinimumObjectSize';

function lifecycle(bucket: S3Bucket, policies: StorePolicies): Policy {
  const { client, name } = bucket;
  const named = { Bucket: name };
  const root = bucket.fullKey('');
  const wanted = lifecycleRules(root, policies);
  const set =
    (Rules: LifecycleRule[], others: Pick<PutBucketLifecycleConfigurationCommandInput, typeof MIN_SIZE>) => () =>
      client.send(
        new PutBucketLifecycleConfigurationCommand({ ...named, ...others, LifecycleConfiguration: { Rules } }),
      );
  const differs = async () => {
    const answer = await client
      .send(new GetBucketLifecycleConfigurationCommand(named))
      .catch(noneIf('NoSuchLifecycleConfiguration'));
    const rules = mergedRules(answer?.Rules ?? [], root, wanted);
    const detail = `${wanted.length} rules: staging and unfinished uploads go after ${Math.max(1, policies.stagingDays)} days`;
    if (rules === undefined) return undefined;
    const minSize = answer?.[MIN_SIZE];
    return { detail, set: set(rules, minSize === undefined ? {} : { [MIN_SIZE]: minSize }) };
  };
  return { policy: 'lifecycle', isAsked: true, differs };
}

/** For `catch`: accepts that a policy was never set. */
const noneIf =
  (name: string) =>
  (error: unknown): undefined => {
    if (nameOf(error) !== name) throw error;
    return undefined;
  };
