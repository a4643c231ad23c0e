import { describe, expect, test } from '@jest/globals';
import { type ExecutionEvent, type ExecutionState, next, type Progress, start, type Step } from './execution.ts';
import { defaultRetryPolicy } from './retry.ts';

const fresh: Progress = { cursor: undefined, failures: undefined, emptyStreams: 0, resends: 0, unreleasedBytes: 0 };
const answered: Progress = { ...fresh, cursor: 'r7', unreleasedBytes: 3_000_000 };
const NOW_MS = 1_000;

const states = {
  sent: { phase: 'streaming', opening: 'execute', hasAnswered: false, progress: fresh },
  sentAgain: { phase: 'streaming', opening: 'execute', hasAnswered: false, progress: { ...fresh, resends: 1 } },
  answering: { phase: 'streaming', opening: 'execute', hasAnswered: true, progress: answered },
  reattachedBlind: { phase: 'streaming', opening: 'reattach', hasAnswered: false, progress: fresh },
  reattached: { phase: 'streaming', opening: 'reattach', hasAnswered: false, progress: answered },
  waiting: { phase: 'waiting', next: 'reattach', progress: { ...answered, failures: { count: 1, sinceMs: 900 } } },
  waitingToSend: { phase: 'waiting', next: 'execute', progress: { ...fresh, resends: 2 } },
  aborting: { phase: 'aborting' },
  done: { phase: 'done' },
} satisfies Record<string, ExecutionState>;

function failure(status: number, message: string, retryDelayMs?: number): ExecutionEvent {
  const details = retryDelayMs === undefined ? {} : { retryDelayMs };
  return { kind: 'failure', failure: { status, message, details }, nowMs: NOW_MS, random: 0 };
}

const events = {
  response: { kind: 'response', responseId: 'r8', isComplete: false, sizeBytes: 1_000_000 },
  large: { kind: 'response', responseId: 'r8', isComplete: false, sizeBytes: 2_000_000 },
  complete: { kind: 'response', responseId: 'r9', isComplete: true, sizeBytes: 0 },
  end: { kind: 'end' },
  unavailable: failure(14, 'Connection dropped'),
  disconnected: failure(13, '[INVALID_CURSOR.DISCONNECTED] another RPC took over'),
  retryInfo: failure(8, 'busy', 700),
  deadline: failure(4, 'Deadline exceeded'),
  operationNotFound: failure(13, '[INVALID_HANDLE.OPERATION_NOT_FOUND] The handle is invalid'),
  sessionNotFound: failure(13, '[INVALID_HANDLE.SESSION_NOT_FOUND] The handle is invalid'),
  alreadyExists: failure(13, '[INVALID_HANDLE.OPERATION_ALREADY_EXISTS] The handle is invalid'),
  sessionChanged: failure(13, '[INVALID_HANDLE.SESSION_CHANGED] The handle is invalid'),
  sessionClosed: failure(13, '[INVALID_HANDLE.SESSION_CLOSED] The handle is invalid'),
  abandoned: failure(13, '[INVALID_HANDLE.OPERATION_ABANDONED] The handle is invalid'),
  positionGone: failure(13, '[INVALID_CURSOR.POSITION_NOT_AVAILABLE] The cursor is invalid'),
  sparkError: failure(13, '[DIVIDE_BY_ZERO] Division by zero'),
  cancelled: failure(1, 'Cancelled'),
  tooLarge: failure(8, 'Received message larger than max'),
  waited: { kind: 'waited' },
  abort: { kind: 'abort' },
  interruptSettled: { kind: 'interrupt-settled' },
  stop: { kind: 'stop' },
} satisfies Record<string, ExecutionEvent>;

/** What happens, in one word for each effect; `-` is nothing. */
function told({ effects }: Step): string {
  if (effects.length === 0) return '-';
  const words = effects.map((effect) => {
    if (effect.kind === 'open') return `${effect.opening}(${effect.cursor ?? ''})`;
    if (effect.kind === 'wait') return `wait(${effect.waitMs})`;
    if (effect.kind === 'release') return effect.interruptFirst ? 'interrupt+release' : 'release';
    if (effect.kind === 'release-until') return `until(${effect.responseId})`;
    if (effect.kind === 'fail') return `fail:${effect.reason}`;
    return effect.kind;
  });
  return words.join(' ');
}

const failed = (reason: string): string => `cancel release fail:${reason}`;
const FINISHED = 'deliver cancel release finish';
const STOPPED = 'cancel interrupt+release finish';

