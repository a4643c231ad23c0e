import { expect, test } from '@jest/globals';
import { age, BEEF, lakeOfDays, landKafkaDay, loadDay, reportDay, type LakeOfDays } from '../../test/lake-of-days.ts';
import { bytes } from '../../testing/publish-day.ts';
import { freezeInputFiles } from '../input-files.ts';
import { layout } from '../../testing/layout.ts';
import { parseLogicalDate } from '../logical-date.ts';
import { landingChanges } from './landing-changes.ts';
import { lakeStatus } from './status.ts';

const CHICKEN = { name: 'chicken_cooking_time', step: 'chicken_cooking_time' };
const day = parseLogicalDate;
const land = (lake: LakeOfDays, iso: string, name = 'recipes.json', text = '{}\n'): Promise<void> =>
  lake.lake.put(`${layout.landing(day(iso))}/${name}`, bytes(text));

test('an empty lake has no days', async () => {
  expect(await lakeStatus(lakeOfDays(), {})).toStrictEqual([]);
});

test('a day tells what landed, what is published, and whether its report is of the same version', async () => {
  const lake = lakeOfDays();
  await land(lake, '2020-01-05');
  await land(lake, '2020-01-05', 'kafka.parquet', 'PAR1');
  await land(lake, '2020-01-05', '_notes.txt');
  await loadDay(lake, '2020-01-05', 'run-1', 'one');
  await reportDay(lake, '2020-01-05', 'report-1');
  const [status] = await lakeStatus(lake, {});
  expect(status).toMatchObject({
    date: '2020-01-05',
    landed: { files: 1, sizeBytes: 3, hasKafka: true },
    table: 'published',
    rows: 1,
    quarantined: 1,
    runId: 'run-1',
    report: 'current',
    reportRunId: 'report-1',
    healed: [],
  });
  await loadDay(lake, '2020-01-05', 'run-2', 'two');
  expect(await lakeStatus(lake, {})).toMatchObject([{ report: 'stale', runId: 'run-2' }]);
  await loadDay(lake, '2020-01-05', 'run-3', 'one');
  expect(await lakeStatus(lake, {})).toMatchObject([{ report: 'current', runId: 'run-3' }]);
});

test('several reports are told each by itself, and the worst of them for the day', async () => {
  const lake = { ...lakeOfDays(), reports: [BEEF, CHICKEN] };
  await loadDay(lake, '2020-01-05', 'run-1', 'one');
  await reportDay(lake, '2020-01-05', 'report-1');
  const [lacking] = await lakeStatus(lake, {});
  expect(lacking).toMatchObject({
    report: 'missing',
    reportRunId: null,
    reports: [
      { name: 'beef_cooking_time', report: 'current', runId: 'report-1' },
      { name: 'chicken_cooking_time', report: 'missing', runId: null },
    ],
  });
  await loadDay(lake, '2020-01-05', 'run-2', 'two');
  await reportDay(lake, '2020-01-05', 'report-2', 'effort,minutes\nquick,5\n', CHICKEN);
  const [stale] = await lakeStatus(lake, {});
  expect(stale).toMatchObject({ report: 'stale', reports: [{ report: 'stale' }, { report: 'current' }] });
});

test('one report is told as the report of the day, for machines too', async () => {
  const lake = lakeOfDays();
  await loadDay(lake, '2020-01-05', 'run-1', 'one');
  const [status] = await lakeStatus(lake, {});
  expect(status).not.toHaveProperty('reports');
});

test('a killed, a rejected and an unknown report are told by the name of the report', async () => {
  const lake = { ...lakeOfDays(), reports: [BEEF, CHICKEN] };
  await loadDay(lake, '2020-01-05', 'run-1', 'one');
  await reportDay(lake, '2020-01-05', 'report-1', 'effort,minutes\nquick,5\n', CHICKEN);
  await lake.lake.removeAll(layout.currentManifest(CHICKEN.step, day('2020-01-05')));
  await lake.output.put(layout.report(BEEF.name, day('2020-01-05')), bytes('by hand'));
  const rejected = layout.runManifest(CHICKEN.step, day('2020-01-05'), 'report-1');
  const copy = layout.rejectedManifest(CHICKEN.step, day('2020-01-05'), 'report-2');
  await lake.lake.put(copy, (await lake.lake.get(rejected)) ?? bytes(''));
  const [status] = await lakeStatus(lake, {});
  expect(status).toMatchObject({
    healed: ['chicken_cooking_time'],
    rejected: [{ job: 'chicken_cooking_time' }],
    reports: [{ report: 'no manifest' }, { report: 'current' }],
  });
});

test('a day that only a report knows is found by the manifests of that report', async () => {
  const lake = { ...lakeOfDays(), reports: [BEEF, CHICKEN] };
  await reportDay(lake, '2020-01-07', 'report-1', 'effort,minutes\n', CHICKEN);
  expect((await lakeStatus(lake, {})).map(({ date }) => date)).toStrictEqual(['2020-01-07']);
});

