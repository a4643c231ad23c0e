/** kill -9 at moments that nobody chose. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { healed, killedDay, prepared, sha256Of } from '../lakes/killed-day.ts';

const KILLS = 8;

test(`${KILLS} kills spread at random over a run leave each time a whole day, and the next undisturbed run heals all`, async () => {
  await using day = await killedDay();
  await using first = day.lake.start('dataload');
  const { elapsedMs } = await first.ended;
  const whole = await readFile(day.lake.data);
  expect(await day.whichStands()).toBe('new');
  await day.restore();

  for (let kill = 0; kill < KILLS; kill += 1) {
    const atMs = ((kill + Math.random()) / KILLS) * elapsedMs;
    await using run = day.lake.start('dataload');
    await sleep(atMs);
    run.kill('SIGKILL');
    await run.ended;
    const stands = await day.whichStands().catch(String);
    expect([`killed after ${atMs} ms`, stands]).toEqual([
      `killed after ${atMs} ms`,
      expect.stringMatching(/^(old|new)$/),
    ]);
    expect((await day.lake.manifest('dataload')).staged.sha256).toMatch(/^[0-9a-f]{64}$/);
    if (stands === 'new') await day.restore();
  }

  const { exitCode, csv, owed } = await prepared(day);
  expect([exitCode, csv]).toEqual([0, owed]);
  const { faults, manifest } = await healed(day);
  expect(faults).toEqual([]);
  expect(await day.whichStands()).toBe('new');
  // However many were killed before: the same input makes the same bytes.
  expect(manifest.staged.sha256).toBe(sha256Of(whole));
}, 180_000);
