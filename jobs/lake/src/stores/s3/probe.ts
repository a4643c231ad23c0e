/** Whether a bucket can be used for a lake: it answers, may be written, keeps conditions, and encrypts where it should. */
import { randomUUID } from 'node:crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { LakeError } from '../../failure.ts';
import type { S3Bucket } from './bucket.ts';
import { uploadCopy } from './copy.ts';
import { abortUpload, completeUpload } from './multipart.ts';
import { removeAll } from './list.ts';
import { answered, conditionInput, headRaw, putIf, putObject } from './objects.ts';

import type { Answer, Condition } from '../store.ts';

const STAGING = '_staging/';

/**
 * A listing, whose answer says why it is none; that to a HEAD of the bucket has no body. It asks for what every role may list.
 *
 * @throws LakeError saying why the bucket cannot be used
 */
export async function assertReachable(bucket: S3Bucket): Promise<void> {
  const list = new ListObjectsV2Command({ Bucket: bucket.name, Prefix: bucket.fullKey(STAGING), MaxKeys: 1 });
  await bucket.client
    .send(list, { abortSignal: AbortSignal.timeout(bucket.limits.reachMs) })
    .catch(bucket.cannot('read'));
}

const CONTENT = new TextEncoder().encode('probe');
/** Both hold for no object that is there. */
const BROKEN: readonly Condition[] = [{ kind: 'absent' }, { kind: 'etag', etag: '"00000000000000000000000000000000"' }];

/** @throws LakeError config where the store does not do what a publish relies on */
export async function assertWritable(bucket: S3Bucket): Promise<void> {
  const key = `${STAGING}${randomUUID()}.probe`;
  await putObject(bucket, key, CONTENT);
  try {
    await assertEncrypted(bucket, key);
    if (!bucket.settings.singleWriter) await assertConditions(bucket, key);
  } finally {
    await removeAll(bucket, key);
  }
}

async function assertConditions(bucket: S3Bucket, key: string): Promise<void> {
  for (const condition of BROKEN) {
    await assertRefused(bucket, 'PutObject', await putIf(bucket, key, CONTENT, condition));
    await assertRefused(bucket, 'CompleteMultipartUpload', await completeProbe(bucket, key, condition));
  }
}

async function completeProbe(bucket: S3Bucket, key: string, condition: Condition): Promise<Answer> {
  const cannot = bucket.cannot('publish', key);
  const source = { key, ...bucket.known.get(key)! };
  const upload = await uploadCopy(bucket, source, key, {}, CONTENT.length).catch(cannot);
  const answer = await answered(completeUpload(bucket, key, upload, conditionInput(condition)), cannot);
  if (answer !== 'ok') await abortUpload(bucket, key, upload.uploadId);
  return answer;
}

async function assertRefused(bucket: S3Bucket, request: string, answer: Answer): Promise<void> {
  if (answer === 'refused') return;
  if (answer === 'ok') {
    const message =
      `${bucket.uri}: this store ignores the condition of a ${request}, so two runs of a day could undo each other; ` +
      'use another store, or set single_writer: true in aws_config.yml only if no two runs of a day ever overlap';
    throw new LakeError('config', message);
  }
  const message = `${bucket.uri}: cannot tell whether this store honours conditional requests: ${request} was answered with ${answer}; run it again`;
  throw new LakeError('unreachable', message);
}

/** @throws LakeError config where the object is not encrypted as the configuration asks for */
export async function assertEncrypted(bucket: S3Bucket, key: string): Promise<void> {
  const { ServerSideEncryption: wanted, SSEKMSKeyId: wantedKey } = bucket.encryption;
  if (wanted === undefined) return;
  const head = await headRaw(bucket, key);
  const found = head?.ServerSideEncryption;
  const foundKey = head?.SSEKMSKeyId;
  const hasKey = wantedKey === undefined || isSameKey(wantedKey, foundKey);
  if (found === wanted && hasKey) return;
  const what =
    found === undefined ? 'is not encrypted' : `is encrypted with ${[found, foundKey].filter(Boolean).join(' ')}`;
  const asked = [wanted, wantedKey].filter(Boolean).join(' ');
  const message = `${bucket.uri}/${key} ${what}, asked for was ${asked}: use a store that encrypts, or correct encryption in aws_config.yml`;
  throw new LakeError('config', message);
}

/** A key may be named by its id and is answered by its ARN; an alias is answered by its key. */
const isSameKey = (wanted: string, found: string | undefined): boolean =>
  found !== undefined && (found === wanted || found.endsWith(`/${wanted}`) || /(^|:)alias\//.test(wanted));
