/** Finds the locks of a local lake whose holders are dead: known to be gone, or without a sign of life. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HeartbeatWatch } from '../stores/local/heartbeat.ts';
import { isDead, parseHolder } from '../stores/local/lock-holder.ts';
import { lookAtProcess, thisHolder } from '../stores/local/this-process.ts';
import type { ListedObject, ObjectStore } from '../stores/store.ts';

/** Looks until a lock counts as silent. */
const LOOKS = 30;

/**
 * Their names are never used again, so anybody may remove them at any time. Looks until each holder that is not known to
 * be gone gave a sign of life, or none for long enough.
 *
 * @param locks folder that holds them
 */
export async function deadLocks(
  store: ObjectStore,
  locks: string,
  watch: HeartbeatWatch,
  signal: AbortSignal,
): Promise<ListedObject[]> {
  const me = thisHolder('lake clean');
  for (;;) {
    signal.throwIfAborted();
    const dead: ListedObject[] = [];
    let isUnsure = false;
    for (const lock of await store.list(locks)) {
      if (!lock.key.endsWith('.lock')) continue;
      const content = await store.get(lock.key);
      const holder = content === undefined ? undefined : parseHolder(new TextDecoder().decode(content));
      const isGone = holder !== undefined && isDead(holder, me, lookAtProcess);
      const sign = isGone ? 'silent' : watch.look(lock.key, lock.etag);
      if (sign === 'silent') dead.push(lock);
      isUnsure ||= sign === 'unsure';
    }
    if (!isUnsure) return dead;
    await sleep(watch.silentAfterMs / LOOKS);
  }
}
