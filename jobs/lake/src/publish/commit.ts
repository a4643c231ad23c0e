/**
 * The one moment at which a day changes, as a state machine: which request comes next, and what an answer means.
 *
 * | state | request | answer | next |
 * | --- | --- | --- | --- |
 * | looking | look | our content is there | unchanged |
 * | looking | look | what we remember | sending |
 * | looking | look | anything else | overtaken |
 * | looking | look | no answer | looking, at most {@link MAX_LOOKS} times, then unknown |
 * | sending | publish, once | ok | published |
 * | sending | publish, once | anything else | verifying |
 * | verifying | look | our run id, or our content where we did not find it before | published, unchanged if another run's |
 * | verifying | look | what we remember | unknown: it did not land, or not yet |
 * | verifying | look | anything else | overtaken |
 * | verifying | look | no answer | verifying, at most {@link MAX_LOOKS} times, then unknown |
 */
import type { Audited } from './audit.ts';
import type { Answer, Condition, ObjectFacts } from '../stores/store.ts';

export type Outcome = 'published' | 'unchanged' | 'overtaken' | 'unknown';

/** The object at the data key when it was looked at; undefined where there was none. */
export type ObservedObject = Pick<ObjectFacts, 'etag' | 'sha256' | 'runId'> | undefined;

export interface Commit {
  readonly at: 'looking' | 'sending' | 'verifying' | 'done';
  readonly looks: number;
  readonly outcome?: Outcome;
  /** What was published when the run began to read. */
  readonly remembered: ObservedObject;
  readonly staged: Pick<Audited, 'sha256'>;
  readonly runId: string;
}

export type CommitRequest = { readonly kind: 'look' } | { readonly kind: 'publish'; readonly condition: Condition };

export type CommitEvent =
  | { readonly kind: 'looked'; readonly sight: ObservedObject }
  | { readonly kind: 'look-failed' }
  | { readonly kind: 'answered'; readonly answer: Answer };

export const MAX_LOOKS = 5;

export function startCommit(audited: Pick<Audited, 'sha256'>, remembered: ObservedObject, runId: string): Commit {
  return { at: 'looking', looks: 0, remembered, staged: audited, runId };
}

/** @returns undefined when the commit is done */
export function nextRequest(commit: Commit): CommitRequest | undefined {
  if (commit.at === 'done') return undefined;
  if (commit.at !== 'sending') return { kind: 'look' };
  const { remembered } = commit;
  const condition: Condition = remembered === undefined ? { kind: 'absent' } : { kind: 'etag', etag: remembered.etag };
  return { kind: 'publish', condition };
}

/** @throws Error for an event that does not answer the state's request */
export function stepCommit(commit: Commit, event: CommitEvent): Commit {
  if (commit.at === 'sending' && event.kind === 'answered') {
    return event.answer === 'ok' ? done(commit, 'published') : { ...commit, at: 'verifying', looks: 0 };
  }
  if ((commit.at === 'looking' || commit.at === 'verifying') && event.kind !== 'answered') {
    if (event.kind === 'look-failed') return lookAgain(commit);
    return commit.at === 'looking' ? decideToSend(commit, event.sight) : decideWhatHappened(commit, event.sight);
  }
  throw new Error(`a commit that is ${commit.at} cannot take the event ${event.kind}`);
}

function decideToSend(commit: Commit, sight: ObservedObject): Commit {
  if (sight?.sha256 === commit.staged.sha256) return done(commit, 'unchanged');
  return isSame(sight, commit.remembered) ? { ...commit, at: 'sending', looks: 0 } : done(commit, 'overtaken');
}

/** A store may say whose object it is. Where it does not, an object with our content is ours: it was not there before. */
function decideWhatHappened(commit: Commit, sight: ObservedObject): Commit {
  if (sight?.sha256 === commit.staged.sha256) {
    const isOurs = sight.runId === undefined || sight.runId === commit.runId;
    return done(commit, isOurs ? 'published' : 'unchanged');
  }
  return done(commit, isSame(sight, commit.remembered) ? 'unknown' : 'overtaken');
}

/** Identical bytes have identical etags, so run ids are compared too. */
function isSame(sight: ObservedObject, remembered: ObservedObject): boolean {
  return sight?.etag === remembered?.etag && sight?.runId === remembered?.runId;
}

function lookAgain(commit: Commit): Commit {
  const looks = commit.looks + 1;
  return looks < MAX_LOOKS ? { ...commit, looks } : done(commit, 'unknown');
}

const done = (commit: Commit, outcome: Outcome): Commit => ({ ...commit, at: 'done', outcome });
