/** Whether the Spark server sees the same local folder as this process. */
import { randomUUID } from 'node:crypto';
import { LakeError, type ObjectStore } from 'lake';

/**
 * Writes a nonce below `prefix` and has it read back through Spark.
 *
 * @param readBack reads a text file's first line through Spark; may throw
 * @throws LakeError unseen-lake
 */
export async function assertSparkSees(
  store: ObjectStore,
  prefix: string,
  readBack: (url: string) => Promise<string | undefined>,
): Promise<void> {
  if (!store.isLocal) return;
  const key = `${prefix}/nonce.txt`;
  const nonce = randomUUID();
  await store.put(key, new TextEncoder().encode(`${nonce}\n`));
  let cause: unknown;
  try {
    if ((await readBack(store.url(key))) === nonce) return;
  } catch (error) {
    // Only a missing file tells that the server looks elsewhere; whatever else went wrong speaks for itself.
    if (!/PATH_NOT_FOUND|FILE_NOT_EXIST/.test(String((error as { errorClass?: string }).errorClass))) throw error;
    cause = error;
  } finally {
    await store.removeAll(key);
  }
  const message = `the Spark server does not see the folder ${store.uri}: mount it there at the same path, or use an s3:// lake`;
  throw new LakeError('unseen-lake', message, { cause });
}
