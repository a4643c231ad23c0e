/** Spark's own requests to S3 fail: what a run cannot make good leaves the old day, and the next run makes all good. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isOfJob, S3_FAULTS, type S3Fault, type S3Proxy, type S3Request } from 'lake/testing/s3-proxy';
import { sized } from 'spark-connect/testing/size';
import { type ProxiedS3Day, proxiedS3Day, type S3Day } from '../../lakes/s3-day.ts';

/** Twice the longest that Spark waits for an answer. */
const LIMIT_MS = 60_000;

const isSparks = (request: S3Request): boolean => !isOfJob(request);
const KINDS = {
  read: (request: S3Request) => isSparks(request) && request.method === 'GET' && request.path.endsWith('.json'),
  write: (request: S3Request) => isSparks(request) && request.method === 'PUT' && request.path.endsWith('.parquet'),
} as const;

/** What Spark does not send again. */
const FINAL: ReadonlySet<S3Fault> = new Set(['412', '409']);

/** For an answer that never comes Spark waits half a minute. */
const CASES = sized<readonly (readonly [keyof typeof KINDS, S3Fault])[]>(
  [
    ['read', 'cut-before'],
    ['read', '412'],
    ['write', '503'],
    ['write', '409'],
  ],
  (['read', 'write'] as const).flatMap((kind) => S3_FAULTS.map((fault) => [kind, fault] as const)),
);

let places: ProxiedS3Day;
let proxy: S3Proxy;
let day: S3Day;

beforeAll(async () => {
  places = await proxiedS3Day();
  ({ proxy, day } = places);
  await day.land('first');
  await day.dataload();
});
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

test.each(CASES)(
  'a %s of Spark fails by %s: the day is whole, and the next run makes all good',
  async (kind, fault) => {
    const isMeant = KINDS[kind];
    const [before, version] = [await day.stands(), `${kind} ${fault}`];
    await day.land(version);
    proxy.reset();
    proxy.failWhen(isMeant, fault);
    const startedAt = performance.now();
    const end = await day.dataload();
    const isPublished = end.exitCode === 0;
    expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
    expect(proxy.requests.some(isMeant)).toBe(true);
    expect(end.exitCode).toBe(FINAL.has(fault) ? 6 : 0);
    expect(await day.stands()).toBe(isPublished ? version : before);
    expect(await day.dataload()).toMatchObject({ exitCode: 0, outcome: isPublished ? 'unchanged' : 'published' });
    expect({ stands: await day.stands(), faults: await day.faults() }).toEqual({ stands: version, faults: [] });
  },
  2 * LIMIT_MS,
);

test.each([
  ['expired', 2, 'the temporary credentials have expired'],
  ['denied', 2, 'have no right to write to s3a://'],
] as const)(
  'a write of Spark that meets %s each time ends as one of the job does',
  async (fault, exitCode, sentence) => {
    const before = await day.stands();
    await day.land(`always ${fault}`);
    proxy.reset();
    // More often than Spark's client and its tasks try.
    for (let n = 0; n < 100; n++) proxy.failWhen(KINDS.write, fault);
    const end = await day.dataload();
    proxy.reset();
    expect(end).toMatchObject({ exitCode, message: expect.stringContaining(sentence) });
    expect(end.message).toContain('Spark cannot write to s3a://');
    expect(await day.stands()).toBe(before);
  },
);

test('a store that Spark no longer reaches ends a run within bounded time, and the old day stands', async () => {
  const before = await day.stands();
  await day.land('after the outage');
  proxy.onRequest = (request, moment) => {
    if (moment === 'before' && KINDS.read(request)) throw new Error('nobody answers Spark');
  };
  const startedAt = performance.now();
  expect(await day.dataload()).toMatchObject({ exitCode: 6, message: expect.stringContaining('s3a://') });
  expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
  proxy.onRequest = undefined;
  expect(await day.stands()).toBe(before);
  expect(await day.dataload()).toMatchObject({ exitCode: 0, outcome: 'published' });
});
