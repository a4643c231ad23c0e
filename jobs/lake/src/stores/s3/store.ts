/** A lake in a bucket: objects change whole, conditions are compared by the store. */
import { s3Bucket } from './bucket.ts';
import type { S3Limits } from './client.ts';
import { concatenate } from './concatenate.ts';
import { copyObject, PART_BYTES } from './copy.ts';
import { LakeError } from '../../failure.ts';
import { listFolder, listObjects, removeAll } from './list.ts';
import { getObject, headObject, metadataOf, putIf, putObject, readRange } from './objects.ts';
import { applyPolicies } from './policies.ts';
import { assertEncrypted, assertReachable, assertWritable } from './probe.ts';
import { publishObject } from './publish.ts';
import type { S3Settings } from './settings.ts';
import { s3Uploads } from './uploads.ts';
import { s3Versions } from './versions.ts';
import type { ObjectStore } from '../store.ts';

export interface S3StoreOptions {
  readonly limits?: S3Limits;
  /** Size of the parts in which objects are copied; S3 wants at least 5 MB of all but the last. */
  readonly partBytes?: number;
}

/**
 * @param uri `s3://bucket` or `s3://bucket/prefix`
 * @throws LakeError usage where the URI names no bucket
 */
export function s3Store(uri: string, settings: S3Settings, options: S3StoreOptions = {}): ObjectStore {
  const bucket = s3Bucket(uri, settings, options.limits);
  const partBytes = options.partBytes ?? PART_BYTES;
  return {
    uri: bucket.uri,
    isLocal: false,
    url: (key) => `s3a://${bucket.name}/${bucket.fullKey(key)}`,
    head: (key) => headObject(bucket, key),
    get: (key) => getObject(bucket, key),
    readRange: (key, startByte, endByte) => readRange(bucket, key, startByte, endByte),
    list: (prefix) => listObjects(bucket, prefix),
    listFolder: (prefix) => listFolder(bucket, prefix),
    put: (key, content) => putObject(bucket, key, content),
    async place(stagedKey, key) {
      // What was audited is what is copied, not what lies there by now.
      const audited = bucket.known.get(stagedKey) ?? (await headObject(bucket, stagedKey));
      if (audited === undefined) throw new LakeError('unexpected', `${bucket.uri}/${stagedKey} is gone`);
      await copyObject(bucket, { key: stagedKey, ...audited }, key, metadataOf(audited), partBytes);
    },
    concatenate: (pieces, key) => concatenate(bucket, pieces, key, partBytes),
    putIf: (key, content, condition) => putIf(bucket, key, content, condition),
    publish: (staged, key, condition, note) => publishObject(bucket, staged, key, condition, note, partBytes),
    removeAll: (prefix) => removeAll(bucket, prefix),
    assertReachable: () => assertReachable(bucket),
    assertWritable: () => assertWritable(bucket),
    assertEncrypted: (key) => assertEncrypted(bucket, key),
    versions: s3Versions(bucket),
    uploads: s3Uploads(bucket),
    applyPolicies: (policies, isDryRun) => applyPolicies(bucket, policies, isDryRun),
  };
}
