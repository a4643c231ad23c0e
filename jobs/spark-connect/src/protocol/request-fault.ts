/** Decides whether a call failed by what was sent or set here: too large, too deep, or no message at all. */
import type { Message } from '@bufbuild/protobuf';
import { partsOf } from '../plan/parts.ts';
import { type RpcFailure, Status } from './transport.ts';

/** Servers take messages nested 1024 deep (their conf spark.connect.grpc.marshallerRecursionLimit), and may give up before. */
const DEEP = 500;
const NOT_WRITTEN = 'Request message serialization failure: ';
const TOO_DEEP = 'Maximum call stack size exceeded';

type Fault = (failure: RpcFailure, request: Message | undefined) => string | undefined;

const FAULTS: readonly Fault[] = [
  ({ message }, request) =>
    message.startsWith(NOT_WRITTEN) && message.endsWith(TOO_DEEP) ? tooDeep(nesting(request)) : undefined,
  ({ message }) =>
    message.startsWith(NOT_WRITTEN) ? `The plan cannot be sent: ${message.slice(NOT_WRITTEN.length)}.` : undefined,
  ({ message }) => {
    const most = /^Attempted to send message with a size larger than (\d+)/.exec(message)?.[1];
    return most && `The plan is larger than ${most} bytes, the most that this client sends: ${SMALLER} ${OUR_LIMIT}.`;
  },
  ({ message }) => {
    const most = /^gRPC message exceeds maximum size (\d+)/.exec(message)?.[1];
    return most && `The plan is larger than ${most} bytes, the most that the server takes: ${SMALLER} ${THEIR_LIMIT}.`;
  },
  ({ message }) => {
    const [, size, most] = /^Received message larger than max \((\d+) vs\.? (\d+)\)/.exec(message) ?? [];
    return size && `An answer of ${size} bytes came, and this client takes at most ${most} bytes: raise ${OUR_LIMIT}.`;
  },
  ({ status, message, details }, request) => {
    // A server that runs out of stack has neither words nor a class for it.
    const isSilent = status === Status.UNKNOWN && Object.keys(details).length === 0;
    if (!isSilent || (message !== '' && message !== 'Application error processing RPC')) return undefined;
    const levels = nesting(request);
    return levels < DEEP ? undefined : tooDeep(levels);
  },
];

const SMALLER = 'put large data into files or tables, or raise';
const OUR_LIMIT = 'grpc_max_message_size in the remote address';
const THEIR_LIMIT = 'the conf spark.connect.grpc.maxInboundMessageSize of the server';

const tooDeep = (levels: number): string =>
  `The plan nests ${levels} levels deep, which is too deep for client or server: use fewer calls inside each other, such as one withColumns for many columns, or write what is half done into a table or file.`;

/** @param request what was sent. @returns a sentence, or undefined for a failure of another kind */
export function requestFault(failure: RpcFailure, request: Message | undefined): string | undefined {
  for (const faultOf of FAULTS) {
    const fault = faultOf(failure, request);
    if (fault !== undefined && fault !== '') return fault;
  }
  return undefined;
}

/** How many messages are inside each other at most. Without recursion, since the stack is what may be too small. */
export function nesting(root: Message | undefined): number {
  const levels = new Map<object, number>();
  const open: object[] = root === undefined ? [] : [root];
  for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
    const inside = partsOf(at);
    const unknown = levels.has(at) ? [] : inside.filter((part) => !levels.has(part));
    if (unknown.length > 0) {
      open.push(...unknown);
      continue;
    }
    const own = '$typeName' in at ? 1 : 0;
    levels.set(at, own + inside.reduce((most, part) => Math.max(most, levels.get(part) ?? 0), 0));
    open.pop();
  }
  return root === undefined ? 0 : (levels.get(root) ?? 0);
}
