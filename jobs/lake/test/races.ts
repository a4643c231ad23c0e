/** Sixteen publishers of one day at once on S3; how many rounds is said by who runs it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dayText, publishAtOnce, reading } from '../testing/race.ts';
import { publishDay } from '../testing/publish-day.ts';
import { type S3Places, s3Places } from '../testing/s3-places.ts';
import { wholeDay } from '../testing/whole-day.ts';

const PUBLISHERS = 16;
const READERS = 3;
const ROUND_MS = 10_000;

export function racesSuite(rounds: number): void {
  let places: S3Places;
  beforeAll(async () => {
    places = await s3Places();
  }, 300_000);
  afterAll(async () => {
    await places?.[Symbol.asyncDispose]();
  });

  test(
    `of sixteen publishers with different bytes one wins, in each of ${rounds} rounds, and readers see whole days only`,
    async () => {
      const uri = places.newUri();
      const store = places.direct(uri);
      await publishDay(store, 'first', dayText('first'));
      // Each publisher is a process of its own as far as the store can tell: clients, connections and memory.
      const publishers = Array.from({ length: PUBLISHERS }, () => places.direct(uri));
      const stopReading = reading(Array.from({ length: READERS }, () => places.direct(uri)));
      for (let round = 0; round < rounds; round++) {
        const name = (index: number): string => `run-${round}-${index}`;
        const ends = await publishAtOnce(publishers, name, (index) => dayText(name(index)));
        expect(ends.toSorted()).toEqual([...Array<string>(PUBLISHERS - 1).fill('overtaken'), 'published']);
        const { text, manifest, faults } = await wholeDay(store);
        expect(faults).toEqual([]);
        expect(manifest?.runId).toBe(name(ends.indexOf('published')));
        expect(text).toBe(dayText(name(ends.indexOf('published'))));
      }
      const { reads, torn } = await stopReading();
      expect(torn).toEqual([]);
      expect(reads).toBeGreaterThan(rounds);
    },
    rounds * ROUND_MS,
  );

  test(
    `sixteen publishers with the same bytes all succeed, in each of ${rounds} rounds`,
    async () => {
      const uri = places.newUri();
      const store = places.direct(uri);
      const publishers = Array.from({ length: PUBLISHERS }, () => places.direct(uri));
      for (let round = 0; round < rounds; round++) {
        const text = dayText(`round ${round}`);
        const ends = await publishAtOnce(
          publishers,
          (index) => `run-${round}-${index}`,
          () => text,
        );
        expect(ends.filter((end) => end !== 'published' && end !== 'unchanged')).toEqual([]);
        expect(ends).toContain('published');
        const { text: stands, faults } = await wholeDay(store);
        expect({ stands, faults }).toEqual({ stands: text, faults: [] });
      }
    },
    rounds * ROUND_MS,
  );
}
