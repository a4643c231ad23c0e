/** Every request of a publish fails once in every way: the day is whole at any time, and one more run makes all good. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ObjectStore } from '../../src/stores/store.ts';
import { bytes, DATA_KEY, publishDay } from '../../testing/publish-day.ts';
import { endOf } from '../../testing/run-end.ts';
import { type S3Places, s3Places } from '../../testing/s3-places.ts';
import { S3_FAULTS, type S3Fault } from '../../testing/s3-proxy.ts';
import { COMPLETE, isComplete, LOOK, PUBLISH_REQUESTS, requestName } from '../../testing/s3-requests.ts';
import { wholeDay, withoutRun } from '../../testing/whole-day.ts';

const PART_BYTES = 5 * 1024 ** 2;
let places: S3Places;
/** What the disturbed lakes have to equal in the end. */
let undisturbed: unknown;

beforeAll(async () => {
  places = await s3Places({ partBytes: PART_BYTES });
  const store = places.direct(places.newUri());
  await publishDay(store, 'run-1', 'old');
  await publishDay(store, 'run-2', 'new');
  undisturbed = withoutRun((await wholeDay(store)).manifest!);
});
beforeEach(() => places.proxy.reset());
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

/** How the disturbed run has to end. */
function expectedEnd(number: number, fault: S3Fault): string {
  // The answer was lost, not the request: a look at the day finds the run's own object.
  if (number === COMPLETE) return fault === 'cut-after' ? 'published' : 'unknown-outcome';
  // The day is published already: whatever breaks now is made good by the next run.
  if (number > COMPLETE) return 'published';
  // A look is repeated whatever it was answered, and so is every request that was cut or failed.
  if (number === LOOK || fault !== '412') return 'published';
  // An object that is no longer the one asked for is read as none.
  return PUBLISH_REQUESTS[number - 1]?.startsWith('GET') === true ? 'published' : 'unexpected';
}

/** Uploads that stay for housekeeping: where nobody could know whether they were still to become the day. */
function expectedUploads(number: number, fault: S3Fault): number {
  // Begun twice, and the first name never came back.
  if (PUBLISH_REQUESTS[number - 1] === 'POST data, begin') return fault === 'cut-after' ? 1 : 0;
  if (number !== COMPLETE) return 0;
  return fault === 'cut-after' || fault === '409' || fault === '412' ? 0 : 1;
}

const completesSent = (): number => places.proxy.requests.filter(isComplete).length;
const uploadsOf = async (store: ObjectStore): Promise<string[]> =>
  ((await store.uploads?.list()) ?? []).map(({ key }) => key);

test('an undisturbed publish sends what is broken below', async () => {
  const uri = places.newUri();
  await publishDay(places.direct(uri), 'run-1', 'old');
  await publishDay(places.proxied(uri), 'run-2', 'new');
  expect(places.proxy.requests.map(requestName)).toEqual([...PUBLISH_REQUESTS]);
});

/** What a publish whose request of this number is broken leaves, and what the next run makes of it. */
async function brokenPublish(number: number, fault: S3Fault) {
  await using own = await places.withProxy();
  const uri = places.newUri();
  const store = places.direct(uri);
  await publishDay(store, 'run-1', 'old');
  own.proxy.failAt(number, fault);
  const end = await endOf(publishDay(own.proxied(uri, fault), 'run-2', 'new'));
  const completes = own.proxy.requests.filter(isComplete).length;
  const uploads = await uploadsOf(store);
  const { text } = await wholeDay(store);
  const again = await endOf(publishDay(store, 'run-3', 'new'));
  return { end, completes, uploads, text, again, after: await wholeDay(store) };
}

