/** Stores on one real S3 server: some reach it directly, others through a proxy. */
import { randomUUID } from 'node:crypto';
import { DEFAULT_LIMITS } from '../src/stores/s3/client.ts';
import { s3Store } from '../src/stores/s3/store.ts';
import type { ObjectStore } from '../src/stores/store.ts';
import { type S3Fault, type S3Proxy, startS3Proxy } from './s3-proxy.ts';
import { sharedVersitygw, type Versitygw } from './versitygw.ts';

/** A server on the loopback answers in milliseconds: who is silent for this long stays silent, on a busy machine too. */
const SILENT_MS = 2_000;

export interface Proxied extends AsyncDisposable {
  readonly proxy: S3Proxy;
  /** @param fault that is to come: who waits for an answer that never comes waits a short time only */
  readonly proxied: (uri: string, fault?: S3Fault) => ObjectStore;
}

export interface S3Places extends Proxied {
  readonly server: Versitygw;
  /** An empty place of its own. */
  newUri(): string;
  direct(uri: string): ObjectStore;
  /** Another way to the same places, with requests and faults of its own. */
  withProxy(): Promise<Proxied>;
}

export interface S3PlacesOptions {
  /** How long a client waits for an answer. */
  readonly answerMs?: number;
  readonly partBytes?: number;
}

/** A store as tests reach it; its keys come from the environment. */
export function storeAt(endpoint: string, uri: string, options: S3PlacesOptions = {}): ObjectStore {
  const { answerMs = DEFAULT_LIMITS.answerMs, ...more } = options;
  const settings = {
    region: 'us-east-1',
    endpoint,
    pathStyle: true,
    encryption: 'none',
    kmsKey: null,
    singleWriter: false,
  } as const;
  return s3Store(uri, settings, { limits: { ...DEFAULT_LIMITS, answerMs }, ...more });
}

/** Sets the keys in this process, where the SDK looks for them. */
export async function s3Places(options: S3PlacesOptions = {}): Promise<S3Places> {
  const server = sharedVersitygw();
  process.env['AWS_ACCESS_KEY_ID'] = server.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = server.secretAccessKey;
  const bucket = `lake-${randomUUID()}`;
  await server.createBucket(bucket);
  const withProxy = async (): Promise<Proxied> => {
    const proxy = await startS3Proxy(server.endpoint);
    return {
      proxy,
      proxied: (uri, fault) =>
        storeAt(proxy.endpoint, uri, { ...options, ...(fault === 'hang' && { answerMs: SILENT_MS }) }),
      [Symbol.asyncDispose]: () => proxy.close(),
    };
  };
  const { proxy, proxied } = await withProxy();
  return {
    server,
    proxy,
    proxied,
    withProxy,
    newUri: () => `s3://${bucket}/${randomUUID()}`,
    direct: (uri) => storeAt(server.endpoint, uri, options),
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await server.stop();
    },
  };
}
