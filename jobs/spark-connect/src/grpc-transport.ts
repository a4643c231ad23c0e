/** The transport over grpc-js. Retries, sessions and errors of Spark are not its business. */
import { fromBinary, toBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
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
} from './rpc.ts';
import { statusDetails } from './status-details.ts';
import type { TlsMaterial } from './tls.ts';
import { type CallOptions, type ResponseStream, RpcFailure, Status, type Transport } from './transport.ts';

const FLOW_CONTROL_BYTES = 8 * 1024 * 1024;
// Plans and schemas nest deeper than the library's default of 100.
const READ_OPTIONS = { readUnknownFields: false, recursionLimit: 1_024 };

/** @param tls where the address has TLS and Node's own trust does not do */
export function grpcTransport(address: Address, tls?: TlsMaterial): Transport {
  return new GrpcTransport(address, tls);
}

class GrpcTransport implements Transport {
  readonly #client: grpc.Client;
  readonly #headers: grpc.Metadata;

  constructor(address: Address, tls?: TlsMaterial) {
    const { ca = null, key = null, cert = null } = tls ?? {};
    const credentials = address.isTls ? grpc.credentials.createSsl(ca, key, cert) : grpc.credentials.createInsecure();
    this.#headers = new grpc.Metadata();
    for (const [key, value] of Object.entries(address.headers)) this.#headers.set(key, value);
    if (address.token !== undefined) this.#headers.set('authorization', `Bearer ${address.token}`);
    this.#client = new grpc.Client(hostAndPort(address), credentials, {
      'grpc.max_receive_message_length': address.maxMessageBytes,
      'grpc.max_send_message_length': address.maxMessageBytes,
      // A dead connection is found within 80 s. Servers close on pings without calls, so there are none.
      'grpc.keepalive_time_ms': 60_000,
      'grpc.keepalive_timeout_ms': 20_000,
      // The default of 64 KiB makes every batch wait for several round trips.
      'grpc-node.flow_control_window': FLOW_CONTROL_BYTES,
      // Whether to try again is decided by our policy, which knows what is safe.
      'grpc.enable_retries': 0,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
      // Otherwise two sessions of a process share one connection, and its fate.
      'grpc.use_local_subchannel_pool': 1,
      ...(isLoopback(address.host) ? { 'grpc.enable_http_proxy': 0 } : {}),
    });
  }

  unary<N extends UnaryName>(name: N, request: Request<N>, options: CallOptions): Promise<Response<N>> {
    const method: UnaryMethod = unaryRpcs[name].method;
    return new Promise((resolve, reject) => {
      const done = (error: grpc.ServiceError | null, response?: unknown): void => {
        options.signal?.removeEventListener('abort', cancel);
        if (error === null) resolve(response as Response<N>);
        else reject(failure(error));
      };
      const call = this.#client.makeUnaryRequest(
        path(method),
        writer(method.input),
        reader(method.output),
        request,
        this.#headers,
        callOptions(options),
        done,
      );
      const cancel = (): void => call.cancel();
      whenAborted(options.signal, cancel);
    });
  }

  stream<N extends StreamName>(name: N, request: Request<N>, options: CallOptions): ResponseStream<Response<N>> {
    const method: StreamMethod = streamRpcs[name].method;
    const call = this.#client.makeServerStreamRequest(
      path(method),
      writer(method.input),
      reader(method.output),
      request,
      this.#headers,
      callOptions(options),
    );
    const cancel = (): void => call.cancel();
    let failed: RpcFailure | undefined;
    // Also while nobody reads: an error event without a listener would end the process.
    call.on('error', (error: grpc.ServiceError) => {
      failed = failure(error);
    });
    whenAborted(options.signal, cancel);
    return {
      cancel,
      async *[Symbol.asyncIterator]() {
        try {
          for await (const response of call) yield response as Response<N>;
          if (failed !== undefined) throw failed;
        } catch (error) {
          throw failed ?? failure(error as grpc.ServiceError);
        } finally {
          options.signal?.removeEventListener('abort', cancel);
          cancel();
        }
      },
    };
  }

  isConnected(): boolean {
    return this.#client.getChannel().getConnectivityState(false) === grpc.connectivityState.READY;
  }

  close(): void {
    this.#client.close();
  }
}

function path({ parent, name }: UnaryMethod | StreamMethod): string {
  return `/${parent.typeName}/${name}`;
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

function whenAborted(signal: AbortSignal | undefined, cancel: () => void): void {
  if (signal?.aborted === true) cancel();
  else signal?.addEventListener('abort', cancel, { once: true });
}

function failure(error: Partial<grpc.ServiceError>): RpcFailure {
  const trailer = error.metadata?.get('grpc-status-details-bin')[0];
  const details = statusDetails(typeof trailer === 'string' ? undefined : trailer);
  // The library ends some messages with a note that holds nothing.
  const message = (error.details ?? error.message ?? 'The call failed.').replace(/ Resolution note: \.?$/, '');
  return new RpcFailure(error.code ?? Status.UNKNOWN, message, details);
}
