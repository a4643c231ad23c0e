/** Publishes of which several requests fail, at random: the day is whole at any time, and one more run makes all good. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DATA_KEY, publishDay } from '../../testing/publish-day.ts';
import { type Random, randomOf } from 'spark-connect/testing/random';
import { endOf } from '../../testing/run-end.ts';
import { type S3Places, s3Places } from '../../testing/s3-places.ts';
import { S3_FAULTS } from '../../testing/s3-proxy.ts';
import { isComplete, PUBLISH_REQUESTS } from '../../testing/s3-requests.ts';
import { wholeDay } from '../../testing/whole-day.ts';

const PUBLISHES = 100;
const SEEDS = [1, 2, 3, 4, 5];
const TEST_MS = 600_000;
/** How a run may end that has changed the day, and one that has not. */
const NEW = new Set(['published', 'unknown-outcome']);
const OLD = new Set(['unknown-outcome', 'unreachable', 'unexpected']);
let places: S3Places;

beforeAll(async () => {
  places = await s3Places();
});
beforeEach(() => places.proxy.reset());
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

function breakSome(random: Random): string {
  const count = 2 + Math.floor(random.next() * 4);
  const plan = Array.from({ length: count }, () => {
    const number = 1 + Math.floor(random.next() * (PUBLISH_REQUESTS.length + count));
    return [number, random.pick(S3_FAULTS)] as const;
  });
  for (const [number, fault] of plan) places.proxy.failAt(number, fault);
  return plan.map(([number, fault]) => `${number} ${fault}`).join(', ');
}

describe(`${PUBLISHES} publishes of which two to five requests are broken`, () => {
  test.each(SEEDS)(
    'by chance with seed %i',
    async (seed) => {
      const random = randomOf(seed);
      const ends: Record<string, number> = {};
      for (let round = 0; round < PUBLISHES; round++) {
        const uri = places.newUri();
        const store = places.direct(uri);
        await publishDay(store, 'run-1', 'old');
        places.proxy.reset();
        const plan = breakSome(random);
        const end = await endOf(
          publishDay(places.proxied(uri, plan.includes('hang') ? 'hang' : undefined), 'run-2', 'new'),
        );
        ends[end] = (ends[end] ?? 0) + 1;
        const isNew = (await store.head(DATA_KEY))?.runId === 'run-2';
        const { text } = await wholeDay(store);
        expect({ plan, text }).toEqual({ plan, text: isNew ? 'new' : 'old' });
        expect({ plan, end: isNew ? NEW.has(end) : OLD.has(end) }).toEqual({ plan, end: true });
        expect(places.proxy.requests.filter(isComplete).length).toBeLessThanOrEqual(1);
        const again = await endOf(publishDay(store, 'run-3', 'new'));
        expect({ plan, again }).toEqual({ plan, again: isNew ? 'unchanged' : 'published' });
        expect({ plan, ...(await wholeDay(store)) }).toMatchObject({ plan, text: 'new', faults: [] });
      }
      console.info(`seed ${seed}: ${JSON.stringify(ends)}`);
      expect(Object.keys(ends).length).toBeGreaterThan(1);
    },
    TEST_MS,
  );
});