test('a kill between publish and current manifest is healed, and that is told once', async () => {
  const lake = lakeOfDays();
  const current = layout.currentManifest('dataload', day('2020-01-05'));
  await loadDay(lake, '2020-01-05', 'run-1', 'one');
  const before = await lake.lake.get(current);
  await loadDay(lake, '2020-01-05', 'run-2', 'two');
  await lake.lake.put(current, before ?? bytes(''));
  await reportDay(lake, '2020-01-05', 'report-1');
  await lake.lake.removeAll(layout.currentManifest('prepare', day('2020-01-05')));
  await lake.lake.put(current, before ?? bytes(''));
  expect(await lakeStatus(lake, {})).toMatchObject([{ runId: 'run-2', healed: ['dataload', 'prepare'] }]);
  expect(await lakeStatus(lake, {})).toMatchObject([{ runId: 'run-2', healed: [] }]);
});

test('a data object that no manifest knows is said to be one', async () => {
  const lake = lakeOfDays();
  await lake.lake.put(layout.tableObject(day('2020-01-05')), bytes('by hand'));
  const [status] = await lakeStatus(lake, {});
  expect(status).toMatchObject({ table: 'no manifest', rows: null, report: 'missing' });
});

test('a rejected run is told with its findings, until the day is published after it', async () => {
  const lake = lakeOfDays();
  const findings = [{ severity: 'error', code: 'shrinkage', message: 'the day shrinks' }] as const;
  await expect(loadDay(lake, '2020-01-05', 'run-1', 'one', { findings })).rejects.toMatchObject({ code: 'quality' });
  const [status] = await lakeStatus(lake, {});
  expect(status).toMatchObject({ table: 'rejected', rejected: [{ job: 'dataload', runId: 'run-1', findings }] });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await loadDay(lake, '2020-01-05', 'run-2', 'two');
  const [later] = await lakeStatus(lake, {});
  expect(later).toMatchObject({ table: 'published', rejected: [{ runId: 'run-1' }] });
  expect(later!.publishedAt! > later!.rejected[0]!.at).toBe(true);
});

test('every day of a range is there, whether anything lies there or not', async () => {
  const lake = lakeOfDays();
  await land(lake, '2020-01-03');
  await land(lake, '2020-01-04');
  await loadDay(lake, '2020-01-05', 'run-1', 'one');
  await reportDay(lake, '2020-01-05', 'report-1');
  await loadDay(lake, '2020-01-06', 'run-1', 'one');
  const range = { from: day('2020-01-02'), to: day('2020-01-07') };
  const days = await lakeStatus(lake, range);
  expect(days.map(({ date, table }) => `${date} ${table}`)).toStrictEqual([
    '2020-01-02 missing',
    '2020-01-03 missing',
    '2020-01-04 missing',
    '2020-01-05 published',
    '2020-01-06 published',
    '2020-01-07 missing',
  ]);
  expect(days.map(({ landed }) => landed?.files ?? 0)).toStrictEqual([0, 1, 1, 0, 0, 0]);
  expect(days[4]).toMatchObject({ report: 'missing' });
});

test('without a range the days reach from the first to the last that lie in the lake', async () => {
  const lake = lakeOfDays();
  await land(lake, '2019-12-31');
  await loadDay(lake, '2020-01-02', 'run-1', 'one');
  await lake.lake.put('recipes/year=2020/month=02/day=31/recipes.parquet', bytes('no day of the calendar'));
  await lake.lake.put('events/recipe_changes/backup/x.json', bytes('{}'));
  expect((await lakeStatus(lake, {})).map(({ date }) => date)).toStrictEqual([
    '2019-12-31',
    '2020-01-01',
    '2020-01-02',
  ]);
  expect((await lakeStatus(lake, { to: day('2019-12-31') })).map(({ date }) => date)).toStrictEqual(['2019-12-31']);
});

test('a day that has not ended is only told where something of it is there', async () => {
  const lake = lakeOfDays();
  await land(lake, '2020-03-01');
  const range = { from: day('2020-02-29'), to: day('2020-03-02') };
  const days = await lakeStatus(lake, range);
  expect(days.map(({ date }) => date)).toStrictEqual(['2020-02-29', '2020-03-01']);
});

test('a landing that a run would refuse is told with the reason', async () => {
  const lake = lakeOfDays();
  await land(lake, '2020-01-05', 'sub/recipes.json');
  const [status] = await lakeStatus(lake, {});
  expect(status!.landingProblem).toContain('contains the sub-folder sub');
});

test('of many rejected runs the newest are told, by time and not by id', async () => {
  const lake = lakeOfDays();
  const findings = [{ severity: 'error', code: 'shrinkage', message: 'the day shrinks' }] as const;
  const runs = ['scheduled__4', 'manual__3', 'backfill__2', 'adhoc__1'];
  for (const [index, run] of runs.entries()) {
    await expect(loadDay(lake, '2020-01-05', run, 'one', { findings })).rejects.toMatchObject({ code: 'quality' });
    age(lake.folder, layout.rejectedManifest('dataload', day('2020-01-05'), run), 9 - index);
  }
  const [status] = await lakeStatus(lake, {});
  expect(status?.rejected.map(({ runId }) => runId)).toStrictEqual(['manual__3', 'backfill__2', 'adhoc__1']);
});

