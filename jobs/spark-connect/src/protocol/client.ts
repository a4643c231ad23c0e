/** Typed calls of one session: envelope, retries, checks of the session, whole errors. */
import { setTimeout as sleep } from 'node:timers/promises';
import { create, type Message, type MessageInitShape } from '@bufbuild/protobuf';
import { type Address, hostAndPort } from './address.ts';
import { interrupted, SparkError } from '../errors.ts';
import { InterruptRequest_InterruptType } from '../gen/spark/connect/base_pb.js';
import { type Failures, isRetryable, oneMore, type RetryPolicy, waitMs } from './retry.ts';
import {
  type Request,
  type Response,
  type RpcName,
  type StreamName,
  streamRpcs,
  type UnaryName,
  unaryRpcs,
  type UploadName,
  uploadRpcs,
} from './rpc.ts';
import { errorIdOf, type ErrorContext, sessionLost, toSparkError } from './server-error.ts';
import { type ResponseStream, RpcFailure, type Transport } from './transport.ts';

const ERROR_DETAILS_MS = 5_000;
const RELEASE_MS = 10_000;

export interface ClientOptions {
  readonly address: Address;
  readonly transport: Transport;
  readonly retryPolicy: RetryPolicy;
  readonly sessionId: string;
  readonly userId: string;
  readonly clientType: string;
}

export interface UnaryOptions {
  readonly signal?: AbortSignal | undefined;
  /** For one try. */
  readonly deadlineMs?: number | undefined;
  readonly isRetried?: boolean | undefined;
  /** For all tries together, instead of the policy's. */
  readonly budgetMs?: number | undefined;
}

const rpcs = { ...unaryRpcs, ...streamRpcs, ...uploadRpcs };

type Rpcs = typeof rpcs;
type Fields<N extends RpcName> = MessageInitShape<Rpcs[N]['method']['input']>;

/** Which operations are to stop: one, or all that bear a tag. */
export interface Interrupted {
  readonly case: 'operationId' | 'operationTag';
  readonly value: string;
}

/** What every answer says about the session it belongs to. */
interface SessionMark {
  readonly sessionId: string;
  readonly serverSideSessionId: string;
}

export class SparkClient {
  readonly server: string;
  readonly sessionId: string;
  readonly retryPolicy: RetryPolicy;
  readonly #transport: Transport;
  readonly #identity;
  readonly #background = new Set<Promise<void>>();
  #serverSideSessionId: string | undefined;
  #closed: SparkError | undefined;
  #lastFailure: RpcFailure | undefined;
  #lastCallMs = performance.now();

  constructor({ address, transport, retryPolicy, sessionId, userId, clientType }: ClientOptions) {
    this.server = hostAndPort(address);
    this.sessionId = sessionId;
    this.retryPolicy = retryPolicy;
    this.#transport = transport;
    this.#identity = { sessionId, userContext: { userId, userName: userId }, clientType };
  }

  /** Why the last call failed that did. */
  get lastFailure(): RpcFailure | undefined {
    return this.#lastFailure;
  }

  /** When the server was last asked anything, on the clock of `performance.now()`. */
  get lastCallMs(): number {
    return this.#lastCallMs;
  }

  isConnected(): boolean {
    return this.#transport.isConnected();
  }

