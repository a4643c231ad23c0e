import { describe, expect, test } from '@jest/globals';
import { randomOf, type Random } from 'spark-connect/testing/random';
import {
  MAX_LOOKS,
  nextRequest,
  startCommit,
  stepCommit,
  type Commit,
  type CommitEvent,
  type Outcome,
  type ObservedObject,
} from './commit.ts';
import type { Answer } from '../stores/store.ts';

const OURS = 'ours';
const old = { etag: 'old', sha256: 'old' };
const other = { etag: 'other', sha256: 'other', runId: 'run-2' };
const mine = { etag: OURS, sha256: OURS, runId: 'run-1' };
const ANSWERS: readonly Answer[] = ['ok', 'refused', 'missing', 'conflict', 'failed', 'no-answer'];

const startFrom = (remembered: ObservedObject): Commit => startCommit({ sha256: OURS }, remembered, 'run-1');
const looked = (sight: ObservedObject): CommitEvent => ({ kind: 'looked', sight });
const lookFailed: CommitEvent = { kind: 'look-failed' };
const answered = (answer: Answer): CommitEvent => ({ kind: 'answered', answer });
const start = (): Commit => startFrom(old);
const sending = (): Commit => stepCommit(start(), looked(old));
const verifying = (): Commit => stepCommit(sending(), answered('no-answer'));

describe('before anything is sent', () => {
  test('a commit looks', () => {
    expect(nextRequest(start())).toStrictEqual({ kind: 'look' });
  });

  test.each<[string, ObservedObject, ObservedObject, Commit['at'], Outcome | undefined]>([
    ['what was remembered: it sends', old, old, 'sending', undefined],
    ['still nothing: it sends', undefined, undefined, 'sending', undefined],
    ['our content: unchanged', old, { etag: OURS, sha256: OURS }, 'done', 'unchanged'],
    ['our content where there was nothing: unchanged', undefined, mine, 'done', 'unchanged'],
    [
      'our content, remembered already: unchanged',
      { etag: OURS, sha256: OURS },
      { etag: OURS, sha256: OURS },
      'done',
      'unchanged',
    ],
    ["another's content: overtaken", old, other, 'done', 'overtaken'],
    ["another's content where there was nothing: overtaken", undefined, other, 'done', 'overtaken'],
    ['nothing where there was something: overtaken', old, undefined, 'done', 'overtaken'],
    [
      "the same bytes by another's run: overtaken",
      { ...old, runId: 'run-0' },
      { ...old, runId: 'run-2' },
      'done',
      'overtaken',
    ],
  ])('it sees %s', (_, remembered, sight, at, outcome) => {
    const state = stepCommit(startFrom(remembered), looked(sight));
    expect([state.at, state.outcome]).toStrictEqual([at, outcome]);
  });

  test('the condition is what was remembered', () => {
    expect(nextRequest(sending())).toStrictEqual({ kind: 'publish', condition: { kind: 'etag', etag: 'old' } });
    const first = stepCommit(startFrom(undefined), looked(undefined));
    expect(nextRequest(first)).toStrictEqual({ kind: 'publish', condition: { kind: 'absent' } });
  });
});

describe('after it was sent', () => {
  test.each(ANSWERS)('the answer %s', (answer) => {
    const state = stepCommit(sending(), answered(answer));
    expect([state.at, state.outcome]).toStrictEqual(answer === 'ok' ? ['done', 'published'] : ['verifying', undefined]);
    expect(nextRequest(state)).toStrictEqual(answer === 'ok' ? undefined : { kind: 'look' });
  });

  test.each<[string, ObservedObject, Outcome]>([
    ['our run id: published', mine, 'published'],
    ['our content without any run id: published', { etag: OURS, sha256: OURS }, 'published'],
    ["our content by another's run: unchanged", { ...mine, runId: 'run-2' }, 'unchanged'],
    ['what was remembered: unknown, it may still land', old, 'unknown'],
    ["another's content: overtaken", other, 'overtaken'],
    ['nothing: overtaken', undefined, 'overtaken'],
  ])('it sees %s', (_, sight, outcome) => {
    const state = stepCommit(verifying(), looked(sight));
    expect([state.at, state.outcome]).toStrictEqual(['done', outcome]);
    expect(nextRequest(state)).toBeUndefined();
  });
});

