/** Server-side copies: the bytes of an object become those of another without passing through this process. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { LakeError } from '../../failure.ts';
import type { S3Bucket } from './bucket.ts';

/** A copy of one takes seconds. */
export const PART_BYTES = 512 * 1024 ** 2;
/** That S3 takes of one upload. */
const MAX_PARTS = 10_000;
const PARALLEL = 4;

/** What is copied, exactly. */
export interface CopySource {
  readonly key: string;
  readonly sizeBytes: number;
  /** The copy fails where the source has another by now. */
  readonly etag: string;
  readonly versionId?: string | undefined;
}

/** The header's own spelling: each part of the key encoded, the slashes kept. */
export function copySourceOf(bucketName: string, fullKey: string, versionId?: string): string {
  const key = fullKey.split('/').map(encodePart).join('/');
  return `${bucketName}/${key}${versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`}`;
}

const encodePart = (part: string): string =>
  encodeURIComponent(part).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** `bytes=0-9`, `bytes=10-19` …: the last may be shorter. Parts grow where there would be more of them than S3 takes. */
export function rangesOf(sizeBytes: number, partBytes: number): string[] {
  const lengthBytes = Math.max(partBytes, Math.ceil(sizeBytes / MAX_PARTS));
  return Array.from({ length: Math.ceil(sizeBytes / lengthBytes) }, (_, index) => {
    const start = index * lengthBytes;
    return `bytes=${start}-${Math.min(start + lengthBytes, sizeBytes) - 1}`;
  });
}

export interface CopiedUpload {
  readonly uploadId: string;
  readonly parts: CompletedPart[];
}

/**
 * An upload that holds the source and only needs to be completed. Not for empty objects: a part holds at least one byte.
 *
 * @throws the SDK's error; the upload is aborted then
 */
export async function uploadCopy(
  bucket: S3Bucket,
  source: CopySource,
  key: string,
  metadata: Record<string, string>,
  partBytes: number,
): Promise<CopiedUpload> {
  const target = { Bucket: bucket.name, Key: bucket.fullKey(key) };
  const create = new CreateMultipartUploadCommand({ ...target, Metadata: metadata, ...bucket.encryption });
  const { UploadId: uploadId = '' } = await bucket.client.send(create);
  const ranges = rangesOf(source.sizeBytes, partBytes);
  const parts: CompletedPart[] = [];
  const copyPart = async (index: number): Promise<void> => {
    const command = new UploadPartCopyCommand({
      ...target,
      UploadId: uploadId,
      PartNumber: index + 1,
      CopySource: copySourceOf(bucket.name, bucket.fullKey(source.key), source.versionId),
      CopySourceIfMatch: source.etag,
      CopySourceRange: ranges[index],
    });
    const { CopyPartResult } = await bucket.client.send(command);
    parts[index] = { PartNumber: index + 1, ETag: CopyPartResult?.ETag };
  };
  try {
    await inParallel(ranges.length, copyPart);
  } catch (error) {
    await abortUpload(bucket, key, uploadId);
    throw error;
  }
  return { uploadId, parts };
}

async function inParallel(count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(PARALLEL, count) }, work));
  const broken = results.find((result) => result.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}

/** Best effort: what stays is removed by housekeeping and by the bucket's lifecycle. */
export async function abortUpload(bucket: S3Bucket, key: string, uploadId: string): Promise<void> {
  const command = new AbortMultipartUploadCommand({
    Bucket: bucket.name,
    Key: bucket.fullKey(key),
    UploadId: uploadId,
  });
  await bucket.client.send(command).catch(() => undefined);
}

/** Brings a source to a key that belongs to one run alone, with its metadata. */
export async function copyObject(
  bucket: S3Bucket,
  source: CopySource,
  key: string,
  metadata: Record<string, string>,
  partBytes = PART_BYTES,
): Promise<void> {
  const cannot = bucket.cannot('copy to', key);
  const target = { Bucket: bucket.name, Key: bucket.fullKey(key) };
  if (source.sizeBytes <= partBytes) {
    const CopySource = copySourceOf(bucket.name, bucket.fullKey(source.key), source.versionId);
    const command = { ...target, CopySource, CopySourceIfMatch: source.etag, ...bucket.encryption };
    await bucket.client.send(new CopyObjectCommand(command)).catch(cannot);
    return;
  }
  const { uploadId, parts } = await uploadCopy(bucket, source, key, metadata, partBytes).catch(cannot);
  const complete = new CompleteMultipartUploadCommand({
    ...target,
    UploadId: uploadId,
    MultipartUpload: { Parts: parts },
  });
  await bucket.once.send(complete).catch(cannot);
}

/** The staged object is no longer what the run looked at. */
export function changedAfterAudit(bucket: S3Bucket, key: string): LakeError {
  const message = `${bucket.uri}/${key} changed after it was audited. Nothing was published`;
  return new LakeError('unexpected', message);
}
