/** The transport over grpc-js. Retries, sessions and errors of Spark are not its business. */
import { once } from 'node:events';
import { getDefaultHighWaterMark, setDefaultHighWaterMark } from 'node:stream';
import { fromBinary, toBinary, type DescMessage, type Message, type MessageShape } from '@bufbuild/protobuf';
import * as grpc from '@grpc/grpc-js';
import { type Address, hostAndPort, isLoopback } from './address.ts';
import {
  type Request,
  type Response,
  streamRpcs,
  type StreamMethod,
  type StreamName,
  type UnaryMethod,
  unaryRpcs,
  type UnaryName,
  type UploadMethod,
  type UploadName,
  uploadRpcs,
} from './rpc.ts';
import { statusDetails } from './status-details.ts';
import type { TlsMaterial } from './tls.ts';
import { type CallOptions, type ResponseStream, RpcFailure, Status, type Transport } from './transport.ts';

const KEEP_ALIVE_MS = 60_000;
const KEEP_ALIVE_TIMEOUT_MS = 20_000;
const LINK_MS = 20_000;
const FLOW_CONTROL_BYTES = 8 * 1024 * 1024;
/** Beside what the flow control lets come, where the consumer is slow. */
const MAX_HELD_ANSWERS = 1;
// Plans and schemas nest deeper than the library's default of 100.
const READ_OPTIONS = { readUnknownFields: false, recursionLimit: 1_024 };

export interface LinkOptions {
  /** After this time with a call under way the server is pinged; 60 s. Servers hang up on pings that come too often for them. */
  readonly keepAliveMs?: number | undefined;
  /** How long its answer may take before the connection counts as dead; 20 s. */
  readonly keepAliveTimeoutMs?: number | undefined;
  /** How long a call waits for a connection before it fails; 20 s. */
  readonly linkMs?: number | undefined;
}

/** @param tls where the address has TLS and Node's own trust does not do */
export function grpcTransport(address: Address, tls?: TlsMaterial, link: LinkOptions = {}): Transport {
  return new GrpcTransport(address, tls, link);
}

interface Call {
  cancel(): void;
}

/** What ends a call before the server does. */
interface Watch {
  /** The call is over. */
  stop(): void;
  failure(error: Partial<grpc.ServiceError>): RpcFailure;
}

class GrpcTransport implements Transport {
  readonly #connect: () => grpc.Client;
  readonly #headers: grpc.Metadata;
  readonly #linkMs: number;
  #client: grpc.Client;
  #isClosed = false;

  constructor(address: Address, tls: TlsMaterial | undefined, link: LinkOptions) {
    const { ca = null, key = null, cert = null } = tls ?? {};
    const credentials = address.isTls ? grpc.credentials.createSsl(ca, key, cert) : grpc.credentials.createInsecure();
    this.#headers = new grpc.Metadata();
    for (const [key, value] of Object.entries(address.headers)) this.#headers.set(key, value);
    if (address.token !== undefined) this.#headers.set('authorization', `Bearer ${address.token}`);
    this.#linkMs = link.linkMs ?? LINK_MS;
    this.#connect = () => new grpc.Client(hostAndPort(address), credentials, channelOptions(address, link));
    this.#client = this.#connect();
  }

  unary<N extends UnaryName>(name: N, request: Request<N>, options: CallOptions): Promise<Response<N>> {
    const method: UnaryMethod = unaryRpcs[name].method;
    return new Promise((resolve, reject) => {
      const done = (error: grpc.ServiceError | null, response?: unknown): void => {
        watch.stop();
        if (error === null) resolve(response as Response<N>);
        else reject(watch.failure(error));
      };
      const call = this.#client.makeUnaryRequest(...wireOf(method), request, this.#headers, callOptions(options), done);
      const watch = this.#watch(call, options.signal);
    });
  }

