/** Calls to Kafka within a time limit: tried again while only the network is to blame, given up at once for the rest. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LakeError } from 'lake';
import type { Config } from 'runtime';
import { kafkaError } from './client-errors.ts';

const PAUSE_MS = 500;

/**
 * @param signal ends it at once
 * @throws LakeError config, or unreachable after `timeoutSeconds`; the signal's reason
 */
export async function retryWithin<T>(kafka: Config['kafka'], signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(kafka.timeoutSeconds * 1000);
  const ended = AbortSignal.any([signal, deadline]);
  for (let last: LakeError | undefined; ;) {
    try {
      ended.throwIfAborted();
      return await untilAborted(call(), ended);
    } catch (thrown) {
      signal.throwIfAborted();
      if (deadline.aborted) throw last ?? silence(kafka);
      last = kafkaError(thrown, kafka);
      if (last.code !== 'unreachable') throw last;
    }
    // The next round reports the error.
    await sleep(PAUSE_MS, undefined, { signal: ended }).catch(() => undefined);
  }
}

/** The same for what must not be done twice. */
export async function onceWithin<T>(kafka: Config['kafka'], signal: AbortSignal, work: Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(kafka.timeoutSeconds * 1000);
  try {
    return await untilAborted(work, AbortSignal.any([signal, deadline]));
  } catch (thrown) {
    signal.throwIfAborted();
    throw deadline.aborted ? silence(kafka) : kafkaError(thrown, kafka);
  }
}

const silence = (kafka: Config['kafka']): LakeError => kafkaError(new Error('silence'), kafka);

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Whoever lost the race may still fail.
    work.catch(() => undefined);
  }
}
