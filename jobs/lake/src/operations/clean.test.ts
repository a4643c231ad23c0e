import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  age,
  BEEF,
  filesIn,
  lakeOfDays,
  loadDay,
  NOW,
  reportDay,
  RETENTION,
  type LakeOfDays,
} from '../../test/lake-of-days.ts';
import { bytes } from '../../testing/publish-day.ts';
import { randomOf, type Random } from 'spark-connect/testing/random';
import { readPublishedDay } from '../publish/published-day.ts';
import { layout } from '../../testing/layout.ts';
import { stagingPrefixOf } from '../layout.ts';
import { parseLogicalDate } from '../logical-date.ts';
import { HeartbeatWatch } from '../stores/local/heartbeat.ts';
import { thisHolder } from '../stores/local/this-process.ts';
import { clean, type CleanEvent } from './clean.ts';
import type { DateRange } from './find-days.ts';
import { dataDay, reportDay as reportDayOf } from './context.ts';
import { lakeStatus } from './status.ts';

const DAY = parseLogicalDate('2020-01-05');
const LOST = parseLogicalDate('2020-01-06');

async function cleaned(lake: LakeOfDays, isRemoving = true, range: DateRange = {}): Promise<CleanEvent[]> {
  const events: CleanEvent[] = [];
  for await (const event of clean(lake, range, isRemoving)) events.push(event);
  return events;
}
const keys = (events: readonly CleanEvent[], kind: CleanEvent['kind'] = 'removed'): string[] =>
  events.filter((event) => event.kind === kind).map(({ leftover }) => leftover.key);

/** Two runs of the day and one of its report; all their objects are old. */
async function oldLake(): Promise<LakeOfDays> {
  const lake = lakeOfDays();
  await loadDay(lake, DAY.iso, 'run-1', 'one');
  await loadDay(lake, DAY.iso, 'run-2', 'two');
  await reportDay(lake, DAY.iso, 'report-1');
  for (const file of filesIn(lake.folder)) age(lake.folder, file, 40);
  return lake;
}

const LOOSE = '_staging/4f9f0000-aaaa-4bbb-8ccc-0123456789ab.put';

