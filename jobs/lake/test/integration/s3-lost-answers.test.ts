/** A publish whose decisive request is answered to nobody, and the next try of the same run of the scheduler. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sized } from 'spark-connect/testing/size';
import { givenRunId } from '../../src/run-id.ts';
import type { ObjectStore } from '../../src/stores/store.ts';
import { startChild } from '../../testing/child.ts';
import { DATA_KEY, publishDay } from '../../testing/publish-day.ts';
import { endOf } from '../../testing/run-end.ts';
import { type S3Places, s3Places, storeAt } from '../../testing/s3-places.ts';
import { type S3Proxy, startS3Proxy } from '../../testing/s3-proxy.ts';
import { COMPLETE, isComplete, LOOK, PUBLISH_REQUESTS } from '../../testing/s3-requests.ts';
import { wholeDay } from '../../testing/whole-day.ts';

const tryOf = (number: number): string => givenRunId('scheduled__2019-11-29T00:00:00+00:00', number);
const [FIRST, SECOND, THIRD] = [1, 2, 3].map(tryOf) as [string, string, string];
/** The request by which a try learns what stands when it begins. */
const STANDING = PUBLISH_REQUESTS.indexOf('HEAD data') + 1;

/** How often each case is tried. */
const ROUNDS = sized(1, 10);

type FirstTry = 'gave up' | 'still waits';
interface Ends {
  readonly first: string;
  readonly second: string;
}

/**
 * How both tries end where the first one's Complete reaches the server just before a request of the second.
 *
 * @param moment number of that request, from 1
 */
function expectedEnds(moment: number, firstTry: FirstTry, isSameContent: boolean): Ends {
  const isFirstOnTime = moment <= COMPLETE;
  const late = isSameContent ? 'unchanged' : 'overtaken';
  const first = firstTry === 'gave up' ? 'unknown-outcome' : isFirstOnTime ? 'published' : late;
  if (!isFirstOnTime) return { first, second: 'published' };
  if (isSameContent) return { first, second: 'unchanged' };
  // What changed before the second try looked is what it replaces.
  return { first, second: moment <= STANDING ? 'published' : 'overtaken' };
}

let places: S3Places;
/** The second try has a way of its own. */
let secondWay: S3Proxy;

beforeAll(async () => {
  places = await s3Places();
  secondWay = await startS3Proxy(places.server.endpoint);
});
afterEach(() => {
  for (const proxy of [places.proxy, secondWay]) {
    proxy.onRequest = undefined;
    proxy.reset();
  }
});
afterAll(async () => {
  await secondWay?.close();
  await places?.[Symbol.asyncDispose]();
});

const keys = (): Record<string, string> => {
  const { accessKeyId, secretAccessKey } = places.server;
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
};

async function oldDay(): Promise<{ uri: string; store: ObjectStore }> {
  const uri = places.newUri();
  const store = places.direct(uri);
  await publishDay(store, 'yesterday', 'old');
  return { uri, store };
}

/** Whatever happened: another try succeeds, and all belongs together. */
async function expectGoodEnd(store: ObjectStore, text: string): Promise<void> {
  expect(['published', 'unchanged']).toContain(await endOf(publishDay(store, THIRD, text)));
  expect(await wholeDay(store)).toMatchObject({ text, faults: [], manifest: { runId: THIRD } });
}

/** Begins a publish whose Complete is kept on its way until it is let go. */
async function heldFirstTry(uri: string, firstTry: FirstTry) {
  const arrived = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const landed = Promise.withResolvers<void>();
  if (firstTry === 'gave up') places.proxy.failWhen(isComplete, 'cut-first');
  places.proxy.onRequest = (request, moment) => {
    if (!isComplete(request)) return undefined;
    if (moment === 'after') return landed.resolve();
    arrived.resolve();
    return letGo.promise;
  };
  const end = endOf(publishDay(places.proxied(uri), FIRST, 'new'));
  await arrived.promise;
  if (firstTry === 'gave up') await end;
  const land = async (): Promise<void> => {
    letGo.resolve();
    await landed.promise;
  };
  return { end, land };
}

