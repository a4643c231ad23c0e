/** Earlier states of objects, where the bucket keeps them. */
import {
  GetBucketVersioningCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion as S3Version,
} from '@aws-sdk/client-s3';
import { LakeError } from '../../failure.ts';
import type { S3Bucket } from './bucket.ts';
import { copyObject } from './copy.ts';
import { isUnsupported } from './errors.ts';
import { metadataOf, noteIn } from './objects.ts';
import type { ObjectVersion, Versions } from '../store.ts';

export function s3Versions(bucket: S3Bucket): Versions {
  return {
    list: (key) => listVersions(bucket, key),
    stage: (key, versionId, stagedKey) => stageVersion(bucket, key, versionId, stagedKey),
  };
}

async function listVersions(bucket: S3Bucket, key: string): Promise<ObjectVersion[]> {
  await assertVersioned(bucket);
  const found: S3Version[] = [];
  let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (marker !== undefined) {
    const page: ListObjectVersionsCommandOutput = await bucket.client
      .send(new ListObjectVersionsCommand({ Bucket: bucket.name, Prefix: bucket.fullKey(key), ...marker }))
      .catch(bucket.cannot('list the versions of', key));
    found.push(...(page.Versions ?? []).filter(({ Key }) => Key === bucket.fullKey(key)));
    const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
    // Keys come in order: after ours there are no more of its versions.
    const isPast = NextKeyMarker !== undefined && NextKeyMarker > bucket.fullKey(key);
    marker =
      IsTruncated === true && !isPast ? { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker } : undefined;
  }
  const versions: ObjectVersion[] = [];
  for (const version of found) versions.push(await withNote(bucket, key, version));
  return versions.toSorted((a, b) => b.modifiedAt.getTime() - a.modifiedAt.getTime());
}

async function withNote(bucket: S3Bucket, key: string, version: S3Version): Promise<ObjectVersion> {
  const { VersionId: versionId = 'null', LastModified = new Date(0), Size = 0, IsLatest = false } = version;
  const { Metadata } = await headVersion(bucket, key, versionId);
  return { versionId, modifiedAt: LastModified, sizeBytes: Size, isCurrent: IsLatest, ...noteIn(Metadata) };
}

function headVersion(bucket: S3Bucket, key: string, versionId: string) {
  const command = new HeadObjectCommand({ Bucket: bucket.name, Key: bucket.fullKey(key), VersionId: versionId });
  return bucket.client.send(command).catch(bucket.cannot(`look at version ${versionId} of`, key));
}

async function stageVersion(bucket: S3Bucket, key: string, versionId: string, stagedKey: string): Promise<void> {
  const { ETag: etag = '', ContentLength: sizeBytes = 0, Metadata } = await headVersion(bucket, key, versionId);
  const { sha256 } = noteIn(Metadata);
  const source = { key, versionId, etag, sizeBytes };
  await copyObject(bucket, source, stagedKey, sha256 === undefined ? {} : metadataOf({ sha256 }));
}

/** @throws LakeError config where the bucket has never kept versions */
async function assertVersioned(bucket: S3Bucket): Promise<void> {
  const { Status } = await bucket.client
    .send(new GetBucketVersioningCommand({ Bucket: bucket.name }))
    .catch((error: unknown) => {
      if (isUnsupported(error)) return { Status: undefined };
      return bucket.cannot('ask for the versioning of')(error);
    });
  if (Status !== undefined) return;
  const message = `${bucket.uri} keeps no versions; set versioning: true in aws_config.yml and run npm run lake -- policies, where the store can`;
  throw new LakeError('config', message);
}
