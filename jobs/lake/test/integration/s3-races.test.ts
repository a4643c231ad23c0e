/** Many publishers of one day whose decisive requests reach the store at the same moment, round after round. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sized } from 'spark-connect/testing/size';
import type { ObjectStore } from '../../src/stores/store.ts';
import { startChild } from '../../testing/child.ts';
import { DATA_KEY, publishDay } from '../../testing/publish-day.ts';
import { endOf } from '../../testing/run-end.ts';
import { type S3Places, s3Places } from '../../testing/s3-places.ts';
import {
  startDataReader,
  startOwnerReader,
  startManifestReader,
  telling,
  type Seen,
} from '../../testing/s3-readers.ts';
import { isComplete } from '../../testing/s3-requests.ts';
import { wholeDay } from '../../testing/whole-day.ts';

const PUBLISHERS = 16;
const CHILDREN = 3;
/** Each begins from the day that the one before left. */
const ROUNDS = sized(4, 300);
const ROUND_MS = 20_000;

const names = Array.from({ length: PUBLISHERS }, (_, index) => `publisher-${index}`);
const runIdOf = (round: number, name: string): string => `round-${round}-${name}`;
const roundOfRun = (runId: string): number => Number(runId.split('-')[1]);
/** How often each end came. */
const tally = (ends: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(ends)].map((end) => [end, ends.filter((other) => other === end).length]));

let places: S3Places;
let uri: string;
let stores: readonly ObjectStore[];

beforeAll(async () => {
  places = await s3Places();
});
beforeEach(async () => {
  uri = places.newUri();
  stores = names.map(() => places.proxied(uri));
  await publishDay(places.direct(uri), runIdOf(0, 'first'), telling(0, 'first'));
});
afterEach(() => {
  places.proxy.onRequest = undefined;
  places.proxy.reset();
});
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

/** No Complete is passed on before all are there: everybody has looked by then, and saw the same day. */
function holdUntilAllComplete(count: number): void {
  let waiting: (() => void)[] = [];
  places.proxy.onRequest = (request, moment) => {
    if (moment === 'after' || !isComplete(request)) return undefined;
    return new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length < count) return;
      for (const pass of waiting) pass();
      waiting = [];
    });
  };
}

async function race(round: number, textFor: (name: string) => string): Promise<string[]> {
  holdUntilAllComplete(PUBLISHERS);
  places.proxy.reset();
  const warnings: string[] = [];
  const warn = (text: string): unknown => warnings.push(text);
  const runs = stores.map((store, index) => {
    const name = names[index]!;
    return endOf(publishDay(store, runIdOf(round, name), textFor(name), { warn }));
  });
  const ends = await Promise.all(runs);
  expect(places.proxy.requests.filter(isComplete)).toHaveLength(PUBLISHERS);
  expect(warnings).toEqual([]);
  return ends;
}

/** @returns what was seen while all rounds were raced */
async function watched(raceAll: () => Promise<void>): Promise<Seen[]> {
  const readers = [
    ...Array.from({ length: 3 }, () => startDataReader(places.direct(uri))),
    startOwnerReader(places.direct(uri), roundOfRun),
    startManifestReader(places.direct(uri), roundOfRun),
  ];
  try {
    await raceAll();
  } finally {
    await Promise.all(readers.map((reader) => reader.stop()));
  }
  return Promise.all(readers.map((reader) => reader.stop()));
}

function expectAllWhole(seen: readonly Seen[]): void {
  expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
  for (const { looks, rounds: seenRounds } of seen) {
    expect(looks).toBeGreaterThan(ROUNDS);
    expect(seenRounds).toBeGreaterThan(ROUNDS / 2);
  }
}

describe(`${PUBLISHERS} publishers of one day, ${ROUNDS} times`, () => {
  test(
    'of different bytes: one publishes, the others end overtaken, and readers see whole days only',
    async () => {
      const seen = await watched(async () => {
        for (let round = 1; round <= ROUNDS; round++) {
          const ends = await race(round, (name) => telling(round, name));
          expect(tally(ends)).toEqual({ published: 1, overtaken: PUBLISHERS - 1 });
          const winner = names[ends.indexOf('published')]!;
          const { text, faults, manifest } = await wholeDay(places.direct(uri));
          expect(text === telling(round, winner)).toBe(true);
          expect({ faults, runId: manifest?.runId }).toEqual({ faults: [], runId: runIdOf(round, winner) });
          expect((await places.direct(uri).head(DATA_KEY))?.runId).toBe(runIdOf(round, winner));
        }
      });
      expectAllWhole(seen);
      expect(await places.direct(uri).uploads?.list()).toEqual([]);
    },
    ROUNDS * ROUND_MS,
  );

  test(
    'of identical bytes: all succeed',
    async () => {
      const seen = await watched(async () => {
        for (let round = 1; round <= ROUNDS; round++) {
          const content = telling(round, 'all');
          const ends = await race(round, () => content);
          expect(tally(ends)).toEqual({ published: 1, unchanged: PUBLISHERS - 1 });
          const { text, faults, manifest } = await wholeDay(places.direct(uri));
          expect(text === content).toBe(true);
          expect({ faults, round: roundOfRun(manifest?.runId ?? '') }).toEqual({ faults: [], round });
        }
      });
      expectAllWhole(seen);
      expect(await places.direct(uri).uploads?.list()).toEqual([]);
    },
    ROUNDS * ROUND_MS,
  );

  test('in processes of their own too', async () => {
    holdUntilAllComplete(CHILDREN);
    const { accessKeyId, secretAccessKey } = places.server;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const children = names.slice(0, CHILDREN).map((name) => {
      const words = [places.proxy.endpoint, uri, runIdOf(1, name), name];
      return startChild('publish-to-s3', words, keys).ended;
    });
    const ends = await Promise.all(children);
    expect(tally(ends.map(({ stdout }) => stdout.trim()))).toEqual({ published: 1, overtaken: CHILDREN - 1 });
    const { text, faults } = await wholeDay(places.direct(uri));
    const winner = names[ends.findIndex(({ stdout }) => stdout.startsWith('published'))];
    expect({ text, faults }).toEqual({ text: winner, faults: [] });
  });
});
