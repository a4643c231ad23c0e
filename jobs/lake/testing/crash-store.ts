/** A store whose process is killed at one of its calls, as by a power cut. */
import type { ObjectStore } from '../src/stores/store.ts';
import { interceptedStore } from './faulty-store.ts';

/** @param moment whether the call still acts */
export function crashStore(inner: ObjectStore, crashingCall: number, moment: 'before' | 'after'): ObjectStore {
  return interceptedStore(inner, async (_, number, act) => {
    if (number !== crashingCall) return act();
    if (moment === 'after') await act();
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  }).store;
}
