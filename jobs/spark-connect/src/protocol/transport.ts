/** What the client needs from a gRPC library, and how a failed call looks. */
import type { Request, Response, StreamName, UnaryName, UploadName } from './rpc.ts';

/** The status codes of gRPC that mean something to us. */
export const Status = {
  CANCELLED: 1,
  UNKNOWN: 2,
  DEADLINE_EXCEEDED: 4,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

export interface RpcFailureDetails {
  /** Of google.rpc.ErrorInfo: what Spark says about its exception. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Of google.rpc.ErrorInfo: the JVM class. */
  readonly reason?: string;
  /** Of google.rpc.RetryInfo: the server asks to be tried again, and not before. */
  readonly retryDelayMs?: number;
}

/** A call that did not end well. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure';
  readonly status: number;
  readonly details: RpcFailureDetails;

  constructor(status: number, message: string, details: RpcFailureDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

export interface CallOptions {
  readonly deadlineMs: number;
  /** Gives the call up locally: it then fails with status CANCELLED. */
  readonly signal?: AbortSignal | undefined;
}

/** The answers of one call; iterated once. Reading slowly holds little here; a Spark server keeps the rest. */
export interface ResponseStream<T> extends AsyncIterable<T> {
  /** Ends the stream locally; a pending read then fails with status CANCELLED. */
  cancel(): void;
}

/** Every failure is an RpcFailure. */
export interface Transport {
  unary<N extends UnaryName>(name: N, request: Request<N>, options: CallOptions): Promise<Response<N>>;
  /** Reads the parts as fast as the way takes them; a failure of theirs fails the call, and is no RpcFailure. */
  upload<N extends UploadName>(name: N, parts: AsyncIterable<Request<N>>, options: CallOptions): Promise<Response<N>>;
  stream<N extends StreamName>(name: N, request: Request<N>, options: CallOptions): ResponseStream<Response<N>>;
  /** Whether the last thing known of the connection is that it works. */
  isConnected(): boolean;
  close(): void;
}
