/** Carries out what execution.ts decides: one operation on the server, as one stream of answers. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SparkClient } from './client.ts';
import { interrupted, SparkError } from '../errors.ts';
import {
  type Effect,
  type ExecutionEvent,
  type ExecutionState,
  next,
  type Opening,
  start,
  type Step,
} from './execution.ts';
import type { ExecutePlanResponse } from '../gen/spark/connect/base_pb.js';
import type { PlanMessage } from '../plan/plan.ts';
import { unreachable } from './server-error.ts';
import { type ResponseStream, RpcFailure } from './transport.ts';

/** How long the server may take to answer an interrupt before the caller is let go. */
const INTERRUPT_MS = 1_000;

export interface ExecuteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly tags?: readonly string[] | undefined;
}

export interface Executed {
  readonly operationId: string;
  /** Ends after the answer that completes the result. Leaving early interrupts and releases the operation. */
  readonly responses: AsyncGenerator<ExecutePlanResponse, void, void>;
}

/** Nothing is sent before the first read. @throws SparkError while reading */
export function execute(client: SparkClient, plan: PlanMessage, options: ExecuteOptions = {}): Executed {
  const execution = new Execution(client, plan, options);
  return { operationId: execution.operationId, responses: execution.responses() };
}

type Outcome = Extract<Effect, { kind: 'finish' | 'fail' }>;

interface Read {
  readonly event: ExecutionEvent;
  readonly response?: ExecutePlanResponse;
}

class Execution {
  // Ours from the beginning: an operation whose first answer is lost can still be found.
  readonly operationId = randomUUID();
  readonly #client: SparkClient;
  readonly #plan: PlanMessage;
  readonly #signal: AbortSignal | undefined;
  readonly #tags: string[];
  #state: ExecutionState;
  #stream: ResponseStream<ExecutePlanResponse> | undefined;
  #answers: AsyncIterator<ExecutePlanResponse> | undefined;
  #waitMs: number | undefined;
  #outcome: Outcome | undefined;
  /** Aborted when a wait has become pointless. */
  readonly #idle = new AbortController();
  #failingSinceMs: number | undefined;

  constructor(client: SparkClient, plan: PlanMessage, { signal, tags = [] }: ExecuteOptions) {
    this.#client = client;
    this.#plan = plan;
    this.#signal = signal;
    this.#tags = [...tags];
    this.#state = start().state;
  }

  async *responses(): AsyncGenerator<ExecutePlanResponse, void, void> {
    this.#client.assertUsable(this.#signal);
    const abort = (): void => void this.#on({ kind: 'abort' });
    this.#signal?.addEventListener('abort', abort, { once: true });
    try {
      this.#take(start());
      while (this.#outcome === undefined) {
        const response = await this.#advance();
        if (response !== undefined) yield response;
      }
      if (this.#outcome.kind === 'fail') throw await this.#error(this.#outcome);
    } finally {
      this.#signal?.removeEventListener('abort', abort);
      this.#on({ kind: 'stop' });
    }
  }

  /** @returns an answer to hand on, where there is one */
  async #advance(): Promise<ExecutePlanResponse | undefined> {
    if (this.#answers === undefined) {
      const wait = this.#waitMs;
      this.#waitMs = undefined;
      // Without a wait there is an interrupt under way, whose answer ends the idling.
      await sleep(wait ?? INTERRUPT_MS, undefined, { signal: this.#idle.signal }).catch(() => undefined);
      this.#on({ kind: 'waited' });
      return undefined;
    }
    const read = await this.#read(this.#answers);
    const effects = this.#on(read.event);
    return effects.some((effect) => effect.kind === 'deliver') ? read.response : undefined;
  }

  async #read(answers: AsyncIterator<ExecutePlanResponse>): Promise<Read> {
    try {
      const { done, value: response } = await answers.next();
      if (done === true) {
        this.#answers = undefined;
        return { event: { kind: 'end' } };
      }
      this.#client.check(response);
      this.#failingSinceMs = undefined;
      const { responseId, responseType } = response;
      const isComplete = responseType.case === 'resultComplete';
      const sizeBytes = responseType.case === 'arrowBatch' ? responseType.value.data.length : 0;
      return { event: { kind: 'response', responseId, isComplete, sizeBytes }, response };
    } catch (failure) {
      this.#answers = undefined;
      if (!(failure instanceof RpcFailure)) throw failure;
      const nowMs = performance.now();
      this.#failingSinceMs ??= nowMs;
      return { event: { kind: 'failure', failure, nowMs, random: Math.random() } };
    }
  }

  #on(event: ExecutionEvent): readonly Effect[] {
    const step = next(this.#state, event, this.#client.retryPolicy);
    this.#take(step);
    return step.effects;
  }

  #take({ state, effects }: Step): void {
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'open':
        this.#open(effect.opening, effect.cursor);
        break;
      case 'wait':
        this.#waitMs = effect.waitMs;
        break;
      case 'deliver':
        break;
      case 'cancel':
        this.#stream?.cancel();
        this.#answers?.return?.().catch(() => undefined);
        this.#idle.abort();
        break;
      case 'interrupt':
        void this.#interrupt();
        break;
      case 'release-until':
        this.#client.releaseUntil(this.operationId, effect.responseId);
        break;
      case 'release':
        this.#client.release(this.operationId, effect.interruptFirst);
        break;
      case 'finish':
      case 'fail':
        this.#outcome = effect;
        break;
    }
  }

  #open(opening: Opening, cursor: string | undefined): void {
    const { operationId } = this;
    const stream =
      opening === 'execute'
        ? this.#client.stream('executePlan', {
            operationId,
            plan: this.#plan,
            tags: this.#tags,
            requestOptions: [
              { requestOption: { case: 'reattachOptions', value: { reattachable: true } } },
              { requestOption: { case: 'resultChunkingOptions', value: { allowArrowBatchChunking: true } } },
            ],
          })
        : this.#client.stream('reattachExecute', {
            operationId,
            ...(cursor === undefined ? {} : { lastResponseId: cursor }),
          });
    this.#stream = stream;
    this.#answers = stream[Symbol.asyncIterator]();
  }

  async #interrupt(): Promise<void> {
    const own = { case: 'operationId', value: this.operationId } as const;
    await this.#client.interrupt(own, { deadlineMs: INTERRUPT_MS }).catch(() => undefined);
    this.#on({ kind: 'interrupt-settled' });
  }

  async #error({ reason, failure }: Extract<Effect, { kind: 'fail' }>): Promise<SparkError> {
    const { operationId } = this;
    const { server } = this.#client;
    const cause = failure instanceof RpcFailure ? failure : new RpcFailure(0, failure?.message ?? reason);
    if (reason === 'interrupted') return interrupted(operationId, failure);
    if (reason === 'lost') return this.#client.lost(cause, operationId);
    if (reason === 'failed') return await this.#client.explain(cause, { operationId, request: this.#plan });
    if (reason === 'gave-up') {
      const waitedMs = performance.now() - (this.#failingSinceMs ?? performance.now());
      return unreachable(cause, { server, operationId, waitedMs });
    }
    const text = `The server at ${server} never completes operation ${operationId}.`;
    return new SparkError('protocol', text, { operationId, cause });
  }
}