/** For each event, what each state does; the columns are the states in their order above, `done` is left out. */
const table: Record<keyof typeof events, readonly string[]> = {
  response: ['deliver', 'deliver', 'deliver', 'deliver', 'deliver', '-', '-', '-'],
  large: ['deliver', 'deliver', 'deliver until(r8)', 'deliver', 'deliver until(r8)', '-', '-', '-'],
  complete: [FINISHED, FINISHED, FINISHED, FINISHED, FINISHED, '-', '-', '-'],
  end: ['reattach()', 'reattach()', 'reattach(r7)', 'reattach()', 'reattach(r7)', '-', '-', '-'],
  unavailable: ['wait(50)', 'wait(50)', 'wait(50)', 'wait(50)', 'wait(50)', '-', '-', failed('interrupted')],
  disconnected: ['wait(50)', 'wait(50)', 'wait(50)', 'wait(50)', 'wait(50)', '-', '-', failed('interrupted')],
  retryInfo: ['wait(700)', 'wait(700)', 'wait(700)', 'wait(700)', 'wait(700)', '-', '-', failed('interrupted')],
  deadline: ['reattach()', 'reattach()', 'reattach(r7)', 'reattach()', 'reattach(r7)', '-', '-', failed('interrupted')],
  operationNotFound: [
    'execute()',
    'wait(50)',
    failed('lost'),
    'execute()',
    failed('lost'),
    '-',
    '-',
    failed('interrupted'),
  ],
  sessionNotFound: [
    'execute()',
    'wait(50)',
    failed('lost'),
    'execute()',
    failed('lost'),
    '-',
    '-',
    failed('interrupted'),
  ],
  alreadyExists: [
    failed('failed'),
    'reattach()',
    failed('failed'),
    failed('failed'),
    failed('failed'),
    '-',
    '-',
    failed('interrupted'),
  ],
  sessionChanged: everywhere('lost'),
  sessionClosed: everywhere('lost'),
  abandoned: everywhere('lost'),
  positionGone: everywhere('failed'),
  sparkError: everywhere('failed'),
  cancelled: everywhere('failed'),
  tooLarge: everywhere('failed'),
  waited: ['-', '-', '-', '-', '-', 'reattach(r7)', 'execute()', '-'],
  abort: ['interrupt', 'interrupt', 'interrupt', 'interrupt', 'interrupt', 'interrupt', 'interrupt', '-'],
  interruptSettled: ['-', '-', '-', '-', '-', '-', '-', failed('interrupted')],
  stop: [STOPPED, STOPPED, STOPPED, STOPPED, STOPPED, STOPPED, STOPPED, failed('interrupted')],
};

function everywhere(reason: string): string[] {
  return [...Array.from({ length: 5 }, () => failed(reason)), '-', '-', failed('interrupted')];
}

const step = (state: ExecutionState, event: ExecutionEvent): Step => next(state, event, defaultRetryPolicy);
const stateNames = Object.keys(states) as (keyof typeof states)[];
const eventNames = Object.keys(events) as (keyof typeof events)[];

describe('one operation over streams', () => {
  const pairs = eventNames.flatMap((event) =>
    stateNames.map((state, index) => ({ state, event, expected: table[event][index] ?? '-' })),
  );
  test.each(pairs)('in state $state, $event means: $expected', ({ state, event, expected }) => {
    expect(told(step(states[state], events[event]))).toBe(expected);
  });

  test('the plan is sent first, without a cursor', () => {
    expect(told(start())).toBe('execute()');
  });

  test('an answer moves the cursor and forgets the failures before it', () => {
    const { state } = step({ ...states.reattached, progress: states.waiting.progress }, events.response);
    expect(state).toMatchObject({ hasAnswered: true, progress: { cursor: 'r8', failures: undefined } });
  });

  test('failures in a row wait longer and longer, until the budget is used up', () => {
    let state: ExecutionState = states.answering;
    const waits: string[] = [];
    for (let nowMs = 0; state.phase !== 'done';) {
      const failing = step(state, { ...failure(14, 'gone'), nowMs } as ExecutionEvent);
      waits.push(told(failing));
      const [effect] = failing.effects;
      if (effect?.kind === 'wait') nowMs += effect.waitMs;
      state = step(failing.state, events.waited).state;
    }
    expect(waits.slice(0, 6)).toEqual([
      'wait(50)',
      'wait(200)',
      'wait(800)',
      'wait(3200)',
      'wait(12800)',
      'wait(51200)',
    ]);
    expect(waits.at(-1)).toBe(failed('gave-up'));
    expect(waits.at(-2)).toBe('wait(51750)');
  });

  test('a server that ends every stream without an answer is given up in the end', () => {
    let last: Step = start();
    let streams = 0;
    while (last.state.phase === 'streaming') {
      last = step(last.state, events.end);
      streams += 1;
    }
    expect(told(last)).toBe(failed('never-complete'));
    expect(streams).toBe(1_001);
  });

  test('streams that do answer may go on for ever', () => {
    let { state } = start();
    for (let round = 0; round < 5_000; round++) {
      state = step(state, { kind: 'response', responseId: `r${round}`, isComplete: false, sizeBytes: 0 }).state;
      state = step(state, events.end).state;
    }
    expect(state).toMatchObject({ phase: 'streaming', progress: { cursor: 'r4999', emptyStreams: 0 } });
  });
});

describe('whatever happens', () => {
  test('the operation is released exactly once, and nothing happens after that', () => {
    let seed = 20_191_129;
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    for (let run = 0; run < 2_000; run++) {
      let current = start();
      const seen = [...current.effects];
      for (let index = 0; index < 30; index++) {
        const name = eventNames[Math.floor(random() * eventNames.length)] as keyof typeof events;
        const wasDone = current.state.phase === 'done';
        current = step(current.state, events[name]);
        expect(wasDone && current.effects.length > 0).toBe(false);
        seen.push(...current.effects);
      }
      current = step(current.state, events.stop);
      seen.push(...current.effects);
      expect(current.state.phase).toBe('done');
      expect(seen.filter(({ kind }) => kind === 'release')).toHaveLength(1);
      expect(seen.filter(({ kind }) => kind === 'finish' || kind === 'fail')).toHaveLength(1);
    }
  });

  test('once an answer came, the plan is never sent again', () => {
    for (const state of [states.answering, states.reattached]) {
      for (const name of eventNames) expect(told(step(state, events[name]))).not.toContain('execute');
    }
  });
});
