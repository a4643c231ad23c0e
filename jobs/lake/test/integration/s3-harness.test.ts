/** What the tests of the S3 store rest on: a real server that keeps conditions, and a proxy that breaks what it is told to. */
import { randomUUID } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { S3_FAULTS, type S3Fault, type S3Proxy, startS3Proxy } from '../../testing/s3-proxy.ts';
import { sharedVersitygw, startVersitygw } from '../../testing/versitygw.ts';

const server = sharedVersitygw();
let proxy: S3Proxy;
let client: S3Client;
/** For the request that gets no answer. */
let impatient: S3Client;
let Bucket: string;

/** More than a busy machine needs. */
const PATIENCE_MS = 30_000;

const clientOf = (
  endpoint: string,
  accessKeyId: string,
  secretAccessKey: string,
  requestTimeout = PATIENCE_MS,
): S3Client =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  });

beforeAll(async () => {
  proxy = await startS3Proxy(server.endpoint, { keys: server });
  client = clientOf(proxy.endpoint, server.accessKeyId, server.secretAccessKey);
  impatient = clientOf(proxy.endpoint, server.accessKeyId, server.secretAccessKey, 500);
});

beforeEach(async () => {
  Bucket = `b-${randomUUID()}`;
  await server.createBucket(Bucket);
  proxy.reset();
  proxy.stripConditions = false;
});

afterAll(async () => {
  client?.destroy();
  impatient?.destroy();
  await proxy?.close();
  await server.stop();
});

const put = (Body: string, condition: { IfMatch?: string; IfNoneMatch?: string } = {}, by = client) =>
  by.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ...condition }));
const content = async (): Promise<string | undefined> =>
  client.send(new GetObjectCommand({ Bucket, Key: 'k' })).then(
    ({ Body }) => Body?.transformToString(),
    (error: unknown) => {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    },
  );
const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

test('the server keeps conditions, and the proxy writes requests down', async () => {
  await put('one', { IfNoneMatch: '*' });
  const failure: unknown = await put('two', { IfNoneMatch: '*' }).catch((error: unknown) => error);
  expect(statusOf(failure)).toBe(412);
  expect(await content()).toBe('one');
  expect(proxy.requests.map(({ method, number }) => [number, method])).toEqual([
    [1, 'PUT'],
    [2, 'PUT'],
    [3, 'GET'],
  ]);
});

const STALE = '"00000000000000000000000000000000"';

/** @returns the status of the Complete */
async function completed(Body: string, condition: { IfMatch?: string; IfNoneMatch?: string }): Promise<unknown> {
  const upload = { Bucket, Key: 'k', UploadId: '' };
  upload.UploadId = (await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }))).UploadId ?? '';
  const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  return client.send(new CompleteMultipartUploadCommand({ ...upload, ...condition, MultipartUpload })).then(
    ({ $metadata }) => $metadata.httpStatusCode,
    (error: unknown) => statusOf(error),
  );
}

test.each([{ IfNoneMatch: '*' }, { IfMatch: STALE }])(
  'a Complete keeps the condition %j, and acts where it is stripped',
  async (condition) => {
    await put('one');
    expect(await completed('two', condition)).toBe(412);
    expect(await content()).toBe('one');
    proxy.stripConditions = true;
    expect(await completed('two', condition)).toBe(200);
    expect(await content()).toBe('two');
  },
);

test('old versions are kept where a bucket is made so', async () => {
  Bucket = `versions-${randomUUID()}`;
  await server.createBucket(Bucket, { versioning: true });
  await put('one');
  await put('two');
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions.map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([
    ['k', true],
    ['k', false],
  ]);
});

test('a server of one user answers an unknown key as if there were no bucket', async () => {
  await using other = await startVersitygw({ users: false });
  await other.createBucket('bucket');
  const stranger = clientOf(other.endpoint, 'nobody', 'x');
  const failure: unknown = await stranger.send(new HeadBucketCommand({ Bucket: 'bucket' })).catch((error) => error);
  stranger.destroy();
  expect(statusOf(failure)).toBe(404);
});

test('without its conditions a request is carried out', async () => {
  await put('one');
  proxy.stripConditions = true;
  await put('two', { IfNoneMatch: '*' });
  expect(await content()).toBe('two');
});

describe('a request that is broken', () => {
  const ACTS = new Set<S3Fault>(['cut-after']);
  test.each(S3_FAULTS)('by %s fails once, and the server has acted or not', async (fault) => {
    proxy.failAt(1, fault);
    const failure: unknown = await put('new', {}, impatient).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(statusOf(failure)).toBe(/^\d/.test(fault) ? Number(fault) : undefined);
    expect(await content()).toBe(ACTS.has(fault) ? 'new' : undefined);
    await put('again');
    expect(await content()).toBe('again');
  });
});

test('a user without rights, a wrong secret and a wrong key are refused', async () => {
  await server.addUser({ access: 'reader', secret: 'reader-secret', role: 'user' });
  const refusedAs = async (access: string, secret: string): Promise<number | undefined> => {
    const other = clientOf(server.endpoint, access, secret);
    const failure: unknown = await other
      .send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
      .catch((error) => error);
    other.destroy();
    return statusOf(failure);
  };
  expect(await refusedAs('reader', 'reader-secret')).toBe(403);
  expect(await refusedAs(server.accessKeyId, 'wrong')).toBe(403);
  expect(await refusedAs('nobody', 'x')).toBeGreaterThanOrEqual(403);
});
