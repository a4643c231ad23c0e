/** A store of which one call fails, in a way of choice. */
import type { Answer, ObjectStore } from '../src/stores/store.ts';

/** Answers of conditional requests that did not act, an answer that got lost after it acted, or an exception. */
export type Fault = Exclude<Answer, 'ok'> | 'acts-then-silent' | 'throws' | 'acts-then-throws';

export const FAULTS: readonly Fault[] = [
  'throws',
  'acts-then-throws',
  'acts-then-silent',
  'no-answer',
  'refused',
  'missing',
  'conflict',
  'failed',
];

export interface FaultyStore {
  readonly store: ObjectStore;
  /** Names of the calls so far. */
  readonly calls: readonly string[];
}

const CONDITIONAL = new Set<string>(['putIf', 'publish']);

/**
 * @param failingCall number of the call that fails, from 1; 0 for none
 * @param fault answers only concern conditional requests: other calls throw instead
 */
export function faultyStore(inner: ObjectStore, failingCall: number, fault: Fault): FaultyStore {
  return interceptedStore(inner, async (name, number, act) => {
    if (number !== failingCall) return act();
    if (fault === 'throws') throw new Error('the connection broke');
    if (fault === 'acts-then-throws' || !CONDITIONAL.has(name)) {
      if (fault.startsWith('acts')) await act();
      throw new Error('the connection broke');
    }
    if (fault === 'acts-then-silent') {
      await act();
      return 'no-answer';
    }
    return fault;
  });
}

/** @param around is given each call before it acts */
export function interceptedStore(
  inner: ObjectStore,
  around: (name: string, number: number, act: () => Promise<unknown>) => Promise<unknown>,
): FaultyStore {
  const calls: string[] = [];
  const store = new Proxy(inner, {
    get(target, name: keyof ObjectStore) {
      const member: unknown = target[name];
      if (typeof member !== 'function' || name === 'url') return member;
      return (...words: unknown[]) => {
        calls.push(name);
        return around(name, calls.length, async () => (await Reflect.apply(member, target, words)) as unknown);
      };
    },
  });
  return { store, calls };
}
