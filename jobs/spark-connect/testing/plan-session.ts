/** A session without a server, for building plans in tests. */
import { parseAddress } from '../src/protocol/address.ts';
import { SparkClient } from '../src/protocol/client.ts';
import type { Plan } from '../src/plan/plan.ts';
import { defaultRetryPolicy } from '../src/protocol/retry.ts';
import type { Request, StreamName } from '../src/protocol/rpc.ts';
import { SparkSession } from '../src/api/session.ts';
import { type ResponseStream, RpcFailure, type Transport } from '../src/protocol/transport.ts';

export interface PlanSessionOptions {
  /** What the session believes of its server; 4.2.0. */
  readonly version?: string;
  /** Is shown the plan of each action before the action fails. */
  readonly onPlan?: (plan: Plan) => void;
}

/** Its frames have plans; their actions fail, since there is nobody to answer. */
export function planSession({ version = '4.2.0', onPlan }: PlanSessionOptions = {}): SparkSession {
  const client = new SparkClient({
    address: parseAddress('sc://nobody'),
    transport: nobody(onPlan),
    retryPolicy: defaultRetryPolicy,
    sessionId: '00000000-0000-0000-0000-000000000000',
    userId: 'test',
    clientType: 'test',
  });
  return new SparkSession(client, version);
}

const failure = (): RpcFailure => new RpcFailure(12, 'This session has no server: it only builds plans.');

const nobody = (onPlan: PlanSessionOptions['onPlan']): Transport => ({
  unary: () => Promise.reject(failure()),
  upload: () => Promise.reject(failure()),
  stream: (name, request) => {
    const plan = planOf(name, request);
    if (plan !== undefined) onPlan?.(plan);
    return unanswered;
  },
  isConnected: () => false,
  close: () => undefined,
});

const unanswered: ResponseStream<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failure()) }),
  cancel: () => undefined,
};

function planOf(name: StreamName, request: Request<StreamName>): Plan | undefined {
  return name === 'executePlan' && 'plan' in request ? request.plan : undefined;
}
