/** `s3://bucket/prefix` or a folder to the store that holds it. */
import { LakeError } from './failure.ts';
import { localStore } from './local-store.ts';
import type { ObjectStore } from './store.ts';

/** @throws LakeError usage for a scheme that is not known */
export function openStore(uri: string): ObjectStore {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(uri)?.[1];
  if (scheme === undefined) return localStore(uri);
  throw new LakeError('usage', `${uri}: ${scheme}:// lakes are not supported by this version yet; name a local folder`);
}
