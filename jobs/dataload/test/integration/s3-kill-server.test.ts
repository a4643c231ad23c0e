/** kill -9 of the Spark server at some of its requests to S3: the old day stands, and the next run heals. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startLocalServer } from 'spark-connect/server';
import { sized } from '../../../spark-connect/testing/size.ts';
import { type S3Proxy, type S3Request, startS3Proxy } from '../../../lake/testing/s3-proxy.ts';
import { type S3Day, s3Day } from '../../testing/s3-day.ts';
import { type S3Lake, s3Lake } from '../../testing/s3-lake.ts';

const MOMENTS = sized(2, 5);
const RETRY_BUDGET_SECONDS = 3;
const folder = mkdtempSync(join(tmpdir(), 'recipe-etl-s3-kill-'));
let s3: S3Lake;
let day: S3Day;
let proxy: S3Proxy;

beforeAll(async () => {
  s3 = await s3Lake();
  day = await s3Day(s3);
  proxy = await startS3Proxy(s3.gateway.endpoint);
}, 180_000);
afterAll(async () => {
  await day?.[Symbol.asyncDispose]();
  await proxy?.close();
  await s3?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const isSparks = ({ headers }: S3Request): boolean => !String(headers['user-agent']).includes('recipe-etl');

/** A run on a Spark server of its own, which is killed at one of its requests. @returns how many it made, and how the run ended */
async function runKilledAt(at: number): Promise<{ requests: number; exitCode: number; message: unknown }> {
  await using server = await startLocalServer({
    jarsDir: process.env['SPARK_JARS'] ?? '',
    logFile: join(folder, 'spark.log'),
    heap: '1g',
    javaOptions: ['-XX:TieredStopAtLevel=1'],
  });
  let requests = 0;
  proxy.onRequest = (request, when) => {
    if (!isSparks(request) || when !== 'before') return;
    requests += 1;
    if (requests === at) process.kill(server.pid, 'SIGKILL');
  };
  await using own = await s3Day(s3, proxy.endpoint, (config) => {
    const spark = { ...config.spark, remote: server.remote, retryBudgetSeconds: RETRY_BUDGET_SECONDS };
    return { ...config, spark };
  });
  const { exitCode, ...summary } = await own.dataload();
  proxy.onRequest = undefined;
  return { requests, exitCode, message: summary['message'] };
}

test(`killed at ${MOMENTS} requests of Spark, a run ends with a sentence, the old day stands, and the next run makes all good`, async () => {
  await day.land('whole');
  const { requests, exitCode } = await runKilledAt(0);
  expect(exitCode).toBe(0);
  expect(requests).toBeGreaterThan(MOMENTS);
  for (let moment = 1; moment <= MOMENTS; moment++) {
    const before = await day.stands();
    await day.land(`v${moment}`);
    // The last request is the end of the write: Spark has no part in the publish.
    const killed = await runKilledAt(Math.ceil((moment * requests) / (MOMENTS + 1)));
    expect(killed).toMatchObject({ exitCode: 6, message: expect.stringContaining('could not be reached') });
    expect(await day.stands()).toBe(before);
    expect(await day.dataload()).toMatchObject({ exitCode: 0, outcome: 'published' });
    expect({ stands: await day.stands(), faults: await day.faults() }).toEqual({ stands: `v${moment}`, faults: [] });
  }
}, 300_000);
