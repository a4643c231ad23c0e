/** `lake policies`: has the buckets of lake and output do by themselves what the configuration says. */
import type { BucketPolicies, ObjectStore, PolicyOutcome } from '../stores/store.ts';
import { storesOf, type LakeContext } from './context.ts';

export interface StorePolicies {
  readonly uri: string;
  readonly outcomes: readonly PolicyOutcome[];
}

const POLICIES = ['versioning', 'encryption', 'lifecycle'] as const;

/** @param isDryRun only says what would be set */
export async function setPolicies(
  context: Pick<LakeContext, 'lake' | 'output' | 'signal'>,
  policies: BucketPolicies,
  isDryRun: boolean,
): Promise<StorePolicies[]> {
  const done: StorePolicies[] = [];
  for (const store of storesOf(context)) {
    context.signal.throwIfAborted();
    done.push({ uri: store.uri, outcomes: await outcomesOf(store, policies, isDryRun) });
  }
  return done;
}

async function outcomesOf(store: ObjectStore, policies: BucketPolicies, isDryRun: boolean): Promise<PolicyOutcome[]> {
  if (store.applyPolicies !== undefined) return store.applyPolicies(policies, isDryRun);
  return POLICIES.map((policy) => ({ policy, outcome: 'not supported by this store' }));
}
