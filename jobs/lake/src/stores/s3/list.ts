/** What lies below a prefix of a bucket: listed page by page, and removed a thousand at a time. */
import { DeleteObjectsCommand, ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { LakeError } from '../../failure.ts';
import type { S3Bucket } from './bucket.ts';
import type { FolderListing, ListedObject } from '../store.ts';

/** The most that one request may name. */
const MAX_KEYS = 1000;

const folderOf = (prefix: string): string => (prefix === '' ? '' : `${prefix}/`);
/** Some tools mark a folder by an empty object whose key ends with a slash. */
const isMark = ({ key }: { key: string }): boolean => key.endsWith('/');

export async function listObjects(bucket: S3Bucket, prefix: string): Promise<ListedObject[]> {
  const { objects } = await listPages(bucket, folderOf(prefix));
  return objects.filter((object) => !isMark(object)).toSorted(byKey);
}

export async function listFolder(bucket: S3Bucket, prefix: string): Promise<FolderListing | undefined> {
  const folder = folderOf(prefix);
  const { objects, folders } = await listPages(bucket, folder, '/');
  if (objects.length === 0 && folders.length === 0) return undefined;
  const named = objects.map((object) => ({ ...object, key: object.key.slice(folder.length) }));
  const names = folders.map((key) => key.slice(folder.length, -1));
  return {
    objects: named.filter(({ key }) => key !== '' && !key.endsWith('/')).toSorted(byKey),
    folders: names.toSorted(),
    others: [],
  };
}

interface Pages {
  /** With keys of the store. */
  readonly objects: ListedObject[];
  /** Keys of the store that end with a slash. */
  readonly folders: string[];
}

async function listPages(bucket: S3Bucket, prefix: string, delimiter?: string): Promise<Pages> {
  const pages: Pages = { objects: [], folders: [] };
  let token: string | undefined;
  do {
    const page = await listPage(bucket, prefix, delimiter, token);
    const decoded = decoder(page);
    for (const { Key, Size = 0, ETag = '', LastModified = new Date(0) } of page.Contents ?? []) {
      if (Key === undefined) continue;
      pages.objects.push({ key: bucket.ownKey(decoded(Key)), sizeBytes: Size, etag: ETag, modifiedAt: LastModified });
    }
    for (const { Prefix } of page.CommonPrefixes ?? []) {
      if (Prefix !== undefined) pages.folders.push(bucket.ownKey(decoded(Prefix)));
    }
    if (page.IsTruncated === true && page.NextContinuationToken === token) {
      throw new LakeError('unexpected', `${bucket.uri}/${prefix} cannot be listed: the listing repeats its page token`);
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
  return pages;
}

function listPage(
  bucket: S3Bucket,
  prefix: string,
  delimiter: string | undefined,
  token: string | undefined,
): Promise<ListObjectsV2CommandOutput> {
  const command = new ListObjectsV2Command({
    Bucket: bucket.name,
    Prefix: bucket.fullKey(prefix),
    // XML cannot carry every character of a key.
    EncodingType: 'url',
    ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
  });
  return bucket.client.send(command).catch(bucket.cannot('list', prefix));
}

/** A store may ignore the wish for encoded keys; then it does not say that they are. */
function decoder({ EncodingType }: ListObjectsV2CommandOutput): (key: string) => string {
  return EncodingType === 'url' ? (key) => decodeURIComponent(key.replaceAll('+', ' ')) : (key) => key;
}

const byKey = (a: ListedObject, b: ListedObject): number => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

/** The object with that key too: a prefix may be one. */
export async function removeAll(bucket: S3Bucket, prefix: string): Promise<void> {
  const { objects } = await listPages(bucket, prefix);
  const doomed = objects.map(({ key }) => key).filter((key) => key === prefix || key.startsWith(folderOf(prefix)));
  for (let start = 0; start < doomed.length; start += MAX_KEYS) {
    await removeObjects(bucket, prefix, doomed.slice(start, start + MAX_KEYS));
  }
}

async function removeObjects(bucket: S3Bucket, prefix: string, keys: readonly string[]): Promise<void> {
  const Delete = { Quiet: true, Objects: keys.map((key) => ({ Key: bucket.fullKey(key) })) };
  const cannot = bucket.cannot('remove', prefix);
  const { Errors = [] } = await bucket.client
    .send(new DeleteObjectsCommand({ Bucket: bucket.name, Delete }))
    .catch(cannot);
  for (const key of keys) bucket.known.delete(key);
  const first = Errors.find(({ Code }) => Code !== 'NoSuchKey');
  if (first !== undefined) cannot(Object.assign(new Error(first.Message ?? ''), { name: first.Code ?? 'Error' }));
}
