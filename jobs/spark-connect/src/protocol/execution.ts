/**
 * Decides what happens next to one operation whose answers come over one or more streams: read on, attach again, send the
 * plan again, wait, stop. The server keeps the operation while streams break, so nothing is ever run twice.
 */
import { type Failure, type Failures, isRetryable, oneMore, type RetryPolicy, waitMs } from './retry.ts';
import { Status } from './transport.ts';

/** How a stream begins: the plan is sent, or the answers of an operation that runs already are asked for. */
export type Opening = 'execute' | 'reattach';

/** What survives from stream to stream. */
export interface Progress {
  /** The id of the last answer received; the server goes on behind it. */
  readonly cursor: string | undefined;
  /** Without any answer between them. */
  readonly failures: Failures | undefined;
  /** Streams in a row that ended well without any answer. */
  readonly emptyStreams: number;
  /** How often the plan was sent again because the server had never seen it. */
  readonly resends: number;
  /** Received since the server was last told what it need not keep any more. */
  readonly unreleasedBytes: number;
}

export type ExecutionState =
  | {
      readonly phase: 'streaming';
      readonly opening: Opening;
      readonly hasAnswered: boolean;
      readonly progress: Progress;
    }
  | { readonly phase: 'waiting'; readonly next: Opening; readonly progress: Progress }
  /** The server was asked to interrupt; what still arrives is dropped. */
  | { readonly phase: 'aborting' }
  | { readonly phase: 'done' };

export type ExecutionEvent =
  | { readonly kind: 'response'; readonly responseId: string; readonly isComplete: boolean; readonly sizeBytes: number }
  /** The stream ended with status OK. */
  | { readonly kind: 'end' }
  /** @param random 0..1 */
  | { readonly kind: 'failure'; readonly failure: Failure; readonly nowMs: number; readonly random: number }
  /** The wait is over. */
  | { readonly kind: 'waited' }
  /** The caller's signal was aborted. */
  | { readonly kind: 'abort' }
  /** The server answered the interrupt, or did not in time. */
  | { readonly kind: 'interrupt-settled' }
  /** The consumer left the loop, or threw. */
  | { readonly kind: 'stop' };

export type Reason =
  /** The failure itself says it. */
  | 'failed'
  /** The server no longer knows the session or the operation. */
  | 'lost'
  /** Nothing but failures of the way until the budget was used up. */
  | 'gave-up'
  /** The server ends streams without ever completing the operation. */
  | 'never-complete'
  | 'interrupted';

export type Effect =
  | { readonly kind: 'open'; readonly opening: Opening; readonly cursor: string | undefined }
  | { readonly kind: 'wait'; readonly waitMs: number }
  /** Hand the response on. */
  | { readonly kind: 'deliver' }
  /** End the open stream, if any, or the wait. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'interrupt' }
  /** Tell the server that it need not keep the answers up to this one for another stream. */
  | { readonly kind: 'release-until'; readonly responseId: string }
  /** Tell the server to forget the operation, which also stops it; interrupt it first where it surely runs. */
  | { readonly kind: 'release'; readonly interruptFirst: boolean }
  | { readonly kind: 'finish' }
  | { readonly kind: 'fail'; readonly reason: Reason; readonly failure: Failure | undefined };

export interface Step {
  readonly state: ExecutionState;
  readonly effects: readonly Effect[];
}

/** A server that reports no progress ends a silent stream every two minutes: this allows a day and more, and stops a tight loop within seconds. */
const MAX_EMPTY_STREAMS = 1_000;
/** A call for each answer would double the calls of a long result; servers keep 10 MiB in any case. */
const RELEASE_EVERY_BYTES = 4 * 1024 * 1024;
const NOT_FOUND = /INVALID_HANDLE\.(OPERATION|SESSION)_NOT_FOUND/;
const LOST = /INVALID_HANDLE\.(SESSION_CHANGED|SESSION_CLOSED|OPERATION_ABANDONED)/;
const EXISTS = 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS';

const done: ExecutionState = { phase: 'done' };
const nothing = (state: ExecutionState): Step => ({ state, effects: [] });

export function start(): Step {
  return open('execute', { cursor: undefined, failures: undefined, emptyStreams: 0, resends: 0, unreleasedBytes: 0 });
}

export function next(state: ExecutionState, event: ExecutionEvent, policy: RetryPolicy): Step {
  if (state.phase === 'done') return nothing(state);
  if (state.phase === 'aborting') return whileAborting(state, event);
  if (state.phase === 'streaming') return whenStopped(event) ?? whileStreaming(state, event, policy);
  if (event.kind === 'waited') return open(state.next, state.progress);
  return whenStopped(event) ?? nothing(state);
}

