/** Many runs that publish one day at once, and readers that look all the while. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { LakeError } from '../src/failure.ts';
import type { ObjectStore } from '../src/store.ts';
import { CURRENT_KEY, DATA_KEY, publishDay, textOf } from './publish-day.ts';

/** Says itself whether it is whole. */
export function dayText(name: string): string {
  const body = `${name} `.repeat(2_000);
  return `${createHash('sha256').update(body).digest('hex')}\n${body}`;
}

function isWhole(text: string): boolean {
  const [hash = '', body = ''] = text.split('\n');
  return hash === createHash('sha256').update(body).digest('hex');
}

/** All remember the same day before any of them publishes. @returns how each ended: its outcome, or the code of its error */
export async function publishAtOnce(
  stores: readonly ObjectStore[],
  runIdOf: (index: number) => string,
  textOfRun: (index: number) => string,
): Promise<string[]> {
  let waiting = stores.length;
  const { promise: all, resolve: go } = Promise.withResolvers<void>();
  const meanwhile = async (): Promise<void> => {
    waiting -= 1;
    if (waiting === 0) go();
    await all;
  };
  return Promise.all(
    stores.map((store, index) =>
      publishDay(store, runIdOf(index), textOfRun(index), { meanwhile }).then(
        ({ outcome }) => outcome,
        (error: unknown) => (error instanceof LakeError ? error.code : String(error)),
      ),
    ),
  );
}

export interface Readings {
  readonly reads: number;
  /** Texts that were no whole version of the day. */
  readonly torn: readonly string[];
}

/** Opens data and current manifest again and again, each by one request. @returns ends it */
export function reading(stores: readonly ObjectStore[]): () => Promise<Readings> {
  const over = new AbortController();
  let reads = 0;
  const torn: string[] = [];
  const loop = async (store: ObjectStore): Promise<void> => {
    while (!over.signal.aborted) {
      const [data, manifest] = [textOf(await store.get(DATA_KEY)), textOf(await store.get(CURRENT_KEY))];
      reads += 1;
      if (data === undefined || !isWhole(data)) torn.push(data ?? 'nothing');
      if (manifest === undefined || !manifest.trimEnd().endsWith('}')) torn.push(manifest ?? 'no manifest');
      await setImmediate();
    }
  };
  const loops = Promise.all(stores.map(loop));
  return async () => {
    over.abort();
    await loops;
    return { reads, torn };
  };
}
