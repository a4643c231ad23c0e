/** `lake policies`: sets versioning, encryption and lifecycle of the buckets as the configuration says. */
import type { BucketPolicies, ObjectStore, PolicyOutcome, StorePolicies } from '../stores/store.ts';
import { foldersIn, storesOf, type LakeContext } from './context.ts';

export interface SetPolicies {
  readonly uri: string;
  readonly outcomes: readonly PolicyOutcome[];
}

const POLICIES = ['versioning', 'encryption', 'lifecycle'] as const;

/** @param isDryRun only says what would be set */
export async function setPolicies(
  context: Pick<LakeContext, 'lake' | 'output' | 'layout' | 'reports' | 'signal'>,
  policies: BucketPolicies,
  isDryRun: boolean,
): Promise<SetPolicies[]> {
  const done: SetPolicies[] = [];
  for (const store of storesOf(context)) {
    context.signal.throwIfAborted();
    done.push({
      uri: store.uri,
      outcomes: await outcomesOf(store, { ...policies, folders: foldersIn(context, store) }, isDryRun),
    });
  }
  return done;
}

async function outcomesOf(store: ObjectStore, policies: StorePolicies, isDryRun: boolean): Promise<PolicyOutcome[]> {
  if (store.applyPolicies !== undefined) return store.applyPolicies(policies, isDryRun);
  return POLICIES.map((policy) => ({ policy, outcome: 'not supported by this store' }));
}