  upload<N extends UploadName>(name: N, parts: AsyncIterable<Request<N>>, options: CallOptions): Promise<Response<N>> {
    const method: UploadMethod = uploadRpcs[name].method;
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const done = (error: grpc.ServiceError | null, response?: unknown): void => {
        watch.stop();
        over.abort();
        if (error === null) resolve(response as Response<N>);
        else reject(watch.failure(error));
      };
      const call = this.#client.makeClientStreamRequest(...wireOf(method), this.#headers, callOptions(options), done);
      const watch = this.#watch(call, options.signal);
      sendParts<Message>(call, parts, over.signal).catch((error: unknown) => {
        reject(error);
        call.cancel();
      });
    });
  }

  stream<N extends StreamName>(name: N, request: Request<N>, options: CallOptions): ResponseStream<Response<N>> {
    const method: StreamMethod = streamRpcs[name].method;
    const call = holdingFew(() =>
      this.#client.makeServerStreamRequest(...wireOf(method), request, this.#headers, callOptions(options)),
    );
    const watch = this.#watch(call, options.signal);
    let failed: RpcFailure | undefined;
    // Also while nobody reads: an error event without a listener would end the process.
    call.on('error', (error: grpc.ServiceError) => {
      failed = watch.failure(error);
    });
    call.on('status', () => watch.stop());
    return {
      cancel: () => call.cancel(),
      async *[Symbol.asyncIterator]() {
        try {
          for await (const response of call) yield response as Response<N>;
          if (failed !== undefined) throw failed;
        } catch (error) {
          throw failed ?? failure(error as grpc.ServiceError);
        } finally {
          watch.stop();
          call.cancel();
        }
      },
    };
  }

  isConnected(): boolean {
    return isReady(this.#client);
  }

  close(): void {
    this.#isClosed = true;
    this.#client.close();
  }

  /** A connection that is accepted and then silent keeps the library waiting, and every later call with it. */
  #watch(call: Call, signal: AbortSignal | undefined): Watch {
    const client = this.#client;
    let isUnlinked = false;
    const cancel = (): void => call.cancel();
    const giveUp = (): void => {
      if (isReady(client)) return;
      isUnlinked = true;
      cancel();
      if (this.#isClosed || this.#client !== client) return;
      this.#client = this.#connect();
      client.close();
    };
    const timer = isReady(client) ? undefined : setTimeout(giveUp, this.#linkMs);
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
    return {
      stop: () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      },
      failure: (error) =>
        isUnlinked
          ? new RpcFailure(Status.UNAVAILABLE, `There was no connection within ${this.#linkMs / 1_000} s.`)
          : failure(error),
    };
  }
}

/** @param over aborted by the server's answer, which may come before the last part */
async function sendParts<T>(
  call: grpc.ClientWritableStream<T>,
  parts: AsyncIterable<T>,
  over: AbortSignal,
): Promise<void> {
  for await (const part of parts) {
    if (over.aborted) return;
    // Without a listener for the answer a server that refuses a part would keep this waiting.
    if (!call.write(part)) await once(call, 'drain', { signal: over }).catch(() => undefined);
  }
  if (!over.aborted) call.end();
}

function channelOptions(address: Address, link: LinkOptions): grpc.ChannelOptions {
  const { keepAliveMs = KEEP_ALIVE_MS, keepAliveTimeoutMs = KEEP_ALIVE_TIMEOUT_MS } = link;
  return {
    'grpc.max_receive_message_length': address.maxMessageBytes,
    'grpc.max_send_message_length': address.maxMessageBytes,
    // A dead connection is found within the sum of both. Servers close on pings without calls, so there are none.
    'grpc.keepalive_time_ms': keepAliveMs,
    'grpc.keepalive_timeout_ms': keepAliveTimeoutMs,
    // The default of 64 KiB makes every batch wait for several round trips.
    'grpc-node.flow_control_window': FLOW_CONTROL_BYTES,
    // Whether to try again is decided by our policy, which knows what is safe.
    'grpc.enable_retries': 0,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1_000,
    // Otherwise two sessions of a process share one connection, and its fate.
    'grpc.use_local_subchannel_pool': 1,
    ...(isLoopback(address.host) ? { 'grpc.enable_http_proxy': 0 } : {}),
  };
}

function isReady(client: grpc.Client): boolean {
  return client.getChannel().getConnectivityState(false) === grpc.connectivityState.READY;
}

/** The library makes its streams of answers with Node's default of 16, and an answer may have megabytes. */
function holdingFew<T>(make: () => T): T {
  const usual = getDefaultHighWaterMark(true);
  setDefaultHighWaterMark(true, MAX_HELD_ANSWERS);
  try {
    return make();
  } finally {
    setDefaultHighWaterMark(true, usual);
  }
}

/** How a call is named, and how its messages become bytes and back. */
function wireOf({ parent, name, input, output }: UnaryMethod | StreamMethod | UploadMethod) {
  return [`/${parent.typeName}/${name}`, writer(input), reader(output)] as const;
}

function writer<D extends DescMessage>(schema: D): (message: MessageShape<D>) => Buffer {
  return (message) => {
    const bytes = toBinary(schema, message);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

function reader<D extends DescMessage>(schema: D): (bytes: Buffer) => MessageShape<D> {
  return (bytes) => fromBinary(schema, bytes, READ_OPTIONS);
}

function callOptions({ deadlineMs }: CallOptions): grpc.CallOptions {
  return { deadline: Date.now() + deadlineMs };
}

/** The library's words for a connection that the server hung up on because of too many pings: the way broke, not the work. */
const TOO_MANY_PINGS = 'Bandwidth exhausted or memory limit exceeded';

function failure(error: Partial<grpc.ServiceError>): RpcFailure {
  const trailer = error.metadata?.get('grpc-status-details-bin')[0];
  const details = statusDetails(typeof trailer === 'string' ? undefined : trailer);
  // The library ends some messages with a note that holds nothing.
  const message = (error.details ?? error.message ?? 'The call failed.').replace(/ Resolution note: \.?$/, '');
  if (message === TOO_MANY_PINGS)
    return new RpcFailure(Status.UNAVAILABLE, 'The server found the pings of the link check too many and hung up.');
  return new RpcFailure(error.code ?? Status.UNKNOWN, message, details);
}
