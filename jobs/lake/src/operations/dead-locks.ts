/** Finds the locks of a local lake whose holders are dead for sure. */
import { isDead, parseHolder } from '../stores/local/lock-holder.ts';
import type { ListedObject, ObjectStore } from '../stores/store.ts';
import { lookAtProcess, thisHolder } from '../stores/local/this-process.ts';

/**
 * Their names are never used again, so anybody may remove them at any time.
 *
 * @param locks folder that holds them
 */
export async function deadLocks(store: ObjectStore, locks: string): Promise<ListedObject[]> {
  const me = thisHolder('lake clean');
  const dead: ListedObject[] = [];
  for (const lock of await store.list(locks)) {
    if (!lock.key.endsWith('.lock')) continue;
    const content = await store.get(lock.key);
    const holder = content === undefined ? undefined : parseHolder(new TextDecoder().decode(content));
    if (holder !== undefined && isDead(holder, me, lookAtProcess)) dead.push(lock);
  }
  return dead;
}
