/** Multipart uploads that were begun and neither completed nor aborted. */
import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Bucket } from './bucket.ts';
import { isMissing, isUnsupported } from './errors.ts';
import type { Upload, Uploads } from '../store.ts';

export function s3Uploads(bucket: S3Bucket): Uploads {
  return { list: () => listUploads(bucket), abort: (upload) => abort(bucket, upload) };
}

/** Empty where the store cannot list uploads. */
async function listUploads(bucket: S3Bucket): Promise<Upload[]> {
  const uploads: Upload[] = [];
  let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined = {};
  while (marker !== undefined) {
    const page = await listPage(bucket, marker);
    for (const { Key, UploadId, Initiated = new Date(0) } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined || !Key.startsWith(bucket.fullKey(''))) continue;
      uploads.push({ key: bucket.ownKey(Key), uploadId: UploadId, startedAt: Initiated });
    }
    const { IsTruncated, NextKeyMarker, NextUploadIdMarker } = page;
    marker = IsTruncated === true ? { KeyMarker: NextKeyMarker, UploadIdMarker: NextUploadIdMarker } : undefined;
  }
  return uploads;
}

async function listPage(bucket: S3Bucket, marker: object): Promise<Partial<ListMultipartUploadsCommandOutput>> {
  const command = new ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix: bucket.fullKey(''), ...marker });
  return bucket.client.send(command).catch((error: unknown) => {
    if (isUnsupported(error)) return {};
    return bucket.cannot('list the uploads of')(error);
  });
}

/** Succeeds for an upload that has ended meanwhile. */
async function abort(bucket: S3Bucket, { key, uploadId }: Upload): Promise<void> {
  const named = { Bucket: bucket.name, Key: bucket.fullKey(key), UploadId: uploadId };
  await bucket.client.send(new AbortMultipartUploadCommand(named)).catch((error: unknown) => {
    if (!isMissing(error)) bucket.cannot('abort an upload of', key)(error);
  });
}