describe('a publish of which one request is broken', () => {
  /** A client that waits for an answer keeps nobody else waiting. */
  const hanging: ReturnType<typeof brokenPublish>[] = [];
  beforeAll(() => {
    hanging.push(...PUBLISH_REQUESTS.map((_, index) => brokenPublish(index + 1, 'hang')));
    for (const one of hanging) one.catch(() => undefined);
  });

  const table = PUBLISH_REQUESTS.flatMap((name, index) => S3_FAULTS.map((fault) => [index + 1, name, fault] as const));
  test.each(table)(
    'request %i, %s, by %s: the day is whole, and the next run makes all good',
    async (number, _, fault) => {
      const seen = await (fault === 'hang' ? hanging[number - 1]! : brokenPublish(number, fault));
      expect(seen.end).toBe(expectedEnd(number, fault));
      expect(seen.completes).toBe(number < COMPLETE && seen.end !== 'published' ? 0 : 1);
      expect(seen.uploads).toEqual(Array.from({ length: expectedUploads(number, fault) }, () => DATA_KEY));

      expect(seen.text).toBe(seen.end === 'published' ? 'new' : 'old');
      expect(seen.again).toBe(seen.end === 'published' ? 'unchanged' : 'published');
      const { text, faults, manifest } = seen.after;
      expect({ text, faults }).toEqual({ text: 'new', faults: [] });
      expect(withoutRun(manifest!)).toEqual(undisturbed);
    },
  );
});

describe('the one conditional request that changes the day', () => {
  /** As a job does that made the content itself: it goes along with the request. */
  const withContent = (store: ObjectStore, text: string): ObjectStore => ({
    ...store,
    publish: (staged, ...more) => store.publish({ ...staged, content: bytes(text) }, ...more),
  });
  const KINDS = [
    ['a Complete over nothing', undefined, false],
    ['a PUT over nothing', undefined, true],
    ['a PUT over an old day', 'old', true],
  ] as const;
  const table = KINDS.flatMap((kind) => S3_FAULTS.map((fault) => [...kind, fault] as const));

  test.each(table)('%s (%p, %p) by %s: it is sent once, and looked at', async (_, old, isPut, fault) => {
    const uri = places.newUri();
    const store = places.direct(uri);
    if (old !== undefined) await publishDay(store, 'run-1', old);
    const isMeant = (request: Parameters<typeof requestName>[0]): boolean =>
      requestName(request) === (isPut ? 'PUT data' : 'POST data, complete');
    places.proxy.failWhen(isMeant, fault);
    const proxied = places.proxied(uri, fault);
    const end = await endOf(publishDay(isPut ? withContent(proxied, 'new') : proxied, 'run-2', 'new'));
    expect(end).toBe(fault === 'cut-after' ? 'published' : 'unknown-outcome');
    const sent = places.proxy.requests.filter(isMeant);
    expect(sent.map(({ headers }) => headers['if-none-match'] ?? typeof headers['if-match'])).toEqual([
      old === undefined ? '*' : 'string',
    ]);
    expect((await store.head(DATA_KEY))?.runId).toBe(end === 'published' ? 'run-2' : old && 'run-1');

    expect(await endOf(publishDay(store, 'run-3', 'new'))).toBe(end === 'published' ? 'unchanged' : 'published');
    expect(await wholeDay(store)).toMatchObject({ text: 'new', faults: [] });
  });
});

describe('a day of several parts', () => {
  const big = 'recipes '.repeat((5.2 * PART_BYTES) / 8);
  const partNumber = (query: string): string | undefined => /partNumber=(\d+)/.exec(query)?.[1];
  const failPart = (number: number, fault: S3Fault): void =>
    places.proxy.failWhen(({ query }) => partNumber(query) === String(number), fault);

  test('is whole although parts of it had to be copied twice', async () => {
    const uri = places.newUri();
    for (const [index, fault] of (['cut-after', '503', '409', '500'] as const).entries()) failPart(index + 2, fault);
    expect(await endOf(publishDay(places.proxied(uri), 'run-1', big))).toBe('published');
    const parts = places.proxy.requests.map(({ query }) => partNumber(query)).filter((part) => part !== undefined);
    expect(parts.toSorted()).toEqual(['1', '2', '2', '3', '3', '4', '4', '5', '5', '6']);
    expect(completesSent()).toBe(1);
    const { text, faults } = await wholeDay(places.direct(uri));
    const hashOf = (content = ''): string => createHash('sha256').update(content).digest('hex');
    expect({ hash: hashOf(text), faults }).toEqual({ hash: hashOf(big), faults: [] });
  });

  test('is not published where a part could not be copied, and its upload is taken back', async () => {
    const uri = places.newUri();
    failPart(4, '412');
    expect(await endOf(publishDay(places.proxied(uri), 'run-1', big))).toBe('unexpected');
    expect(completesSent()).toBe(0);
    const store = places.direct(uri);
    expect(await store.head(DATA_KEY)).toBeUndefined();
    expect(await uploadsOf(store)).toEqual([]);
  });
});