function whileAborting(state: ExecutionState, event: ExecutionEvent): Step {
  // An interrupted operation ends its stream by itself, most often before the interrupt is answered.
  const isOver = event.kind === 'interrupt-settled' || event.kind === 'failure' || event.kind === 'stop';
  return isOver ? fail('interrupted', event.kind === 'failure' ? event.failure : undefined) : nothing(state);
}

function whenStopped(event: ExecutionEvent): Step | undefined {
  if (event.kind === 'abort') return { state: { phase: 'aborting' }, effects: [{ kind: 'interrupt' }] };
  if (event.kind !== 'stop') return undefined;
  return { state: done, effects: [{ kind: 'cancel' }, { kind: 'release', interruptFirst: true }, { kind: 'finish' }] };
}

type Streaming = Extract<ExecutionState, { phase: 'streaming' }>;

function whileStreaming(state: Streaming, event: ExecutionEvent, policy: RetryPolicy): Step {
  if (event.kind === 'end') return attachAgain(state);
  if (event.kind === 'failure') return afterFailure(state, event, policy);
  if (event.kind !== 'response') return nothing(state);
  if (event.isComplete) {
    const release = { kind: 'release', interruptFirst: false } as const;
    return { state: done, effects: [{ kind: 'deliver' }, { kind: 'cancel' }, release, { kind: 'finish' }] };
  }
  return whenAnswered(state, event);
}

function whenAnswered(
  state: Streaming,
  { responseId, sizeBytes }: Extract<ExecutionEvent, { kind: 'response' }>,
): Step {
  const receivedBytes = state.progress.unreleasedBytes + sizeBytes;
  const isReleased = receivedBytes >= RELEASE_EVERY_BYTES;
  const unreleasedBytes = isReleased ? 0 : receivedBytes;
  const progress = { cursor: responseId, failures: undefined, emptyStreams: 0, resends: 0, unreleasedBytes };
  const effects: Effect[] = [{ kind: 'deliver' }];
  if (isReleased) effects.push({ kind: 'release-until', responseId });
  return { state: { ...state, hasAnswered: true, progress }, effects };
}

/** Servers end streams on purpose, after some time or size; the operation goes on. */
function attachAgain({ hasAnswered, progress }: Streaming, failure?: Failure): Step {
  const emptyStreams = hasAnswered ? 0 : progress.emptyStreams + 1;
  if (emptyStreams > MAX_EMPTY_STREAMS) return fail('never-complete', failure);
  return open('reattach', { ...progress, emptyStreams });
}

type FailureEvent = Extract<ExecutionEvent, { kind: 'failure' }>;

function afterFailure(state: Streaming, event: FailureEvent, policy: RetryPolicy): Step {
  const { failure } = event;
  const { progress } = state;
  if (LOST.test(failure.message)) return fail('lost', failure);
  if (NOT_FOUND.test(failure.message)) {
    if (progress.cursor !== undefined) return fail('lost', failure);
    return sendAgain(state, event, policy);
  }
  // Our plan arrived after all, by an earlier stream that broke.
  if (failure.message.includes(EXISTS) && state.opening === 'execute' && progress.resends > 0)
    return attachAgain(state, failure);
  if (failure.status === Status.DEADLINE_EXCEEDED) return attachAgain(state, failure);
  if (!isRetryable(failure)) return fail('failed', failure);
  return waitFor('reattach', progress, event, policy);
}

/**
 * Nothing arrived and the server does not know the operation: the plan was lost on the way. It is sent under the same id,
 * so a plan that did arrive is not run again. The first time at once, later with waits.
 */
function sendAgain({ progress }: Streaming, event: FailureEvent, policy: RetryPolicy): Step {
  const resent = { ...progress, resends: progress.resends + 1 };
  return progress.resends === 0 ? open('execute', resent) : waitFor('execute', resent, event, policy);
}

function waitFor(opening: Opening, progress: Progress, event: FailureEvent, policy: RetryPolicy): Step {
  const failures = oneMore(progress.failures, event.nowMs);
  const wait = waitMs(policy, failures, event.failure, event.nowMs, event.random);
  if (wait === undefined) return fail('gave-up', event.failure);
  return {
    state: { phase: 'waiting', next: opening, progress: { ...progress, failures } },
    effects: [{ kind: 'wait', waitMs: wait }],
  };
}

function open(opening: Opening, progress: Progress): Step {
  const cursor = opening === 'reattach' ? progress.cursor : undefined;
  return {
    state: { phase: 'streaming', opening, hasAnswered: false, progress },
    effects: [{ kind: 'open', opening, cursor }],
  };
}

function fail(reason: Reason, failure: Failure | undefined): Step {
  return {
    state: done,
    effects: [{ kind: 'cancel' }, { kind: 'release', interruptFirst: false }, { kind: 'fail', reason, failure }],
  };
}
