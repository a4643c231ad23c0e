/** A session over a transport of the test's own: with a quick link check, or with short deadlines. */
import { randomUUID } from 'node:crypto';
import { type Address, parseAddress } from '../src/protocol/address.ts';
import { SparkClient } from '../src/protocol/client.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../src/protocol/retry.ts';
import { connected } from '../src/api/session-calls.ts';
import { SparkSession } from '../src/api/session.ts';
import type { Transport } from '../src/protocol/transport.ts';

export interface LinkSession extends AsyncDisposable {
  readonly client: SparkClient;
  readonly session: SparkSession;
}

export interface LinkSessionOptions {
  readonly remote: string;
  readonly transport: (address: Address) => Transport;
  readonly conf?: Readonly<Record<string, string>>;
  readonly retryPolicy?: Partial<RetryPolicy>;
}

const CONNECT_MS = 30_000;

export async function linkSession({
  remote,
  transport,
  conf = {},
  retryPolicy,
}: LinkSessionOptions): Promise<LinkSession> {
  const address = parseAddress(remote);
  const client = new SparkClient({
    address,
    transport: transport(address),
    retryPolicy: { ...defaultRetryPolicy, ...retryPolicy },
    sessionId: randomUUID(),
    userId: 'test',
    clientType: 'test',
  });
  const version = await connected(client, {
    connectTimeoutMs: CONNECT_MS,
    conf,
    minVersion: undefined,
    signal: undefined,
  });
  const session = new SparkSession(client, version);
  return { client, session, [Symbol.asyncDispose]: () => session.release() };
}
