/** Server-side copies: the bytes of an object become those of another without passing through this process. */
import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3';
import { LakeError } from '../../failure.ts';
import type { S3Bucket } from './bucket.ts';
import { type FilledUpload, type FillPart, fillUpload, uploadWhole } from './multipart.ts';

/** A copy of one takes seconds. */
export const PART_BYTES = 512 * 1024 ** 2;
/** That S3 takes of one upload. */
const MAX_PARTS = 10_000;

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
    return rangeText(start, Math.min(start + lengthBytes, sizeBytes));
  });
}

/** @param endByte exclusive; the header's own is not */
export const rangeText = (startByte: number, endByte: number): string => `bytes=${startByte}-${endByte - 1}`;

/**
 * An upload that holds the source and only needs to be completed. Not for empty objects: a part holds at least one byte.
 *
 * @throws the SDK's error; the upload is aborted then
 */
export function uploadCopy(
  bucket: S3Bucket,
  source: CopySource,
  key: string,
  metadata: Record<string, string>,
  partBytes: number,
): Promise<FilledUpload> {
  return fillUpload(bucket, key, metadata, copyParts(bucket, source, partBytes));
}

const copyParts = (bucket: S3Bucket, source: CopySource, partBytes: number): FillPart[] =>
  rangesOf(source.sizeBytes, partBytes).map((range) => copyPart(bucket, source, range));

/** @param range as {@link rangesOf} spells it */
export function copyPart(bucket: S3Bucket, source: CopySource, range: string): FillPart {
  return async (target) => {
    const command = new UploadPartCopyCommand({
      ...target,
      CopySource: copySourceOf(bucket.name, bucket.fullKey(source.key), source.versionId),
      CopySourceIfMatch: source.etag,
      CopySourceRange: range,
    });
    const { CopyPartResult } = await bucket.client.send(command);
    return CopyPartResult?.ETag;
  };
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
  await uploadWhole(bucket, key, metadata, copyParts(bucket, source, partBytes)).catch(cannot);
}

/** The staged object is no longer what the run looked at. */
export function changedAfterAudit(bucket: S3Bucket, key: string): LakeError {
  const message = `${bucket.uri}/${key} changed after it was audited. Nothing was published`;
  return new LakeError('unexpected', message);
}