async function bothTries(uri: string, moment: number, firstTry: FirstTry, text: string): Promise<Ends> {
  const { end, land } = await heldFirstTry(uri, firstTry);
  secondWay.onRequest = ({ number }, when) => (when === 'before' && number === moment ? land() : undefined);
  const second = await endOf(publishDay(storeAt(secondWay.endpoint, uri), SECOND, text));
  // A second try that had less to do never came to the moment.
  await land();
  secondWay.onRequest = undefined;
  secondWay.reset();
  places.proxy.reset();
  return { first: await end, second };
}

const moments = PUBLISH_REQUESTS.map((name, index) => [index + 1, name] as const);
describe.each(['gave up', 'still waits'] as const)('a Complete that is on its way, for a try that %s,', (firstTry) => {
  test.each(moments)('lands before request %i of the next try, %s: none of them ends in an error', async (moment) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { uri, store } = await oldDay();
      const ends = await bothTries(uri, moment, firstTry, 'new');
      expect(ends).toEqual(expectedEnds(moment, firstTry, true));
      expect((await store.head(DATA_KEY))?.runId).toBe(moment <= COMPLETE ? FIRST : SECOND);
      expect(await wholeDay(store)).toMatchObject({ text: 'new', faults: [] });
      // Whoever was refused and is gone leaves an upload that housekeeping finds.
      const left = firstTry === 'gave up' && moment > COMPLETE ? 1 : 0;
      expect(await store.uploads?.list()).toHaveLength(left);
      await expectGoodEnd(store, 'new');
    }
  });

  test.each([STANDING, LOOK, COMPLETE, COMPLETE + 1].map((moment) => [moment, PUBLISH_REQUESTS[moment - 1]] as const))(
    'lands before request %i of a next try that saw other input, %s: nothing newer is undone',
    async (moment) => {
      for (let round = 0; round < ROUNDS; round++) {
        const { uri, store } = await oldDay();
        const ends = await bothTries(uri, moment, firstTry, 'newer');
        expect(ends).toEqual(expectedEnds(moment, firstTry, false));
        expect((await wholeDay(store)).text).toBe(ends.second === 'published' ? 'newer' : 'new');
        await expectGoodEnd(store, 'newer');
      }
    },
  );
});

describe('a try that never learns what its Complete did', () => {
  test.each(['new', 'newer'])('as the store was gone after it: the next try, of %s, succeeds', async (text) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { uri, store } = await oldDay();
      let isGone = false;
      places.proxy.onRequest = (request, moment) => {
        isGone ||= isComplete(request) && moment === 'after';
        if (isGone) throw new Error('the store is gone');
      };
      const first = await startChild('publish-to-s3', [places.proxy.endpoint, uri, FIRST, 'new'], keys()).ended;
      expect(first.stdout.trim()).toBe('unknown-outcome');
      places.proxy.onRequest = undefined;
      expect(await endOf(publishDay(store, SECOND, text))).toBe(text === 'new' ? 'unchanged' : 'published');
      expect(await wholeDay(store)).toMatchObject({ text, faults: [], manifest: { runId: SECOND } });
    }
  });

  test.each([
    ['before', 'published', 1],
    ['after', 'unchanged', 0],
  ] as const)('as it was killed %s the server acted: the next try ends %s', async (when, end, uploads) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { uri, store } = await oldDay();
      const child = startChild('publish-to-s3', [places.proxy.endpoint, uri, FIRST, 'new'], keys());
      places.proxy.onRequest = async (request, moment) => {
        if (moment !== when || !isComplete(request)) return;
        child.kill('SIGKILL');
        await child.ended;
        if (moment === 'before') throw new Error('it was not sent');
      };
      expect(await child.ended).toMatchObject({ signal: 'SIGKILL', stdout: '' });
      places.proxy.onRequest = undefined;
      expect(await endOf(publishDay(store, SECOND, 'new'))).toBe(end);
      expect(await wholeDay(store)).toMatchObject({ text: 'new', faults: [], manifest: { runId: SECOND } });
      expect(await store.uploads?.list()).toHaveLength(uploads);
    }
  });
});
