/** kill -9 at each moment of a run that matters: the day is the old one or the new one, and what was left is made good. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { healed, type KilledDay, killedDay, largeDay, newDay, prepared } from '../../lakes/killed-day.ts';
import { type MomentName, momentsOf, signalAfter, signalAt } from '../../lakes/kill-points.ts';

let day: KilledDay;
beforeAll(async () => {
  day = await killedDay();
});
afterAll(async () => {
  await day[Symbol.asyncDispose]();
});

/** @returns false where the run had ended by itself before the signal came */
async function isKilledAt(name: MomentName): Promise<boolean> {
  const moments = momentsOf(day.lake);
  await using run = day.lake.start('dataload');
  expect(await signalAt(run, 'SIGKILL', moments, name)).toBe(true);
  return (await run.ended).signal === 'SIGKILL';
}

async function expectPrepareWorks(): Promise<void> {
  const { exitCode, csv, owed } = await prepared(day);
  expect(exitCode).toBe(0);
  expect(csv).toBe(owed);
}

/** Of moments that last some milliseconds only, it may take more than one to meet them; in any case a whole day stands. */
const TRIES = 5;

async function killUntil(
  name: MomentName,
  tries: number,
  isMet: (stands: 'old' | 'new') => Promise<boolean>,
): Promise<void> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    await day.restore();
    const isKilled = await isKilledAt(name);
    if ((await isMet(await day.whichStands())) && isKilled) return;
  }
  throw new Error(`${tries} of ${tries} kills of a run that is ${name} came too late`);
}

test.each<[MomentName, number]>([
  ['starting', 1],
  ['staged', 1],
  ['quarantined', TRIES],
  ['recorded', TRIES],
])('killed when it is %s, before the publish, a run leaves the old day and its manifest', async (name, tries) => {
  const before = await day.lake.manifest('dataload');
  await killUntil(name, tries, async (stands) => stands === 'old');
  expect(await day.lake.manifest('dataload')).toEqual(before);
  expect(await day.isManifestCurrent()).toBe(true);
  await expectPrepareWorks();
});

test('killed while Spark is at work on 20,000 lines, a run leaves the old day', async () => {
  await day.restore();
  await day.lake.land(largeDay);
  await using run = day.lake.start('dataload');
  expect(await signalAfter(run, 'SIGKILL', momentsOf(day.lake).staging, 500)).toBe(true);
  expect((await run.ended).signal).toBe('SIGKILL');
  expect(await day.whichStands()).toBe('old');
  expect(await day.isManifestCurrent()).toBe(true);
  await expectPrepareWorks();
  await day.lake.land(newDay);
});

const killBetweenPublishAndManifest = (): Promise<void> =>
  killUntil('published', TRIES, async (stands) => {
    expect(stands).toBe('new');
    return !(await day.isManifestCurrent());
  });

test('killed between the publish and the current manifest, a run leaves the new day, and prepare makes the manifest good', async () => {
  await killBetweenPublishAndManifest();
  expect(await day.lake.manifest('dataload')).toMatchObject({ staged: { rows: 40 } });
  await expectPrepareWorks();
  expect(await day.whichStands()).toBe('new');
  expect(await day.isManifestCurrent()).toBe(true);
});

test('after such a kill the next undisturbed run finds the day unchanged and makes the manifest good', async () => {
  await killBetweenPublishAndManifest();
  const { outcome, faults, manifest } = await healed(day);
  expect(faults).toEqual([]);
  expect(outcome).toBe('unchanged');
  expect(manifest.counts).toMatchObject({ read: 620, quarantined: 20 });
  expect(await day.whichStands()).toBe('new');
});
