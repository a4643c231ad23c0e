/** SIGTERM and SIGINT: a job interrupts Spark, publishes nothing more and ends at once, with its summary. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type KilledDay, killedDay, largeDay, newDay, prepared } from '../../lakes/killed-day.ts';
import { type MomentName, momentsOf, signalAfter, signalAt } from '../../lakes/kill-points.ts';
import { type Ended, summaryOf } from '../../processes.ts';
import { DATE, processLake } from '../../lakes/process-lake.ts';
import { smallDay } from '../../events/small-day.ts';

const MAX_STOP_MS = 4000;

let day: KilledDay;
beforeAll(async () => {
  day = await killedDay();
});
afterAll(async () => {
  await day[Symbol.asyncDispose]();
});

/** Of two signals at once the system may deliver either first. */
function expectStopped(ended: Ended, ...signals: readonly (string | null)[]): void {
  expect(summaryOf(ended)).toMatchObject({ job: 'dataload', logicalDate: DATE, code: 'stopped', exitCode: 143 });
  expect(signals.map((signal) => `stopped by ${signal}`)).toContain(summaryOf(ended).message?.split(';')[0]);
  expect(ended.exitCode).toBe(143);
}

test.each<[string, NodeJS.Signals, NodeJS.Signals | null]>([
  ['SIGTERM', 'SIGTERM', null],
  ['SIGINT, and SIGTERM after it,', 'SIGINT', 'SIGTERM'],
])(
  '%s while Spark is at work ends a run with exit code 143 within 4 s, and the server is free for the next',
  async (_, signal, second) => {
    await day.lake.land(largeDay);
    await using run = day.lake.start('dataload');
    expect(await signalAfter(run, signal, momentsOf(day.lake).staging, 1000)).toBe(true);
    const stoppedAt = performance.now();
    if (second !== null) run.kill(second);
    const ended = await run.ended;
    expect(performance.now() - stoppedAt).toBeLessThan(MAX_STOP_MS);
    expectStopped(ended, signal, second);
    expect(await day.whichStands()).toBe('old');

    await using other = await processLake();
    await other.land([smallDay('next')]);
    expect(summaryOf(await other.run('dataload'))).toMatchObject({ outcome: 'published', exitCode: 0 });
    // An operation that went on would have ended its write by now, or would be at it.
    const staging = join(day.lake.lake, '_staging/recipes', DATE, summaryOf(ended).runId ?? '?');
    const left = await readdir(staging, { recursive: true }).catch((): string[] => []);
    expect(left.filter((name) => name.endsWith('.parquet'))).toEqual([]);
  },
);

test.each<[MomentName]>([['starting'], ['staged'], ['recorded']])(
  'SIGTERM when a run is %s leaves the old day or the new one, and the exit code says that it was stopped',
  async (name) => {
    await day.restore();
    await day.lake.land(newDay);
    const moments = momentsOf(day.lake);
    await using run = day.lake.start('dataload');
    expect(await signalAt(run, 'SIGTERM', moments, name)).toBe(true);
    const stoppedAt = performance.now();
    const ended = await run.ended;
    expect(performance.now() - stoppedAt).toBeLessThan(MAX_STOP_MS);
    expect(ended.exitCode).toBe(143);
    const { outcome } = summaryOf(ended);
    expect(await day.whichStands()).toBe(outcome === 'failed' ? 'old' : 'new');
    const { exitCode, csv, owed } = await prepared(day);
    expect([exitCode, csv]).toEqual([0, owed]);
    expect(await day.isManifestCurrent()).toBe(true);
  },
);
