/** Which bucket a URI names, and how it is spoken to: pure. */
import { LakeError } from '../../failure.ts';
import { assertNoPattern } from '../path-characters.ts';

/** As the configuration says; credentials are none of it. */
export interface S3Settings {
  readonly region: string;
  /** Null for AWS itself. */
  readonly endpoint: string | null;
  readonly pathStyle: boolean;
  readonly encryption: 'none' | 'sse-s3' | 'sse-kms';
  /** Null for the key that the bucket names. */
  readonly kmsKey: string | null;
  readonly singleWriter: boolean;
}

export interface S3Place {
  readonly bucket: string;
  /** Without slashes at its ends; '' for the whole bucket. */
  readonly prefix: string;
}

export const isS3Uri = (uri: string): boolean => /^s3:\/\//i.test(uri);

/** @throws LakeError usage saying what is wrong with the URI */
export function parseS3Uri(uri: string): S3Place {
  const found = /^s3:\/\/([^/]*)(?:\/(.*))?$/is.exec(uri);
  const [, bucket = '', rest = ''] = found ?? [];
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new LakeError('usage', `${uri} names no bucket; expected is s3://bucket or s3://bucket/prefix`);
  }
  const prefix = rest.replaceAll(/^\/+|\/+$/g, '');
  if (prefix.split('/').some((part, index) => part === '.' || part === '..' || (part === '' && index > 0))) {
    throw new LakeError('usage', `${uri}: no part of a prefix may be empty, . or ..`);
  }
  assertNoPattern(prefix, `the prefix of ${uri}`);
  return { bucket, prefix };
}

/** Headers that ask for encryption, as every request that makes an object takes them. */
export interface EncryptionInput {
  readonly ServerSideEncryption?: 'AES256' | 'aws:kms';
  readonly SSEKMSKeyId?: string;
}

export function encryptionInput({ encryption, kmsKey }: Pick<S3Settings, 'encryption' | 'kmsKey'>): EncryptionInput {
  if (encryption === 'none') return {};
  if (encryption === 'sse-s3') return { ServerSideEncryption: 'AES256' };
  return { ServerSideEncryption: 'aws:kms', ...(kmsKey === null ? {} : { SSEKMSKeyId: kmsKey }) };
}
