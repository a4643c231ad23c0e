/** Stores on one real S3 server: some reach it directly, others through a proxy. */
import { randomUUID } from 'node:crypto';
import { DEFAULT_LIMITS, type S3Limits } from '../src/s3-client.ts';
import type { S3Settings } from '../src/s3-settings.ts';
import { s3Store } from '../src/s3-store.ts';
import type { ObjectStore } from '../src/store.ts';
import { type S3Proxy, startS3Proxy } from './s3-proxy.ts';
import { startVersitygw, type Versitygw } from './versitygw.ts';

/** A server on the loopback answers in milliseconds: who is silent for this long stays silent. */
const LIMITS: S3Limits = { ...DEFAULT_LIMITS, answerMs: 500 };
const BUCKET = 'lake';

export interface S3Places extends AsyncDisposable {
  readonly server: Versitygw;
  readonly proxy: S3Proxy;
  /** An empty place of its own. */
  newUri(): string;
  direct(uri: string, more?: Partial<S3Settings>): ObjectStore;
  proxied(uri: string, more?: Partial<S3Settings>): ObjectStore;
}

/** Sets the keys in this process, where the SDK looks for them. */
export async function s3Places(): Promise<S3Places> {
  const server = await startVersitygw();
  const proxy = await startS3Proxy(server.endpoint, { keys: server });
  process.env['AWS_ACCESS_KEY_ID'] = server.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = server.secretAccessKey;
  await server.createBucket(BUCKET);
  const settings = {
    region: server.region,
    pathStyle: true,
    encryption: 'none',
    kmsKey: null,
    singleWriter: false,
  } as const;
  const storeAt = (endpoint: string, uri: string, more: Partial<S3Settings> = {}): ObjectStore =>
    s3Store(uri, { ...settings, endpoint, ...more }, { limits: LIMITS });
  return {
    server,
    proxy,
    newUri: () => `s3://${BUCKET}/${randomUUID()}`,
    direct: (uri, more) => storeAt(server.endpoint, uri, more),
    proxied: (uri, more) => storeAt(proxy.endpoint, uri, more),
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await server.stop();
    },
  };
}
