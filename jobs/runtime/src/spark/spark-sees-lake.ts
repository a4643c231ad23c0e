/** Whether the Spark server sees the same local folder as this process, and each may handle what the other writes there. */
import { randomUUID } from 'node:crypto';
import { LakeError, type ObjectStore } from 'lake';

/** The lakes that each session was seen to see: what one copy has proved holds as long as the session does. */
const seen = new WeakMap<object, Set<string>>();

/**
 * Writes a nonce below `prefix`, has Spark copy it, and then does with the copy what a publish does with a staged object:
 * reads it, moves it out of the folder that Spark made, and removes that folder. Once a session and lake.
 *
 * @param session in which `copy` runs
 * @param copy has Spark read the text file at the first URL and write its lines into a new folder at the second; may throw
 * @throws LakeError unseen-lake where Spark looks elsewhere, config where this process may not handle what Spark writes
 */
export async function assertSparkSees(
  session: object,
  store: ObjectStore,
  prefix: string,
  copy: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const lakes = seen.get(session) ?? new Set();
  if (!store.isLocal || lakes.has(store.uri)) return;
  const [nonceKey, copies, moved] = [`${prefix}/nonce.txt`, `${prefix}/nonce`, `${prefix}/nonce-copy.txt`];
  const nonce = `${randomUUID()}\n`;
  await store.put(nonceKey, new TextEncoder().encode(nonce));
  try {
    await copied(copy(store.url(nonceKey), store.url(copies)), store);
    const part = (await store.list(copies)).find(({ key }) => /\/part-[^/]*$/.test(key));
    if (part === undefined) throw unseen(store);
    await handled(store, part.key, moved, copies);
    const content = new TextDecoder().decode(await store.get(moved));
    if (content !== nonce) throw unseen(store);
    seen.set(session, lakes.add(store.uri));
  } finally {
    for (const key of [nonceKey, moved, copies]) await store.removeAll(key).catch(() => undefined);
  }
}

async function copied(copying: Promise<void>, store: ObjectStore): Promise<void> {
  try {
    await copying;
  } catch (error) {
    // Only a missing file means that the server looks elsewhere; every other error says itself what is wrong.
    if (!/PATH_NOT_FOUND|FILE_NOT_EXIST/.test(String((error as { errorClass?: string }).errorClass))) throw error;
    throw unseen(store, error);
  }
}

async function handled(store: ObjectStore, partKey: string, moved: string, copies: string): Promise<void> {
  try {
    await store.place(partKey, moved);
    await store.removeAll(copies);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    const advice = 'run both as one user (in a container by --user), or give the job the right';
    const text = `the Spark server runs as another user: this job may not move or remove what Spark writes to ${store.uri} (${message}); ${advice}`;
    throw new LakeError('config', text, { cause: error });
  }
}

function unseen(store: ObjectStore, cause?: unknown): LakeError {
  const message = `the Spark server does not see the folder ${store.uri}: mount it there at the same path, let the server's user read it, or use an s3:// lake`;
  return new LakeError('unseen-lake', message, { cause });
}
