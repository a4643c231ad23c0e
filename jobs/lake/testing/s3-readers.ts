/** Readers that look on while a day changes, and write down what no reader may ever see. */
import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { parseManifest } from '../src/publish/manifest.ts';
import type { ObjectStore } from '../src/stores/store.ts';
import { CURRENT_KEY, DATA_KEY, textOf } from './publish-day.ts';

/** Large enough to come in many pieces. */
const BODY_CHARACTERS = 60_000;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Content that tells its round and its author, and whether it is whole. */
export function telling(round: number, author: string): string {
  const name = `${round} ${author}\n`;
  const body = name.repeat(BODY_CHARACTERS / name.length);
  return `${hashOf(body)}\n${body}`;
}

/** @returns undefined where the content is not whole */
function roundOf(content: string): number | undefined {
  const [hash = ''] = content.split('\n', 1);
  const body = content.slice(hash.length + 1);
  return hashOf(body) === hash ? Number(body.split(' ', 1)[0]) : undefined;
}

export interface Seen {
  readonly looks: number;
  readonly rounds: number;
  readonly faults: readonly string[];
}

export interface Reader {
  stop(): Promise<Seen>;
}

/** @param look one reading; tells the round that it saw, or what was wrong */
function startReader(look: () => Promise<number | string>): Reader {
  const stopping = new AbortController();
  let looks = 0;
  const rounds = new Set<number>();
  const faults: string[] = [];
  const run = async (): Promise<void> => {
    let newest = -1;
    while (!stopping.signal.aborted) {
      const seen = await look().catch(String);
      looks++;
      if (typeof seen === 'string') faults.push(seen);
      else if (seen < newest) faults.push(`round ${seen} after round ${newest}`);
      else rounds.add((newest = seen));
      await breath();
    }
  };
  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
      return { looks, rounds: rounds.size, faults };
    },
  };
}

/** Opens the data object once a look. */
export const startDataReader = (store: ObjectStore): Reader =>
  startReader(async () => {
    const content = textOf(await store.get(DATA_KEY));
    if (content === undefined) return 'the day is gone';
    return roundOf(content) ?? `torn: ${content.length} characters that begin with ${content.slice(0, 80)}`;
  });

/**
 * Asks whose the day is, as a run does before it publishes. The server of the tests reads the headers of one answer one
 * after the other, so only one of them is looked at.
 *
 * @param roundOfRun by the run id
 */
export const startOwnerReader = (store: ObjectStore, roundOfRun: (runId: string) => number): Reader =>
  startReader(async () => {
    const runId = (await store.head(DATA_KEY))?.runId;
    return runId === undefined ? 'the day is gone, or nobody published it' : roundOfRun(runId);
  });

/** Opens the current manifest once a look. */
export const startManifestReader = (store: ObjectStore, roundOfRun: (runId: string) => number): Reader =>
  startReader(async () => {
    const content = await store.get(CURRENT_KEY);
    if (content === undefined) return 'the current manifest is gone';
    const parsed = parseManifest(content);
    return 'manifest' in parsed ? roundOfRun(parsed.manifest.runId) : `the current manifest ${parsed.why}`;
  });