test('a landing folder that changed since the day was loaded is told, until the day is loaded again', async () => {
  const lake = lakeOfDays();
  const date = day('2020-01-05');
  const load = async (runId: string, text: string): Promise<unknown> => {
    const frozen = await freezeInputFiles({ store: lake.lake, prefix: layout.landing(date) }, { allowEmpty: true });
    return loadDay(lake, date.iso, runId, text, { unpublished: { input: frozen.input } });
  };
  const changes = async () => (await lakeStatus(lake, { from: date, to: date }))[0]?.landingChanges;
  await load('run-1', 'one');
  expect(await changes()).toStrictEqual([]);
  await land(lake, date.iso, 'a.json');
  await land(lake, date.iso, 'b.json');
  await land(lake, date.iso, 'notes.txt');
  expect(await changes()).toStrictEqual([
    { name: 'a.json', change: 'added' },
    { name: 'b.json', change: 'added' },
  ]);
  await load('run-2', 'two');
  expect(await changes()).toStrictEqual([]);
  await land(lake, date.iso, 'a.json', '{}\n');
  await lake.lake.removeAll(`${layout.landing(date)}/b.json`);
  await land(lake, date.iso, 'c.json');
  expect(await changes()).toStrictEqual([
    { name: 'a.json', change: 'written' },
    { name: 'b.json', change: 'removed' },
    { name: 'c.json', change: 'added' },
  ]);
  // The same content once more: the table stays, its manifest becomes that of the new run.
  await load('run-3', 'two');
  expect(await changes()).toStrictEqual([]);
  // Files may go once they are loaded; there is nothing to run again then.
  await lake.lake.removeAll(layout.landing(date));
  expect(await changes()).toStrictEqual([]);
});

test('a landing is compared with its own day only, and by size where the lake lies elsewhere by now', () => {
  const key = 'events/recipe_changes/2020/01/05';
  const file = { name: 'a.json', sizeBytes: 3, etag: 'e' };
  const madeOf = (folder: string, source = 'files') => ({ source, folder, files: [file] });
  const now = (sizeBytes: number) => {
    const files = [{ key: 'a.json', sizeBytes, etag: 'other', modifiedAt: new Date(0) }];
    return { folder: `/new/${key}`, key, files };
  };
  const written = [{ name: 'a.json', change: 'written' }];
  expect(landingChanges(madeOf(`/new/${key}`), now(3))).toStrictEqual(written);
  expect(landingChanges(madeOf(`/old/${key}`), now(3))).toStrictEqual([]);
  expect(landingChanges(madeOf(`/old/${key}`), now(4))).toStrictEqual(written);
  expect(landingChanges(madeOf('/somewhere'), now(4))).toStrictEqual([]);
  expect(landingChanges(madeOf(`/new/${key}`, 'kafka'), now(4))).toStrictEqual([]);
  expect(landingChanges({ source: 'files' }, now(4))).toStrictEqual([]);
});

test('only folders are listed to find the days, whatever lies in them', async () => {
  const lake = lakeOfDays();
  for (let file = 0; file < 30; file++) await land(lake, '2020-01-05', `recipes-${file}.json`);
  const listed: string[] = [];
  const watched = {
    ...lake.lake,
    listFolder: (prefix: string) => (listed.push(prefix), lake.lake.listFolder(prefix)),
    list: (prefix: string) => (listed.push(`all of ${prefix}`), lake.lake.list(prefix)),
  };
  await lakeStatus({ ...lake, lake: watched }, { from: day('2020-01-05'), to: day('2020-01-05') });
  expect(listed.filter((prefix) => prefix.startsWith('all of'))).toStrictEqual([]);
  expect(listed.filter((prefix) => prefix.startsWith('events'))).toStrictEqual([
    'events/recipe_changes',
    'events/recipe_changes/2020',
    'events/recipe_changes/2020/01',
    'events/recipe_changes/2020/01/05',
  ]);
});

test('what landed from Kafka is told with its offsets', async () => {
  const lake = lakeOfDays();
  await landKafkaDay(lake, '2020-01-05', 'run-1', 'PAR1');
  const days = await lakeStatus(lake, {});
  expect(days).toMatchObject([
    {
      landed: { files: 0, hasKafka: true },
      landedKafka: { runId: 'run-1', rows: 3, input: { topic: 'changes', partitions: [{ start: 2, end: 5 }] } },
      later: null,
      table: 'missing',
    },
  ]);
});

test('a stopped command looks at no more days', async () => {
  const lake = lakeOfDays();
  await land(lake, '2020-01-05');
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(lakeStatus({ ...lake, signal }, {})).rejects.toThrow('stopped');
});
