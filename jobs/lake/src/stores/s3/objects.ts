/** Single objects of a bucket: looked at, read and written, with their hash in the metadata where we wrote them. */
import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type GetObjectCommandInput,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { LakeError } from '../../failure.ts';
import { remember, type S3Bucket } from './bucket.ts';
import { answerOf, isMissing, statusOf } from './errors.ts';
import { type ContentHash, hashContent } from '../content-hash.ts';
import type { Answer, Condition, ObjectFacts, PublishNote } from '../store.ts';

/** Names in the metadata of an object; a store keeps at most 2 KB of it. */
const HASH = 'sha256';
const RUN = 'run-id';

export const metadataOf = ({ runId, sha256 }: Partial<PublishNote> & { sha256: string }): Record<string, string> => {
  return { [HASH]: sha256, ...(runId === undefined ? {} : { [RUN]: runId }) };
};

/** The hash in the metadata of an object; undefined where it is not a hash. */
export function noteIn(metadata: Record<string, string> = {}): {
  runId: string | undefined;
  sha256: string | undefined;
} {
  const sha256 = metadata[HASH];
  return { runId: metadata[RUN], sha256: sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined };
}

export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

export const conditionInput = (condition: Condition): { IfNoneMatch?: '*'; IfMatch?: string } =>
  condition.kind === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };

/** @returns undefined where there is no object */
export async function headRaw(bucket: S3Bucket, key: string): Promise<HeadObjectCommandOutput | undefined> {
  const command = new HeadObjectCommand({ Bucket: bucket.name, Key: bucket.fullKey(key) });
  try {
    return await bucket.client.send(command);
  } catch (error) {
    return isMissing(error) ? undefined : bucket.cannot('look at', key)(error);
  }
}

/** Starts over where the object is replaced while its hash is computed. */
const MAX_LOOKS = 5;

export async function headObject(bucket: S3Bucket, key: string): Promise<ObjectFacts | undefined> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const head = await headRaw(bucket, key);
    if (head?.ETag === undefined) return undefined;
    const { runId, sha256: noted } = noteIn(head.Metadata);
    const hashes = noted === undefined ? await hashesOf(bucket, key, head.ETag) : { sha256: noted };
    if (hashes === undefined) continue;
    const facts = { etag: head.ETag, ...hashes, sizeBytes: head.ContentLength ?? 0 };
    remember(bucket, key, facts);
    return { key, ...facts, ...(runId === undefined ? {} : { runId }) };
  }
  throw new LakeError('input-changed', `${bucket.uri}/${key} is replaced again and again; run it again when it rests`);
}

/** @returns undefined where the object is no longer the one with the etag */
async function hashesOf(bucket: S3Bucket, key: string, etag: string): Promise<ContentHash | undefined> {
  return readBody(bucket, key, { IfMatch: etag }, hashContent);
}

export async function getObject(bucket: S3Bucket, key: string): Promise<Uint8Array | undefined> {
  return readBody(bucket, key, {}, wholeOf);
}

/** @param endByte exclusive; what lies beyond the end is left out */
export async function readRange(
  bucket: S3Bucket,
  key: string,
  startByte: number,
  endByte: number,
): Promise<Uint8Array> {
  if (endByte <= startByte) return new Uint8Array();
  const content = await readBody(bucket, key, { Range: `bytes=${startByte}-${endByte - 1}` }, wholeOf);
  if (content === undefined) throw new LakeError('unexpected', `${bucket.uri}/${key} is gone`);
  return content;
}

async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  // Not the buffer itself: it may be a view of a larger one.
  return new Uint8Array(Buffer.concat(read));
}

/**
 * The SDK's retries end with the headers: a body that breaks is asked for again here.
 *
 * @returns undefined where the object is not there, or not the one that was asked for
 */
async function readBody<T>(
  bucket: S3Bucket,
  key: string,
  input: Partial<GetObjectCommandInput>,
  consume: (chunks: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    const command = new GetObjectCommand({ ...input, Bucket: bucket.name, Key: bucket.fullKey(key) });
    let hasAnswered = false;
    try {
      const { Body } = await bucket.client.send(command);
      hasAnswered = true;
      return await consume(Body as AsyncIterable<Uint8Array>);
    } catch (error) {
      if (hasAnswered && attempt < bucket.limits.attempts) continue;
      if (statusOf(error) === 416) return consume(none());
      return isMissing(error) || statusOf(error) === 412 ? undefined : bucket.cannot('read', key)(error);
    }
  }
}

// eslint-disable-next-line typescript/require-await
async function* none(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array();
}

export async function putObject(bucket: S3Bucket, key: string, content: Uint8Array): Promise<void> {
  const sha256 = sha256Of(content);
  const command = new PutObjectCommand(putInput(bucket, key, content, { sha256 }));
  const { ETag } = await bucket.client.send(command).catch(bucket.cannot('write to', key));
  if (ETag !== undefined) remember(bucket, key, { etag: ETag, sizeBytes: content.length, sha256 });
}

/** Sent once. @throws LakeError for what no caller can handle */
export async function putIf(
  bucket: S3Bucket,
  key: string,
  content: Uint8Array,
  condition: Condition,
  note: Partial<PublishNote> = {},
): Promise<Answer> {
  const input = putInput(bucket, key, content, { sha256: sha256Of(content), ...note });
  return answered(
    bucket.once.send(new PutObjectCommand({ ...input, ...conditionInput(condition) })),
    bucket.cannot('write to', key),
  );
}

/** @param cannot throws an error that is not an answer */
export async function answered(request: Promise<unknown>, cannot: (error: unknown) => never): Promise<Answer> {
  try {
    await request;
    return 'ok';
  } catch (error) {
    return answerOf(error) ?? cannot(error);
  }
}

function putInput(bucket: S3Bucket, key: string, content: Uint8Array, note: Parameters<typeof metadataOf>[0]) {
  const Key = bucket.fullKey(key);
  // A browser shows a page, and would keep anything else as a file.
  const type = key.endsWith('.html') ? { ContentType: 'text/html; charset=utf-8' } : {};
  return { Bucket: bucket.name, Key, Body: content, Metadata: metadataOf(note), ...type, ...bucket.encryption };
}
