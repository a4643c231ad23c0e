import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for the work, but no longer than this time. @returns whether it came to its end; work that fails, throws */
export async function within(work: Promise<unknown> | undefined, ms: number): Promise<boolean> {
  const limit = new AbortController();
  const late = sleep(ms, 'late', { signal: limit.signal }).catch(() => 'late');
  try {
    return (await Promise.race([work, late])) !== 'late';
  } finally {
    limit.abort();
  }
}
