/** Decides whether and when a failed call is tried again. */
import { tlsAdvice } from './tls-advice.ts';
import { Status } from './transport.ts';

export interface RetryPolicy {
  /** Tries after the first one, without any success between. */
  readonly maxRetries: number;
  readonly firstWaitMs: number;
  readonly factor: number;
  readonly maxWaitMs: number;
  /** Added where the wait is at least {@link jitterFromMs}, so that many clients do not come back at once. */
  readonly maxJitterMs: number;
  readonly jitterFromMs: number;
  /** The longest delay a server may ask for. */
  readonly maxServerDelayMs: number;
  /** From the first failure to the last try, without any success between. */
  readonly budgetMs: number;
}

/** That of Spark's own clients: 15 tries over about ten minutes. */
export const defaultRetryPolicy: RetryPolicy = {
  maxRetries: 15,
  firstWaitMs: 50,
  factor: 4,
  maxWaitMs: 60_000,
  maxJitterMs: 500,
  jitterFromMs: 2_000,
  maxServerDelayMs: 600_000,
  budgetMs: 600_000,
};

/** What the policy must know of a failure. */
export interface Failure {
  readonly status: number;
  readonly message: string;
  readonly details: { readonly retryDelayMs?: number };
}

/** Failures in a row, without any success between them. */
export interface Failures {
  readonly count: number;
  readonly sinceMs: number;
}

/** True for failures of the way, not of the work: the server may well not have seen the call, or still be at it. */
export function isRetryable({ status, message, details }: Failure): boolean {
  if (tlsAdvice({ status, message }) !== undefined) return false;
  if (status === Status.UNAVAILABLE || details.retryDelayMs !== undefined) return true;
  return status === Status.INTERNAL && message.includes('INVALID_CURSOR.DISCONNECTED');
}

export function oneMore(failures: Failures | undefined, nowMs: number): Failures {
  return failures === undefined ? { count: 1, sinceMs: nowMs } : { ...failures, count: failures.count + 1 };
}

/**
 * @param failures this failure included
 * @param random 0..1
 * @returns how long to wait before the next try; undefined where the budget of tries or of time is used up
 */
export function waitMs(
  policy: RetryPolicy,
  failures: Failures,
  { details }: Failure,
  nowMs: number,
  random: number,
): number | undefined {
  const leftMs = failures.sinceMs + policy.budgetMs - nowMs;
  if (leftMs <= 0 || failures.count > policy.maxRetries) return undefined;
  const grownMs = Math.min(policy.firstWaitMs * policy.factor ** (failures.count - 1), policy.maxWaitMs);
  const jitterMs = grownMs >= policy.jitterFromMs ? random * policy.maxJitterMs : 0;
  const askedMs = Math.min(details.retryDelayMs ?? 0, policy.maxServerDelayMs);
  if (askedMs > leftMs) return undefined;
  // The last try falls on the end of the budget instead of being left out.
  return Math.min(Math.max(grownMs + jitterMs, askedMs), leftMs);
}
