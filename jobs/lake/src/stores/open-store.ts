/** `s3://bucket/prefix` or a folder to the store that holds it. */
import { localStore } from './local/store.ts';
import { isS3Uri, type S3Settings } from './s3/settings.ts';
import { s3Store } from './s3/store.ts';
import { assertFolderName } from './scheme.ts';
import type { ObjectStore } from './store.ts';

/**
 * @param settings how buckets are spoken to; only for s3://
 * @throws LakeError usage for a scheme that is not known
 */
export function openStore(uri: string, settings: S3Settings): ObjectStore {
  if (isS3Uri(uri)) return s3Store(uri, settings);
  assertFolderName(uri);
  return localStore(uri);
}
