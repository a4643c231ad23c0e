/** Decides when an idle session is asked something, so that the server does not forget it after an hour. */

/** Servers forget a session after 60 minutes without a call; a lost ping or two must not matter. */
export const KEEP_ALIVE_MS = 600_000;
/** The longest wait of Node's timers, about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export type PingDecision = { readonly kind: 'ping' } | { readonly kind: 'wait'; readonly waitMs: number };

/**
 * @param lastCallMs when the session was last asked anything
 * @param keepAliveMs how long it may be idle; 0: for ever
 * @returns undefined where no ping is ever due
 */
export function pingDecision(lastCallMs: number, nowMs: number, keepAliveMs: number): PingDecision | undefined {
  if (keepAliveMs <= 0) return undefined;
  const waitMs = lastCallMs + keepAliveMs - nowMs;
  return waitMs <= 0 ? { kind: 'ping' } : { kind: 'wait', waitMs: Math.min(waitMs, MAX_TIMER_MS) };
}
