/** The answer to a Complete is lost, and the scheduler tries the run again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { LakeError } from '../../src/failure.ts';
import type { ObjectStore } from '../../src/store.ts';
import { publishDay } from '../../testing/publish-day.ts';
import type { S3Request } from '../../testing/s3-proxy.ts';
import { type S3Places, s3Places } from '../../testing/s3-places.ts';
import { wholeDay } from '../../testing/whole-day.ts';

const isComplete = ({ method, query }: S3Request): boolean => method === 'POST' && /uploadId=/.test(query);

let places: S3Places;
let uri: string;
let store: ObjectStore;

beforeAll(async () => {
  places = await s3Places();
}, 300_000);
beforeEach(async () => {
  uri = places.newUri();
  store = places.direct(uri);
  await publishDay(store, 'run-1', 'old');
  places.proxy.reset();
  places.proxy.onRequest = undefined;
});
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

const endOf = (run: Promise<{ outcome: string }>): Promise<string> =>
  run.then(
    ({ outcome }) => outcome,
    (error: unknown) => (error instanceof LakeError ? error.code : String(error)),
  );

test('after a Complete that was carried out, a second try of the run finds the day unchanged', async () => {
  // The first try is gone with the connection, as when its machine is.
  const killed = new Promise<void>((resolve) => {
    places.proxy.onRequest = async (request, moment) => {
      if (!isComplete(request) || moment !== 'after') return;
      resolve();
      await new Promise(() => undefined);
    };
  });
  void endOf(publishDay(places.proxied(uri), 'dag-run.1', 'new'));
  await killed;
  expect(await endOf(publishDay(store, 'dag-run.2', 'new'))).toBe('unchanged');
  expect(await wholeDay(store)).toMatchObject({ text: 'new', faults: [] });
});

test('after a Complete that never arrived, a second try of the run publishes', async () => {
  places.proxy.failWhen(isComplete, 'cut-before');
  expect(await endOf(publishDay(places.proxied(uri), 'dag-run.1', 'new'))).toBe('unknown-outcome');
  expect(await endOf(publishDay(store, 'dag-run.2', 'new'))).toBe('published');
  expect(await wholeDay(store)).toMatchObject({ text: 'new', faults: [], manifest: { runId: 'dag-run.2' } });
});

test('while the Complete of the first try is still on its way, a second try ends without an error', async () => {
  const arrived = Promise.withResolvers<void>();
  const mayPass = Promise.withResolvers<void>();
  places.proxy.onRequest = async (request, moment) => {
    if (!isComplete(request) || moment !== 'before') return;
    arrived.resolve();
    await mayPass.promise;
  };
  const first = endOf(publishDay(places.proxied(uri), 'dag-run.1', 'new'));
  await arrived.promise;
  expect(await endOf(publishDay(store, 'dag-run.2', 'new'))).toBe('published');
  mayPass.resolve();
  // It is overtaken by the same bytes: its day stands.
  expect(['published', 'unchanged', 'unknown-outcome']).toContain(await first);
  await sleep(100);
  expect(await wholeDay(store)).toMatchObject({ text: 'new', faults: [] });
});
