/** kill -9 of the Spark server at some of its requests to S3: the old day stands, and the next run heals. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isOfJob, type S3Proxy, type S3Request, startS3Proxy } from 'lake/testing/s3-proxy';
import type { Summary } from 'runtime';
import { startLocalServer } from 'spark-connect/server';
import { type S3Day, s3Day } from '../lakes/s3-day.ts';
import { type S3Lake, s3Lake } from '../lakes/s3-lake.ts';

const isSparks = (request: S3Request): boolean => !isOfJob(request);
const asks = (method: string, path: RegExp) => (request: S3Request) =>
  isSparks(request) && request.method === method && path.test(request.path);
type Moment = readonly [name: string, isMoment: (request: S3Request) => boolean];
/** Requests of Spark at which its server is killed; it has no part in the publish. */
const MOMENTS: readonly Moment[] = [
  ['it asks for the first time', isSparks],
  ['it reads the input', asks('GET', /\.json$/)],
  ['it writes the day', asks('PUT', /\.parquet$/)],
  ['it writes the quarantine', asks('PUT', /quarantine.*\.json$/)],
  ['it is done with a write', asks('PUT', /_SUCCESS$/)],
];
const RETRY_BUDGET_SECONDS = 3;
const folder = mkdtempSync(join(tmpdir(), 'recipe-etl-s3-kill-'));
let s3: S3Lake;
let day: S3Day;
let proxy: S3Proxy;

beforeAll(async () => {
  s3 = await s3Lake();
  day = await s3Day(s3);
  proxy = await startS3Proxy(s3.gateway.endpoint);
  await day.land('first');
  await day.dataload();
}, 180_000);
afterAll(async () => {
  await day?.[Symbol.asyncDispose]();
  await proxy?.close();
  await s3?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A run on a Spark server of its own, which is killed at the first such request. */
async function runKilledAt(isMoment: (request: S3Request) => boolean): Promise<Summary> {
  await using server = await startLocalServer({
    jarsDir: process.env['SPARK_JARS'] ?? '',
    logFile: join(folder, 'spark.log'),
    heap: '1g',
  });
  let isKilled = false;
  proxy.onRequest = (request, when) => {
    if (isKilled || when !== 'before' || !isMoment(request)) return;
    isKilled = true;
    process.kill(server.pid, 'SIGKILL');
  };
  await using own = await s3Day(s3, proxy.endpoint, (config) => {
    const spark = { ...config.spark, remote: server.remote, retryBudgetSeconds: RETRY_BUDGET_SECONDS };
    return { ...config, spark };
  });
  const summary = await own.dataload();
  proxy.onRequest = undefined;
  expect(isKilled).toBe(true);
  return summary;
}

test.each(MOMENTS)(
  'killed when %s, a run ends with a sentence, the old day stands, and the next run makes all good',
  async (moment, isMoment) => {
    const before = await day.stands();
    await day.land(moment);
    expect(await runKilledAt(isMoment)).toMatchObject({
      exitCode: 6,
      message: expect.stringContaining('could not be reached'),
    });
    expect(await day.stands()).toBe(before);
    expect(await day.dataload()).toMatchObject({ exitCode: 0, outcome: 'published' });
    expect({ stands: await day.stands(), faults: await day.faults() }).toEqual({ stands: moment, faults: [] });
  },
  120_000,
);
