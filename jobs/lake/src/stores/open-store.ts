/** `s3://bucket/prefix` or a folder to the store that holds it. */
import { LakeError } from '../failure.ts';
import { localStore } from './local/store.ts';
import { isS3Uri, type S3Settings } from './s3/settings.ts';
import { s3Store } from './s3/store.ts';
import type { ObjectStore } from './store.ts';

/**
 * @param settings how buckets are spoken to; only for s3://
 * @throws LakeError usage for a scheme that is not known
 */
export function openStore(uri: string, settings: S3Settings): ObjectStore {
  if (isS3Uri(uri)) return s3Store(uri, settings);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(uri)?.[1];
  if (scheme === undefined) return localStore(uri);
  throw new LakeError('usage', `${uri}: unsupported scheme ${scheme}://; name a folder or s3://bucket/prefix`);
}
