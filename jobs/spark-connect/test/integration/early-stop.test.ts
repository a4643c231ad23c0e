/** Whoever leaves a result early leaves nothing behind, neither on the server nor here. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SparkSession } from '../../src/index.ts';
import { sized } from '../../testing/size.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const TIMES = sized(10, 50);
const ROWS = 100_000_000;
/** A release that is under way has a timer of its own for some milliseconds; what leaked stays for good. */
const LEAK_AFTER_MS = 15_000;

let proxy: TcpProxy;
let spark: SparkSession;

beforeAll(async () => {
  proxy = await startTcpProxy(Number(process.env['TEST_SPARK_REMOTE']?.split(':').at(-1)));
  spark = await SparkSession.connect({ remote: proxy.remote });
});

afterAll(async () => {
  await spark.release();
  await proxy.close();
});

test(`${TIMES} times a break in the middle of 100,000,000 rows: the server ends each operation before its rows are all made`, async () => {
  await leaveEarly();
  const before = resources();
  for (let time = 0; time < TIMES; time++) {
    await leaveEarly();
    while ((await ends()).includes('RUNNING')) await sleep(20);
  }
  // Spark says this of a job that was cancelled; one that nobody stops succeeds.
  expect(new Set(await ends())).toEqual(new Set(['FAILED']));
  expect(proxy.connections()).toBe(1);
  const doneMs = performance.now();
  let leaked = moreThan(before, resources());
  while (Object.keys(leaked).length > 0 && performance.now() - doneMs < LEAK_AFTER_MS) {
    await sleep(100);
    leaked = moreThan(before, resources());
  }
  expect(leaked).toEqual({});
  expect(await spark.range(0, 3).count()).toBe(3n);
});

async function leaveEarly(): Promise<void> {
  // The server sends a partition when all of it is there, so many small ones answer soon.
  for await (const batch of spark.range(0, ROWS, 1, 2_000).batches()) {
    expect(batch.length).toBeGreaterThan(0);
    break;
  }
}

/** How the session's jobs ended, as Spark's interface tells it, which takes no part in ending them. */
async function ends(): Promise<string[]> {
  const applications = `${process.env['TEST_SPARK_UI']}/api/v1/applications`;
  const [{ id }] = (await (await fetch(applications)).json()) as [{ id: string }];
  const jobs = (await (await fetch(`${applications}/${id}/jobs`)).json()) as { status: string; jobTags: string[] }[];
  return jobs.filter(({ jobTags }) => jobTags.join().includes(spark.sessionId)).map(({ status }) => status);
}

/** Fewer than before is no leak: what other tests of the process left behind may close meanwhile. */
function moreThan(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(after).filter(([kind, count]) => count > (before[kind] ?? 0)));
}

/** Sockets and timers that keep the process alive, by kind. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  // Immediates and ticks come and go with whatever runs.
  const kept = Object.entries(counts).filter(([kind]) => /Timeout|TCP|Pipe/.test(kind));
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
