/** Every request of a publish fails once in every way; the day is whole at any time, and one more run makes all good. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LakeError } from '../../src/failure.ts';
import { publishDay } from '../../testing/publish-day.ts';
import { S3_FAULTS, type S3Fault, type S3Request } from '../../testing/s3-proxy.ts';
import { type S3Places, s3Places } from '../../testing/s3-places.ts';
import { wholeDay } from '../../testing/whole-day.ts';

/** What a publish asks a store, in order: the run's own objects, the day, and the staging that goes. */
const REQUESTS = [
  'HEAD run manifest',
  'HEAD data',
  'GET current manifest',
  'PUT staging',
  'PUT staging',
  'HEAD staging',
  'PUT quarantine',
  'PUT run manifest',
  'HEAD data',
  'POST data, begin',
  'PUT data, part',
  'POST data, complete',
  'GET run manifest',
  'HEAD current manifest',
  'HEAD data',
  'PUT current manifest',
  'GET list',
  'POST delete',
] as const;
const COMPLETE = REQUESTS.indexOf('POST data, complete') + 1;
const LOOK = REQUESTS.lastIndexOf('HEAD data', COMPLETE - 1) + 1;
let places: S3Places;
beforeAll(async () => {
  places = await s3Places();
}, 300_000);
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

/** How the disturbed run has to end. */
function expectedEnd(number: number, fault: S3Fault): string {
  const request = REQUESTS[number - 1] ?? '';
  // The answer was lost, not the request: a look at the day finds the run's own object.
  if (number === COMPLETE) return fault === 'cut-after' ? 'published' : 'unknown-outcome';
  // The day is published already: whatever breaks now is made good by the next run.
  if (number > COMPLETE) return 'published';
  // A look is repeated whatever it was answered, and so is what was cut or failed.
  if (number === LOOK || (fault !== '409' && fault !== '412')) return 'published';
  // Somebody else is at it, where nobody else should be: a later run may have more luck.
  if (fault === '409') return 'unreachable';
  // An object that is no longer the one asked for is read as none.
  return request.startsWith('GET') ? 'published' : 'unexpected';
}

function nameOf({ method, path, query }: S3Request): string {
  const kinds: readonly (readonly [RegExp, string])[] = [
    [/uploads=/, 'data, begin'],
    [/partNumber=/, 'data, part'],
    [/uploadId=/, 'data, complete'],
    [/list-type/, 'list'],
    [/delete=/, 'delete'],
  ];
  const byQuery = kinds.find(([pattern]) => pattern.test(query))?.[1];
  const byPath: readonly (readonly [RegExp, string])[] = [
    [/_staging/, 'staging'],
    [/quarantine/, 'quarantine'],
    [/manifests\/dataload\/2019\/11\/29\.json$/, 'current manifest'],
    [/manifests/, 'run manifest'],
    [/recipes/, 'data'],
  ];
  return `${method} ${byQuery ?? byPath.find(([pattern]) => pattern.test(path))?.[1]}`;
}

async function endOf(run: Promise<{ outcome: string }>): Promise<string> {
  return run.then(
    ({ outcome }) => outcome,
    (error: unknown) => (error instanceof LakeError ? error.code : String(error)),
  );
}

test('an undisturbed publish asks for what is broken below, and sends its conditions once', async () => {
  const uri = places.newUri();
  await publishDay(places.direct(uri), 'run-1', 'old');
  places.proxy.reset();
  await publishDay(places.proxied(uri), 'run-2', 'new');
  expect(places.proxy.requests.map(nameOf)).toEqual([...REQUESTS]);
});

describe('a publish of which one request is broken', () => {
  const table = REQUESTS.flatMap((request, index) => S3_FAULTS.map((fault) => [index + 1, request, fault] as const));
  test.each(table)(
    'request %i, %s, by %s: the day is whole, and the next run makes all good',
    async (number, _, fault) => {
      const uri = places.newUri();
      const store = places.direct(uri);
      await publishDay(store, 'run-1', 'old');
      places.proxy.reset();
      places.proxy.failAt(number, fault);
      const end = await endOf(publishDay(places.proxied(uri), 'run-2', 'new'));
      expect(end).toBe(expectedEnd(number, fault));
      const completes = places.proxy.requests.filter((request) => nameOf(request) === 'POST data, complete');
      expect(completes.length).toBeLessThanOrEqual(1);

      const before = await wholeDay(store);
      expect(before.text).toBe(end === 'published' ? 'new' : 'old');
      const again = await endOf(publishDay(store, 'run-3', 'new'));
      expect(again).toBe(end === 'published' ? 'unchanged' : 'published');
      const { text, faults, manifest } = await wholeDay(store);
      expect({ text, faults }).toEqual({ text: 'new', faults: [] });
      expect(manifest).toMatchObject({ counts: { read: 2, quarantined: 1 } });
      // What a run may leave behind is what housekeeping finds.
      const uploads = (await store.uploads?.list()) ?? [];
      expect(uploads.filter(({ key }) => !key.endsWith('recipes.parquet'))).toEqual([]);
    },
  );
});

test('an upload whose publish was surely refused is taken back', async () => {
  const uri = places.newUri();
  const store = places.direct(uri);
  await publishDay(store, 'run-1', 'old');
  places.proxy.reset();
  places.proxy.failAt(COMPLETE, '412');
  expect(await endOf(publishDay(places.proxied(uri), 'run-2', 'new'))).toBe('unknown-outcome');
  expect(await store.uploads?.list()).toEqual([]);
});
