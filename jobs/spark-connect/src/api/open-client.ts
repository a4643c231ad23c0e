/** The way to a server: address, transport and first answers, as the options of a connection say. */
import { randomUUID } from 'node:crypto';
import type { ConnectOptions } from './connect-options.ts';
import { clientType, userName } from './identity.ts';
import { interrupted } from '../errors.ts';
import { parseAddress } from '../protocol/address.ts';
import { SparkClient } from '../protocol/client.ts';
import { grpcTransport } from '../protocol/grpc-transport.ts';
import { defaultRetryPolicy } from '../protocol/retry.ts';
import { loadTls } from '../protocol/tls.ts';
import { connected } from './session-calls.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** A process that is told to stop has little time left. */
export const RELEASE_WHEN_ABORTED_MS = 1_500;

export interface OpenClient {
  readonly client: SparkClient;
  /** Of the server. */
  readonly version: string;
}

/** @throws SparkError as `SparkSession.connect` does; then nothing stays open */
export async function openClient(options: ConnectOptions, sessionId: string | undefined): Promise<OpenClient> {
  const { tls, allowPlaintextToken } = options;
  const address = parseAddress(options.remote ?? process.env['SPARK_REMOTE'], {
    hasTls: tls !== undefined,
    allowPlaintextToken,
  });
  const { signal, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  const { retryBudgetMs = defaultRetryPolicy.budgetMs, maxRetries = defaultRetryPolicy.maxRetries } = options;
  if (signal?.aborted === true) throw interrupted(undefined, signal.reason);
  const client = new SparkClient({
    address,
    transport: grpcTransport(address, tls && (await loadTls(tls)), { keepAliveMs: options.linkCheckMs }),
    retryPolicy: { ...defaultRetryPolicy, budgetMs: retryBudgetMs, maxRetries },
    sessionId: sessionId ?? address.sessionId ?? randomUUID(),
    userId: address.userId ?? userName(),
    clientType: clientType(options.userAgent ?? address.userAgent ?? 'spark-connect'),
  });
  try {
    const version = await connected(client, {
      connectTimeoutMs,
      conf: options.conf ?? {},
      inheritsConf: options.inheritsConf,
      minVersion: options.minVersion,
      signal,
    });
    return { client, version };
  } catch (error) {
    await client.close(client.isConnected() ? RELEASE_WHEN_ABORTED_MS : 1);
    throw error;
  }
}
