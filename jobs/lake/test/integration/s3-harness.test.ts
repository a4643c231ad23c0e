/** What the tests of the S3 store rest on: a real server that keeps conditions, and a proxy that breaks what it is told to. */
import { randomUUID } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { S3_FAULTS, type S3Fault, type S3Proxy, startS3Proxy } from '../../testing/s3-proxy.ts';
import { startVersitygw, type Versitygw } from '../../testing/versitygw.ts';

let server: Versitygw;
let proxy: S3Proxy;
let client: S3Client;
let Bucket: string;

const clientOf = (endpoint: string, accessKeyId: string, secretAccessKey: string): S3Client =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
  });

beforeAll(async () => {
  server = await startVersitygw({ versioning: true });
  proxy = await startS3Proxy(server.endpoint, { keys: server });
  client = clientOf(proxy.endpoint, server.accessKeyId, server.secretAccessKey);
}, 300_000);

beforeEach(async () => {
  Bucket = `b-${randomUUID()}`;
  await server.createBucket(Bucket);
  proxy.reset();
  proxy.stripConditions = false;
});

afterAll(async () => {
  client?.destroy();
  await proxy?.close();
  await server?.stop();
});

const put = (Body: string, condition: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ...condition }));
const content = async (): Promise<string | undefined> =>
  client.send(new GetObjectCommand({ Bucket, Key: 'k' })).then(
    ({ Body }) => Body?.transformToString(),
    () => undefined,
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
    const failure: unknown = await put('new').catch((error: unknown) => error);
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
