/** kill -9 of a job at some of its requests to S3: the day is whole, and the next run heals. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isOfJob, type S3Proxy, startS3Proxy } from 'lake/testing/s3-proxy';
import { sized } from 'spark-connect/testing/size';
import { DATE, scriptOf } from '../../lakes/process-lake.ts';
import { type Started, startScript } from '../../processes.ts';
import { type S3Day, s3Day } from '../../lakes/s3-day.ts';
import { type S3Lake, s3Lake } from '../../lakes/s3-lake.ts';

const MOMENTS = sized(2, 20);
let s3: S3Lake;
let day: S3Day;
let proxy: S3Proxy;

beforeAll(async () => {
  s3 = await s3Lake();
  day = await s3Day(s3);
  proxy = await startS3Proxy(s3.gateway.endpoint);
});
afterAll(async () => {
  await day?.[Symbol.asyncDispose]();
  await proxy?.close();
  await s3?.[Symbol.asyncDispose]();
});

const startJob = (): Started =>
  startScript(scriptOf('dataload'), ['--date', DATE], { ...s3.variables, AWS_ENDPOINT_URL: proxy.endpoint });

/** @param at which of the job's own requests. @param moment before it reaches the store, or after the store has acted */
async function killedAt(at: number, moment: 'before' | 'after'): Promise<void> {
  await using run = startJob();
  const numbers = new Map<number, number>();
  proxy.onRequest = async (request, when) => {
    if (!isOfJob(request)) return;
    if (when === 'before') numbers.set(request.number, numbers.size + 1);
    if (numbers.get(request.number) !== at || when !== moment) return;
    run.kill('SIGKILL');
    await run.ended;
    throw new Error('nobody is there to be answered');
  };
  expect((await run.ended).signal).toBe('SIGKILL');
  proxy.onRequest = undefined;
}

test(`killed at ${MOMENTS} requests of a run, the day is the old one or the new one, and the next run makes all good`, async () => {
  await day.land('v0');
  await using undisturbed = startJob();
  expect(await undisturbed.ended).toMatchObject({ exitCode: 0 });
  const requests = proxy.requests.filter(isOfJob).length;
  expect(requests).toBeGreaterThan(MOMENTS);

  const stood = new Set<'old' | 'new'>();
  for (let moment = 1; moment <= MOMENTS; moment++) {
    const [before, version] = [`v${moment - 1}`, `v${moment}`];
    await day.land(version);
    await killedAt(Math.ceil((moment * requests) / MOMENTS), moment % 2 === 0 ? 'after' : 'before');
    const stands = await day.stands();
    expect([before, version]).toContain(stands);
    stood.add(stands === version ? 'new' : 'old');
    expect(await day.dataload()).toMatchObject({
      exitCode: 0,
      outcome: stands === version ? 'unchanged' : 'published',
    });
    expect({ stands: await day.stands(), faults: await day.faults() }).toEqual({ stands: version, faults: [] });
  }
  expect([...stood].toSorted()).toEqual(['new', 'old']);
  expect(await day.prepare()).toMatchObject({ exitCode: 0, outcome: 'published' });
});