  /** @throws SparkError */
  async call<N extends UnaryName>(name: N, fields: Fields<N>, options: UnaryOptions = {}): Promise<Response<N>> {
    const { signal, deadlineMs = unaryRpcs[name].deadlineMs } = options;
    let request: Request<N>;
    return await this.#tried(
      () => {
        request = this.#request(name, fields);
        return this.#transport.unary(name, request, { deadlineMs, signal });
      },
      options,
      () => request,
    );
  }

  /**
   * Sends the parts of one question, from the first part anew where the way broke: so a server must take them twice.
   * @throws SparkError
   */
  async upload<N extends UploadName>(
    name: N,
    parts: () => AsyncIterable<Fields<N>>,
    options: UnaryOptions = {},
  ): Promise<Response<N>> {
    const { signal, deadlineMs = uploadRpcs[name].deadlineMs } = options;
    const request = (fields: Fields<N>): Request<N> => this.#request(name, fields);
    const requests = async function* (): AsyncGenerator<Request<N>, void, void> {
      for await (const fields of parts()) yield request(fields);
    };
    return await this.#tried(() => this.#transport.upload(name, requests(), { deadlineMs, signal }), options);
  }

  async #tried<T extends SessionMark>(
    attempt: () => Promise<T>,
    options: UnaryOptions,
    requestOf: () => Message | undefined = () => undefined,
  ): Promise<T> {
    const { signal, isRetried = true } = options;
    const policy = { ...this.retryPolicy, budgetMs: options.budgetMs ?? this.retryPolicy.budgetMs };
    let failures: Failures | undefined;
    for (;;) {
      this.assertUsable(signal);
      try {
        const response = await attempt();
        this.check(response);
        return response;
      } catch (error) {
        if (!(error instanceof RpcFailure)) throw error;
        if (signal?.aborted === true) throw interrupted(undefined, error);
        this.#lastFailure = error;
        const nowMs = performance.now();
        failures = oneMore(failures, nowMs);
        const canRetry = isRetried && isRetryable(error);
        const wait = canRetry ? waitMs(policy, failures, error, nowMs, Math.random()) : undefined;
        if (wait === undefined)
          throw await this.explain(error, {
            request: requestOf(),
            waitedMs: canRetry ? nowMs - failures.sinceMs : undefined,
          });
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** One stream of answers; what its end means is decided by the caller. */
  stream<N extends StreamName>(name: N, fields: Fields<N>): ResponseStream<Response<N>> {
    return this.#transport.stream(name, this.#request(name, fields), { deadlineMs: streamRpcs[name].deadlineMs });
  }

  /** @throws SparkError where no call can be made any more */
  assertUsable(signal?: AbortSignal): void {
    if (signal?.aborted === true) throw interrupted(undefined, signal.reason);
    if (this.#closed !== undefined) {
      const { code, message, retryable } = this.#closed;
      throw new SparkError(code, message, { retryable, cause: this.#closed });
    }
  }

  /** The server forgets a session when it restarts; an answer of its new life must not pass for one of the old. */
  check({ sessionId, serverSideSessionId }: SessionMark): void {
    if (sessionId !== '' && sessionId !== this.sessionId) {
      throw new SparkError(
        'protocol',
        `The server at ${this.server} answered for session ${sessionId}, asked was ${this.sessionId}.`,
      );
    }
    if (serverSideSessionId === '') return;
    this.#serverSideSessionId ??= serverSideSessionId;
    if (serverSideSessionId !== this.#serverSideSessionId) {
      throw this.lost({ message: `it answered as another server session (${serverSideSessionId})` });
    }
  }

  /** Where it is the session that is lost, every call fails from now on. */
  lost(failure: Pick<RpcFailure, 'message'>, operationId?: string): SparkError {
    const error = sessionLost(failure, { server: this.server, operationId });
    if (!failure.message.includes('INVALID_HANDLE.OPERATION_')) this.#closed ??= error;
    return error;
  }

  /** Never fails: where the details cannot be had, the failure itself must do. */
  async explain(failure: RpcFailure, about: Omit<ErrorContext, 'server'>): Promise<SparkError> {
    const errorId = errorIdOf(failure);
    const fetched =
      errorId === undefined
        ? undefined
        : await this.#transport
            .unary('fetchErrorDetails', this.#request('fetchErrorDetails', { errorId }), {
              deadlineMs: ERROR_DETAILS_MS,
            })
            .catch(() => undefined);
    const error = toSparkError(failure, fetched, { server: this.server, ...about });
    return error.code === 'session-lost' ? this.lost(failure, about.operationId) : error;
  }

  /** Asks once. @param what all operations, without it. @returns the ids of the operations that were stopped */
  async interrupt(what?: Interrupted, options: UnaryOptions = {}): Promise<string[]> {
    const { ALL, OPERATION_ID, TAG } = InterruptRequest_InterruptType;
    const interruptType = what === undefined ? ALL : what.case === 'operationId' ? OPERATION_ID : TAG;
    const fields = { interruptType, ...(what === undefined ? {} : { interrupt: what }) };
    const { interruptedIds } = await this.call('interrupt', fields, { isRetried: false, ...options });
    return interruptedIds;
  }

  /** Lets the server forget an operation; goes on by itself, see {@link settle}. */
  release(operationId: string, interruptFirst: boolean): void {
    const once = { isRetried: false, deadlineMs: RELEASE_MS };
    this.#inBackground(async () => {
      if (interruptFirst)
        await this.interrupt({ case: 'operationId', value: operationId }, once).catch(() => undefined);
      await this.call('releaseExecute', { operationId, release: { case: 'releaseAll', value: {} } }, once);
    });
  }

  /** Lets the server drop answers that arrived; goes on by itself, and nothing is lost where it fails. */
  releaseUntil(operationId: string, responseId: string): void {
    const release = { case: 'releaseUntil', value: { responseId } } as const;
    const once = { isRetried: false, deadlineMs: RELEASE_MS };
    this.#inBackground(async () => void (await this.call('releaseExecute', { operationId, release }, once)));
  }

  /** Waits for what goes on by itself, but not for ever. */
  async settle(maxWaitMs: number): Promise<void> {
    await atMost(maxWaitMs, Promise.all(this.#background));
  }

  /** Ends the session on the server, as well as that is possible within the time, and the connection. Never fails. */
  async close(maxWaitMs: number): Promise<void> {
    const endMs = performance.now() + maxWaitMs;
    await this.settle(maxWaitMs / 2);
    const deadlineMs = Math.max(endMs - performance.now(), 1);
    // Also a session that is lost for us: the server may hold a new one under the same id.
    await this.#transport
      .unary('releaseSession', this.#request('releaseSession', {}), { deadlineMs })
      .catch(() => undefined);
    this.#closed ??= new SparkError('usage', 'The session was released: connect again.');
    this.#transport.close();
  }

  #request<N extends RpcName>(name: N, fields: Fields<N>): Request<N> {
    this.#lastCallMs = performance.now();
    const { input } = rpcs[name].method;
    const observed = this.#serverSideSessionId;
    // A release must reach the session whatever became of it, and has no such field.
    const mark =
      observed === undefined || name === 'releaseSession' ? {} : { clientObservedServerSideSessionId: observed };
    return create(input, { ...this.#identity, ...mark, ...(fields as object) }) as Request<N>;
  }

  #inBackground(work: () => Promise<void>): void {
    const promise: Promise<void> = work()
      .catch(() => undefined)
      .finally(() => this.#background.delete(promise));
    this.#background.add(promise);
  }
}

async function atMost(maxWaitMs: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work, sleep(maxWaitMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
}
