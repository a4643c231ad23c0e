/** Uploads in parts: begun, filled some parts at a time, and left to be completed. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CompletedPart,
  type CompleteMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { inParallel } from '../in-parallel.ts';
import type { S3Bucket } from './bucket.ts';

export interface PartTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
  readonly PartNumber: number;
}

/** Fills one part. @returns its etag */
export type FillPart = (target: PartTarget) => Promise<string | undefined>;

export interface FilledUpload {
  readonly uploadId: string;
  readonly parts: CompletedPart[];
}

/**
 * An upload that only needs to be completed.
 *
 * @throws the SDK's error; the upload is aborted then
 */
export async function fillUpload(
  bucket: S3Bucket,
  key: string,
  metadata: Record<string, string>,
  fill: readonly FillPart[],
): Promise<FilledUpload> {
  const target = { Bucket: bucket.name, Key: bucket.fullKey(key) };
  const create = new CreateMultipartUploadCommand({ ...target, Metadata: metadata, ...bucket.encryption });
  const { UploadId: uploadId = '' } = await bucket.client.send(create);
  const parts: CompletedPart[] = [];
  try {
    await inParallel(fill.length, async (index) => {
      const PartNumber = index + 1;
      parts[index] = { PartNumber, ETag: await fill[index]!({ ...target, UploadId: uploadId, PartNumber }) };
    });
  } catch (error) {
    await abortUpload(bucket, key, uploadId);
    throw error;
  }
  return { uploadId, parts };
}

/** Sent once: a second one would meet the object that the first one made. @throws the SDK's error */
export async function completeUpload(
  bucket: S3Bucket,
  key: string,
  { uploadId, parts }: FilledUpload,
  condition: Pick<CompleteMultipartUploadCommandInput, 'IfMatch' | 'IfNoneMatch'> = {},
): Promise<void> {
  const complete = new CompleteMultipartUploadCommand({
    Bucket: bucket.name,
    Key: bucket.fullKey(key),
    UploadId: uploadId,
    MultipartUpload: { Parts: parts },
    ...condition,
  });
  await bucket.once.send(complete);
}

/** The whole of it, for a key of one run alone: nothing is left of an upload that fails. @throws the SDK's error */
export async function uploadWhole(
  bucket: S3Bucket,
  key: string,
  metadata: Record<string, string>,
  fill: readonly FillPart[],
): Promise<void> {
  const upload = await fillUpload(bucket, key, metadata, fill);
  try {
    await completeUpload(bucket, key, upload);
  } catch (error) {
    await abortUpload(bucket, key, upload.uploadId);
    throw error;
  }
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
