/** Carries out what keep-alive.ts decides. */
import type { SparkClient } from './client.ts';
import { pingDecision } from './keep-alive.ts';

const PING_MS = 30_000;
/** Every server knows it, and looks no further than into its own memory. */
const CHEAP_KEY = 'spark.sql.session.timeZone';

/** The timer alone keeps no process alive. @returns ends it */
export function keepAlive(client: SparkClient, keepAliveMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const plan = (lastCallMs: number): void => {
    const decision = isOver ? undefined : pingDecision(lastCallMs, performance.now(), keepAliveMs);
    if (decision === undefined) return;
    timer = setTimeout(() => void wake(), decision.kind === 'wait' ? decision.waitMs : 0).unref();
  };
  const wake = async (): Promise<void> => {
    const isDue = pingDecision(client.lastCallMs, performance.now(), keepAliveMs)?.kind === 'ping';
    if (!isDue) return plan(client.lastCallMs);
    const get = { operation: { opType: { case: 'get' as const, value: { keys: [CHEAP_KEY] } } } };
    // What fails is tried again after the next wait. A lost session says so to the next caller.
    await client.call('config', get, { isRetried: false, deadlineMs: PING_MS }).catch(() => undefined);
    plan(performance.now());
  };
  plan(performance.now());
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
