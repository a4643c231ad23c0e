/** kill -9 of the Spark server under a run. */
import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { startLocalServer } from 'spark-connect/server';
import { contentOf } from '../../lakes/in-process.ts';
import { killedDay, largeDay, prepared } from '../../lakes/killed-day.ts';
import { momentsOf } from '../../lakes/kill-points.ts';
import { summaryOf } from '../../processes.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_BUDGET_MS = 3000;
/** Beyond the budget: one wait before the last try, the summary, and a slow machine. */
const PATIENCE_MS = 15_000;

test('a Spark server that is killed under a run ends it in bounded time with a clear sentence, and the old day stands', async () => {
  await using day = await killedDay();
  const { lake } = day;
  await lake.land(largeDay);
  const logFile = join(lake.folder, 'spark.log');
  await using server = await startLocalServer({ jarsDir: process.env['SPARK_JARS'] ?? '', logFile, heap: '1g' });
  const remote = { SPARK_REMOTE: server.remote };
  await lake.configure([
    'configs/local/spark_config.yml',
    'budget_seconds: 120',
    `budget_seconds: ${RETRY_BUDGET_MS / 1000}`,
  ]);
  const before = await contentOf(join(lake.lake, 'recipes'));

  await using run = lake.start('dataload', [], remote);
  const { staging } = momentsOf(lake);
  while (!run.hasEnded() && !staging(run)) await sleep(5);
  await sleep(500);
  expect(run.hasEnded()).toBe(false);
  process.kill(server.pid, 'SIGKILL');
  const killedAt = performance.now();
  const ended = await run.ended;
  expect(performance.now() - killedAt).toBeLessThan(RETRY_BUDGET_MS + PATIENCE_MS);

  expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', code: 'unreachable', exitCode: 6, retryHelps: 'yes' });
  expect(ended.exitCode).toBe(6);
  expect(summaryOf(ended).message).toContain(server.remote.slice('sc://'.length));
  // Who has started the server can know it at once.
  expect(String(server.lost.reason)).toMatch(
    /ended unasked \(signal SIGKILL\)\. (The end of .*spark\.log|It has logged)/,
  );
  expect(await contentOf(join(lake.lake, 'recipes'))).toEqual(before);
  expect(await day.whichStands()).toBe('old');
  expect(await day.isManifestCurrent()).toBe(true);
  const { exitCode, csv, owed } = await prepared(day);
  expect([exitCode, csv]).toEqual([0, owed]);
});