describe('what goes', () => {
  test('is told first, and stays while nobody says yes', async () => {
    const lake = await oldLake();
    const before = filesIn(lake.folder);
    const superseded = [layout.runManifest('dataload', DAY, 'run-1'), layout.quarantine(DAY, 'run-1')];
    expect(keys(await cleaned(lake, false), 'found')).toStrictEqual(superseded);
    expect(filesIn(lake.folder)).toStrictEqual(before);
    const events = await cleaned(lake);
    expect(events.map(({ kind }) => kind)).toStrictEqual(['found', 'found', 'removed', 'removed']);
    expect(filesIn(lake.folder)).toStrictEqual(before.filter((file) => !superseded.includes(file)));
    expect(await cleaned(lake)).toStrictEqual([]);
  });

  test('does not once a run needs it between the two looks', async () => {
    const lake = await oldLake();
    const events: CleanEvent[] = [];
    for await (const event of clean(lake, {}, true)) {
      events.push(event);
      // The data of the first run comes back, and with it the manifest that knows it.
      if (events.length > 1) continue;
      await lake.lake.put(layout.tableObject(DAY), bytes('one'));
    }
    expect(keys(events, 'removed')).not.toContain(layout.runManifest('dataload', DAY, 'run-1'));
    expect((await readPublishedDay(dataDay(lake, DAY))).manifest?.runId).toBe('run-1');
  });

  test('is also the staging of killed runs, in the lake and in the output, and files that belong to nobody', async () => {
    const lake = lakeOfDays();
    const staged = `${layout.staging('recipes', LOST, 'killed')}/day/part-0`;
    const report = `${layout.staging('beef_cooking_time', LOST, 'killed')}/report.csv`;
    for (const key of [staged, LOOSE]) await lake.lake.put(key, bytes('x'));
    await lake.output.put(report, bytes('x'));
    const young = `${layout.staging('recipes', LOST, 'killed1')}/day/part-0`;
    await lake.lake.put(young, bytes('x'));
    for (const key of [staged, LOOSE]) age(lake.folder, key, 3);
    age(lake.folder, young, 1);
    age(lake.output.uri, report, 3);
    const prefixes = [staged, report].map(stagingPrefixOf);
    expect(keys(await cleaned(lake))).toStrictEqual([LOOSE, ...prefixes]);
    expect(filesIn(lake.folder)).toStrictEqual([young]);
    expect(filesIn(lake.output.uri)).toStrictEqual([]);
  });

  test('are superseded manifests of every report, each by what is current of its own', async () => {
    const chicken = { name: 'chicken_cooking_time', step: 'chicken_cooking_time' };
    const lake = { ...lakeOfDays(), reports: [BEEF, chicken] };
    await loadDay(lake, DAY.iso, 'run-1', 'one');
    for (const report of lake.reports)
      for (const run of ['report-1', 'report-2']) await reportDay(lake, DAY.iso, run, `a,b\n${run}\n`, report);
    for (const file of filesIn(lake.folder)) age(lake.folder, file, 40);
    const superseded = lake.reports.map(({ step }) => layout.runManifest(step, DAY, 'report-1'));
    expect(keys(await cleaned(lake))).toStrictEqual(superseded);
    for (const { step } of lake.reports)
      expect(existsSync(join(lake.folder, layout.runManifest(step, DAY, 'report-2')))).toBe(true);
  });

  test('is nothing of a report that is listed no more: its manifests are named, and stay', async () => {
    const chicken = { name: 'chicken_cooking_time', step: 'chicken_cooking_time' };
    const lake = await oldLake();
    for (const run of ['report-1', 'report-2']) await reportDay(lake, DAY.iso, run, `a,b\n${run}\n`, chicken);
    for (const file of filesIn(lake.folder)) age(lake.folder, file, 40);
    const before = filesIn(join(lake.folder, 'manifests', chicken.step));
    expect(before).toHaveLength(3);
    await cleaned(lake);
    expect(filesIn(join(lake.folder, 'manifests', chicken.step))).toStrictEqual(before);
    const named = expect.stringContaining('manifests/chicken_cooking_time holds manifests of a report');
    expect(lake.warnings).toStrictEqual([named]);
    await lakeStatus(lake, {});
    expect(lake.warnings).toStrictEqual([named, named]);
    await lakeStatus({ ...lake, reports: [BEEF, chicken] }, {});
    expect(lake.warnings).toHaveLength(2);
  });

  test('is only of the days that are asked for', async () => {
    const lake = await oldLake();
    await lake.lake.put(LOOSE, bytes('x'));
    age(lake.folder, LOOSE, 9);
    expect(await cleaned(lake, true, { from: LOST, to: LOST })).toStrictEqual([]);
    expect(keys(await cleaned(lake, true, { from: DAY, to: DAY }))).toHaveLength(2);
  });

  test('are locks of dead holders, and of no others', async () => {
    const lake = lakeOfDays();
    const me = thisHolder('test');
    const fileOf = (name: string): string => `${layout.locks}/recipes/${name}.lock`;
    const lockOf = (name: string, content: unknown): Promise<void> =>
      lake.lake.put(fileOf(name), bytes(JSON.stringify(content)));
    await lockOf('alive', me);
    await lockOf('dead', { ...me, bootId: 'an earlier boot' });
    await lockOf('elsewhere', { ...me, host: 'another', bootId: 'x' });
    await lockOf('foreign', { mine: 1 });
    await lockOf('other-namespace', { ...me, pidNamespace: 'pid:[1]' });
    let nowMs = 0;
    const events: CleanEvent[] = [];
    const watch = new HeartbeatWatch(40, () => {
      appendFileSync(join(lake.folder, fileOf('alive')), '\n');
      return (nowMs += 3);
    });
    for await (const event of clean(lake, {}, true, watch)) events.push(event);
    const removed = ['dead', 'elsewhere', 'foreign', 'other-namespace'];
    expect(keys(events)).toStrictEqual(removed.map(fileOf));
    expect(keys(events, 'removed')).toStrictEqual(removed.map(fileOf));
    expect(existsSync(join(lake.folder, fileOf('alive')))).toBe(true);
  });

  test('are uploads that were begun long ago, of our own keys only', async () => {
    const lake = lakeOfDays();
    const ours = [
      layout.tableObject(DAY),
      layout.landedKafka(DAY),
      layout.quarantine(DAY, 'run-1'),
      layout.currentManifest('prepare', DAY),
      `${layout.staging('recipes', DAY, 'run-1')}/day/part-0`,
      LOOSE,
    ];
    const theirs = [
      // The output lies elsewhere.
      layout.report(BEEF.name, DAY),
      `${layout.landing(DAY)}/huge.json`,
      'exports/huge.bin',
      'recipes/photos/huge.jpg',
      'manifests/of-others/2020/01/05.json',
      '_staging/theirs/2020-01-05/job-1/part-0',
      '_staging/huge.put',
    ];
    const aborted: string[] = [];
    const begun = (key: string, days: number) => {
      return { key, uploadId: `${key} ${days}`, startedAt: new Date(NOW.getTime() - days * 86_400_000) };
    };
    const all = [...ours, ...theirs].flatMap((key) => [begun(key, 3), begun(key, 1)]);
    const uploads = {
      list: async () => all.filter(({ uploadId }) => !aborted.includes(uploadId)),
      abort: async ({ uploadId }: { uploadId: string }) => void aborted.push(uploadId),
    };
    await cleaned({ ...lake, lake: { ...lake.lake, uploads } });
    expect(aborted).toStrictEqual(ours.map((key) => `${key} 3`));
  });

  test('is no staging of others in the same bucket', async () => {
    const lake = lakeOfDays();
    const theirs = ['_staging/theirs/2020-01-05/job-1/part-0', '_staging/notes.put', 'recipes/photos/a.jpg'];
    for (const key of theirs) await lake.lake.put(key, bytes('x'));
    for (const key of theirs) age(lake.folder, key, 99);
    expect(await cleaned(lake)).toStrictEqual([]);
    expect(filesIn(lake.folder)).toStrictEqual(theirs.toSorted());
  });
});

