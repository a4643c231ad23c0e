/** A session without a server, for building plans in tests. */
import { parseAddress } from '../src/address.ts';
import { SparkClient } from '../src/client.ts';
import { defaultRetryPolicy } from '../src/retry.ts';
import { SparkSession } from '../src/session.ts';
import { RpcFailure, type Transport } from '../src/transport.ts';

/** Its frames have plans; their actions fail, since there is nobody to answer. */
export function planSession(version = '4.2.0'): SparkSession {
  const client = new SparkClient({
    address: parseAddress('sc://nobody'),
    transport: nobody,
    retryPolicy: defaultRetryPolicy,
    sessionId: '00000000-0000-0000-0000-000000000000',
    userId: 'test',
    clientType: 'test',
  });
  return new SparkSession(client, version);
}

const failure = (): RpcFailure => new RpcFailure(12, 'This session has no server: it only builds plans.');

const nobody: Transport = {
  unary: () => Promise.reject(failure()),
  stream: () => {
    throw failure();
  },
  isConnected: () => false,
  close: () => undefined,
};
