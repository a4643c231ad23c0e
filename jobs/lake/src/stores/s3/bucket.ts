/** A bucket, or a prefix in it, with its clients: what every request to S3 starts from. */
import type { S3Client } from '@aws-sdk/client-s3';
import { DEFAULT_LIMITS, s3Clients, type S3Limits } from './client.ts';
import { s3Failure } from './errors.ts';
import { encryptionInput, parseS3Uri, type EncryptionInput, type S3Settings } from './settings.ts';

/** A staged object as it was when this process last looked at it or made it. */
export interface KnownObject {
  readonly etag: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface S3Bucket {
  readonly name: string;
  /** `s3://bucket` or `s3://bucket/prefix` */
  readonly uri: string;
  readonly settings: S3Settings;
  readonly limits: S3Limits;
  /** Tries again. */
  readonly client: S3Client;
  /** Sends once. */
  readonly once: S3Client;
  readonly encryption: EncryptionInput;
  /** What was audited is what is published: by key, of staged objects only. */
  readonly known: Map<string, KnownObject>;
  /** Key of the bucket for a key of the store. */
  fullKey(key: string): string;
  /** Key of the store for a key of the bucket. */
  ownKey(fullKey: string): string;
  /** For `catch`: throws the error in our words. */
  cannot(doing: string, key?: string): (error: unknown) => never;
}

/** @throws LakeError usage where the URI names no bucket */
export function s3Bucket(uri: string, settings: S3Settings, limits: S3Limits = DEFAULT_LIMITS): S3Bucket {
  const { bucket: name, prefix } = parseS3Uri(uri);
  const { patient, once } = s3Clients(settings, limits);
  const root = prefix === '' ? '' : `${prefix}/`;
  const endpoint = settings.endpoint ?? `S3 in ${settings.region}`;
  const rootUri = `s3://${name}${prefix === '' ? '' : `/${prefix}`}`;
  return {
    name,
    uri: rootUri,
    settings,
    limits,
    client: patient,
    once,
    encryption: encryptionInput(settings),
    known: new Map(),
    fullKey: (key) => `${root}${key}`,
    ownKey: (fullKey) => fullKey.slice(root.length),
    cannot: (doing, key) => (error) => {
      const what = key === undefined ? rootUri : `s3://${name}/${root}${key}`;
      throw s3Failure(error, { doing, uri: what, endpoint, region: settings.region });
    },
  };
}

const STAGING = '_staging/';

export function remember(bucket: S3Bucket, key: string, known: KnownObject): void {
  if (key.startsWith(STAGING)) bucket.known.set(key, known);
}