describe('in random lakes of random ages', () => {
  test.each(Array.from({ length: 25 }, (_, seed) => seed))(
    'what is needed stays, and one clean-up is enough (%i)',
    async (seed) => {
      const random = randomOf(seed);
      const lake = await randomLake(random);
      const needed = await neededFiles(lake);
      const before = filesIn(lake.folder);
      const contents = new Map(needed.map((file) => [file, readFileSync(join(lake.folder, file), 'utf8')]));
      const young = before.filter(
        (file) => file.startsWith('_staging/') && stagingAge(lake, file) < RETENTION.stagingDays,
      );

      const removed = keys(await cleaned(lake));
      for (const [file, content] of contents) expect(readFileSync(join(lake.folder, file), 'utf8')).toBe(content);
      for (const file of young) expect(existsSync(join(lake.folder, file))).toBe(true);
      expect(await neededFiles(lake)).toStrictEqual(needed);
      expect(removed.filter((key) => !/^(_staging|manifests|quarantine)\//.test(key))).toStrictEqual([]);
      expect(filesIn(lake.folder)).toStrictEqual(
        before.filter((file) => !removed.some((key) => file === key || file.startsWith(`${key}/`))),
      );
      expect(await cleaned(lake)).toStrictEqual([]);
    },
  );
});

const DATES = ['2020-01-05', '2020-01-06', '2020-01-07'];
const ages = new WeakMap<LakeOfDays, Map<string, number>>();

/** Days since the newest object of the run's staging. */
function stagingAge(lake: LakeOfDays, file: string): number {
  const prefix = stagingPrefixOf(file) ?? file;
  const all = [...(ages.get(lake) ?? [])].filter(([name]) => name === prefix || name.startsWith(`${prefix}/`));
  return Math.min(...all.map(([, days]) => days));
}

async function randomLake(random: Random): Promise<LakeOfDays> {
  const lake = lakeOfDays();
  for (const iso of DATES) {
    const date = parseLogicalDate(iso);
    for (let run = 1; run <= 6; run++) await randomRun(random, lake, iso, `run-${run}`);
    if (random.chance(0.3)) await lake.lake.removeAll(layout.currentManifest('dataload', date));
    if (random.chance(0.1)) await lake.lake.put(layout.tableObject(date), bytes('by hand'));
  }
  const known = new Map<string, number>();
  for (const file of filesIn(lake.folder)) {
    const days = random.next() * (file.startsWith('_staging/') ? 4 : 60);
    known.set(file, days);
    age(lake.folder, file, days);
  }
  ages.set(lake, known);
  return lake;
}

async function randomRun(random: Random, lake: LakeOfDays, iso: string, runId: string): Promise<void> {
  const date = parseLogicalDate(iso);
  const text = random.pick(['one', 'two', 'three']);
  const kind = random.pick(['load', 'load', 'reject', 'kill early', 'kill late', 'report']);
  const currentKey = layout.currentManifest('dataload', date);
  if (kind === 'load') await loadDay(lake, iso, runId, text);
  if (kind === 'report') await reportDay(lake, iso, runId, `difficulty,avg\n${text}\n`);
  if (kind === 'reject') {
    const findings = [{ severity: 'error', code: 'x', message: 'x' }] as const;
    await loadDay(lake, iso, runId, text, { findings }).catch(() => undefined);
  }
  if (kind === 'kill early') {
    for (const part of ['day/part-0', 'quarantine/part-0'])
      await lake.lake.put(`${layout.staging('recipes', date, runId)}/${part}`, bytes(text));
    await lake.lake.put(layout.quarantine(date, runId), bytes('{}\n'));
  }
  if (kind === 'kill late') {
    const before = await lake.lake.get(currentKey);
    await loadDay(lake, iso, runId, text);
    if (before === undefined) await lake.lake.removeAll(currentKey);
    else await lake.lake.put(currentKey, before);
  }
}

/** Data, current manifest, the run manifest it is a copy of, and its quarantine; the look at it heals what is to be healed. */
async function neededFiles(lake: LakeOfDays): Promise<string[]> {
  const needed: string[] = [];
  for (const iso of DATES) {
    const date = parseLogicalDate(iso);
    for (const day of [dataDay(lake, date), reportDayOf(lake, lake.reports[0]!, date)]) {
      const { data, manifest } = await readPublishedDay(day);
      if (data !== undefined && day.target === lake.lake) needed.push(day.dataKey);
      if (manifest === undefined) continue;
      needed.push(layout.currentManifest(day.job, date), layout.runManifest(day.job, date, manifest.runId));
      if (manifest.quarantine !== null) needed.push(manifest.quarantine.key);
    }
  }
  return needed;
}