test.each([
  ['looking', start()],
  ['verifying', verifying()],
])('a commit that is %s and cannot look gives up after some looks', (at, first) => {
  let state = first;
  for (let look = 1; look < MAX_LOOKS; look++) {
    state = stepCommit(state, lookFailed);
    expect([state.at, state.looks]).toStrictEqual([at, look]);
  }
  expect(stepCommit(state, lookFailed)).toMatchObject({ at: 'done', outcome: 'unknown' });
});

test('blind looks before it was sent are not counted after', () => {
  const late = stepCommit(stepCommit(stepCommit(start(), lookFailed), looked(old)), answered('failed'));
  expect([late.at, late.looks]).toStrictEqual(['verifying', 0]);
});

const done = stepCommit(sending(), answered('ok'));
test.each<[string, Commit, CommitEvent]>([
  ['looking', start(), answered('ok')],
  ['sending', sending(), looked(old)],
  ['sending', sending(), lookFailed],
  ['verifying', verifying(), answered('ok')],
  ['done', done, looked(old)],
  ['done', done, lookFailed],
  ['done', done, answered('ok')],
])('a commit that is %s takes no event that does not answer its request', (at, state, event) => {
  expect(() => stepCommit(state, event)).toThrow(`a commit that is ${at} cannot take the event ${event.kind}`);
});

describe('2,000 random sequences', () => {
  interface Trace {
    readonly remembered: ObservedObject;
    readonly steps: readonly { readonly event: CommitEvent; readonly sent: boolean }[];
    readonly end: Commit;
  }

  function play(random: Random): Trace {
    const sights: readonly ObservedObject[] = [
      old,
      other,
      mine,
      { etag: OURS, sha256: OURS },
      { ...mine, runId: 'run-2' },
      undefined,
    ];
    const remembered = random.pick([old, undefined, { etag: OURS, sha256: OURS }, { ...old, runId: 'run-0' }]);
    const steps: { event: CommitEvent; sent: boolean }[] = [];
    let state = startFrom(remembered);
    for (let request = nextRequest(state); request !== undefined; request = nextRequest(state)) {
      const look = random.chance(0.4) ? lookFailed : looked(random.chance(0.5) ? remembered : random.pick(sights));
      const event = request.kind === 'look' ? look : answered(random.pick(ANSWERS));
      steps.push({ event, sent: request.kind === 'publish' });
      state = stepCommit(state, event);
    }
    return { remembered, steps, end: state };
  }
  const traces = Array.from({ length: 2_000 }, (_, seed) => play(randomOf(seed)));
  const endingIn = (outcome: Outcome): Trace[] => traces.filter((trace) => trace.end.outcome === outcome);
  const lastSight = ({ steps }: Trace): CommitEvent | undefined => steps.at(-1)?.event;

  test('each ends, with every outcome among them', () => {
    expect(new Set(traces.map((trace) => trace.end.outcome))).toStrictEqual(
      new Set(['published', 'unchanged', 'overtaken', 'unknown']),
    );
    expect(Math.max(...traces.map((trace) => trace.steps.length))).toBeLessThanOrEqual(2 * MAX_LOOKS + 1);
  });

  test('a publish is sent at most once', () => {
    for (const { steps } of traces) expect(steps.filter((step) => step.sent).length).toBeLessThanOrEqual(1);
  });

  test('what is published was sent', () => {
    for (const { steps } of endingIn('published')) expect(steps.some((step) => step.sent)).toBe(true);
  });

  test('what was found unchanged at once sent nothing', () => {
    for (const { steps } of endingIn('unchanged')) {
      const isFirstSight = steps.every((step) => step.event.kind === 'look-failed' || step === steps.at(-1));
      expect(steps.some((step) => step.sent)).toBe(!isFirstSight);
    }
  });

  test('overtaken only after something else was seen than what was remembered, and not our content', () => {
    for (const trace of endingIn('overtaken')) {
      const event = lastSight(trace);
      const sight = event?.kind === 'looked' ? event.sight : 'nothing was seen';
      expect(sight).not.toStrictEqual(trace.remembered);
      expect(sight).not.toStrictEqual(expect.objectContaining({ sha256: OURS }));
    }
  });

  test('unknown only after the store could not be looked at, or showed what was remembered after it was sent', () => {
    for (const trace of endingIn('unknown')) {
      const event = lastSight(trace);
      expect(event?.kind === 'look-failed' || trace.steps.some((step) => step.sent)).toBe(true);
    }
  });

  test('done stays done', () => {
    for (const { end } of traces) expect(nextRequest(end)).toBeUndefined();
  });
});
