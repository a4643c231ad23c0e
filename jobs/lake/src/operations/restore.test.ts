import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { age, BEEF, lakeOfDays, loadDay, reportDay, type LakeOfDays } from '../../test/lake-of-days.ts';
import { versionedStore } from '../../test/versioned-store.ts';
import { textOf } from '../../testing/publish-day.ts';
import { layout } from '../../testing/layout.ts';
import type { StepName } from '../layout.ts';
import { parseLogicalDate } from '../logical-date.ts';
import type { Manifest } from '../publish/manifest.ts';
import { listVersions, restore } from './restore.ts';
import { lakeStatus } from './status.ts';

const DAY = parseLogicalDate('2020-01-05');
const IMAGE = { version: 'source', commit: 'unknown' };
const PARQUET = readFileSync(join(import.meta.dirname, '../../testing/1234-rows.parquet'));
const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../schema/manifest.schema.json'), 'utf8'),
) as object;
const isManifest = new Ajv2020({ strict: false }).compile(schema);

const back = (lake: LakeOfDays, versionId: string, runId: string, job: StepName = 'dataload') =>
  restore(lake, { job, date: DAY, versionId, runId, image: IMAGE });
const current = async ({ lake }: LakeOfDays, job: StepName = 'dataload'): Promise<Manifest> =>
  JSON.parse(String(textOf(await lake.get(layout.currentManifest(job, DAY))))) as Manifest;

/** A good day, then a broken one over it. @returns the version of the good one */
async function brokenDay(rows = 1234): Promise<{ lake: LakeOfDays; good: string }> {
  const lake = lakeOfDays(versionedStore);
  const good = await loadDay(lake, DAY.iso, 'good', '', { content: PARQUET });
  await lake.lake.put(
    layout.runManifest('dataload', DAY, 'good'),
    Buffer.from(JSON.stringify({ ...good.manifest, staged: { ...good.manifest.staged, rows } })),
  );
  await loadDay(lake, DAY.iso, 'bad', 'broken');
  const versions = await listVersions(lake, 'dataload', DAY);
  return { lake, good: String(versions.find(({ runId }) => runId === 'good')?.versionId) };
}

test('versions are listed with the newest first', async () => {
  const { lake, good } = await brokenDay();
  expect(await listVersions(lake, 'dataload', DAY)).toMatchObject([
    { runId: 'bad', isCurrent: true },
    { versionId: good, runId: 'good', sizeBytes: PARQUET.length, isCurrent: false },
  ]);
});

test('an earlier version comes back by a run of its own, with what is known of it and its quarantine', async () => {
  const { lake, good } = await brokenDay();
  const { outcome, manifest } = await back(lake, good, 'back-1');
  expect(outcome).toBe('published');
  expect(isManifest(manifest)).toBe(true);
  expect(Buffer.from((await lake.lake.get(layout.tableObject(DAY)))!).equals(PARQUET)).toBe(true);
  expect(await current(lake)).toMatchObject({
    runId: 'back-1',
    restoredFrom: { versionId: good, runId: 'good' },
    staged: { rows: 1234 },
    quarantine: { key: layout.quarantine(DAY, 'back-1') },
  });
  expect(textOf(await lake.lake.get(layout.quarantine(DAY, 'back-1')))).toBe('{"raw":"good"}\n');
  expect(textOf(await lake.lake.get(layout.quarantine(DAY, 'good')))).toBe('{"raw":"good"}\n');
  expect(await lake.lake.list('_staging/recipes')).toStrictEqual([]);
  expect(await lakeStatus(lake, {})).toMatchObject([{ runId: 'back-1', rows: 1234, restoredFrom: { runId: 'good' } }]);
});

test('the version that is published already changes nothing but the manifest', async () => {
  const { lake, good } = await brokenDay();
  await back(lake, good, 'back-1');
  const [newest] = await listVersions(lake, 'dataload', DAY);
  expect(await back(lake, newest!.versionId, 'back-2')).toMatchObject({ outcome: 'unchanged' });
  expect(await listVersions(lake, 'dataload', DAY)).toHaveLength(3);
});

test('what housekeeping has removed comes back too, as long as the store keeps it', async () => {
  const { lake, good } = await brokenDay();
  await lake.lake.removeAll(layout.runManifest('dataload', DAY, 'good'));
  await lake.lake.removeAll(layout.quarantine(DAY, 'good'));
  const { manifest } = await back(lake, good, 'back-1');
  expect(manifest.findings).toStrictEqual([]);
  expect(textOf(await lake.lake.get(layout.quarantine(DAY, 'back-1')))).toBe('{"raw":"good"}\n');
});

test('without any manifest the rows are counted, and a warning says what is unknown', async () => {
  const { lake, good } = await brokenDay();
  await lake.lake.removeAll(layout.runManifest('dataload', DAY, 'good'));
  const { versions } = lake.lake;
  const forgetful = {
    ...lake.lake,
    versions: {
      stage: (key: string, id: string, to: string) => versions!.stage(key, id, to),
      list: async (key: string) => (key.startsWith('manifests/') ? [] : versions!.list(key)),
    },
  };
  const { manifest } = await back({ ...lake, lake: forgetful }, good, 'back-1');
  expect(isManifest(manifest)).toBe(true);
  expect(manifest).toMatchObject({
    input: { source: 'version', versionId: good },
    counts: { published: 1234 },
    findings: [{ severity: 'warn', code: 'manifest_gone' }],
    quarantine: null,
  });
});

test('a version that does not name its run gets the newest manifest of its content, by time and not by id', async () => {
  const lake = lakeOfDays(versionedStore);
  const runs = ['scheduled__1', 'backfill__1', 'manual__1'];
  for (const [index, run] of runs.entries()) {
    const { manifest } = await loadDay(lake, DAY.iso, run, '', { content: PARQUET });
    const key = layout.runManifest('dataload', DAY, run);
    await lake.lake.put(key, Buffer.from(JSON.stringify({ ...manifest, staged: { ...manifest.staged, rows: 1234 } })));
    age(lake.folder, key, 9 - index);
  }
  const [version] = await listVersions(lake, 'dataload', DAY);
  const { versions } = lake.lake;
  const nameless = {
    ...lake.lake,
    versions: {
      ...versions!,
      list: async (key: string) => (await versions!.list(key)).map((kept) => ({ ...kept, runId: undefined })),
    },
  };
  const { manifest } = await back({ ...lake, lake: nameless }, String(version?.versionId), 'back-1');
  expect(manifest.restoredFrom).toMatchObject({ runId: 'manual__1' });
});

test('a copy that is not what its manifest tells is rejected, and the day stands', async () => {
  const { lake, good } = await brokenDay(99);
  await expect(back(lake, good, 'back-1')).rejects.toMatchObject({
    code: 'quality',
    message: expect.stringContaining('the version has 1234 rows, its manifest counts 99'),
  });
  expect((await current(lake)).runId).toBe('bad');
});

test('a report comes back too', async () => {
  const { lake } = await brokenDay();
  await reportDay(lake, DAY.iso, 'report-1', 'difficulty,avg\neasy,1\nhard,2\n');
  await reportDay(lake, DAY.iso, 'report-2');
  const versions = await listVersions(lake, 'prepare', DAY);
  // The rows that its manifest counts are others: the helper always says one.
  await expect(back(lake, String(versions.at(-1)?.versionId), 'back-1', 'prepare')).rejects.toThrow(
    'the version has 2 rows, its manifest counts 1',
  );
  const newest = await back(lake, versions[0]!.versionId, 'back-2', 'prepare');
  expect(newest).toMatchObject({ outcome: 'unchanged', manifest: { staged: { rows: 1 }, quarantine: null } });
  expect((await current(lake, 'prepare')).restoredFrom).toMatchObject({ runId: 'report-2' });
});

test('of several reports the one comes back that is named, and the others stay', async () => {
  const chicken = { name: 'chicken_cooking_time', step: 'chicken_cooking_time' };
  const lake = { ...lakeOfDays(versionedStore), reports: [BEEF, chicken] };
  await loadDay(lake, DAY.iso, 'run-1', 'one');
  await reportDay(lake, DAY.iso, 'report-1', 'effort,minutes\nquick,1\n', chicken);
  await reportDay(lake, DAY.iso, 'report-2', 'effort,minutes\nquick,2\n', chicken);
  await reportDay(lake, DAY.iso, 'report-3');
  const versions = await listVersions(lake, chicken.step, DAY);
  expect(versions.map(({ runId }) => runId)).toStrictEqual(['report-2', 'report-1']);
  await back(lake, versions[1]!.versionId, 'back-1', chicken.step);
  expect(textOf(await lake.output.get(layout.report(chicken.name, DAY)))).toBe('effort,minutes\nquick,1\n');
  expect(await current(lake, chicken.step)).toMatchObject({ job: chicken.step, restoredFrom: { runId: 'report-1' } });
  expect(await current(lake, BEEF.step)).toMatchObject({ runId: 'report-3' });
  expect(await lake.output.list('_staging/chicken_cooking_time')).toStrictEqual([]);
});

test('a version that is not there is refused', async () => {
  const { lake } = await brokenDay();
  await expect(back(lake, 'v999', 'back-1')).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
});

test('a store that keeps no versions is refused with a sentence', async () => {
  const lake = lakeOfDays();
  await loadDay(lake, DAY.iso, 'run-1', 'one');
  const refusal = { code: 'config', exitCode: 2, message: expect.stringContaining('keeps no versions') };
  await expect(listVersions(lake, 'dataload', DAY)).rejects.toMatchObject(refusal);
  await expect(back(lake, 'v1', 'back-1')).rejects.toMatchObject(refusal);
});

test('a day without versions is told', async () => {
  const lake = lakeOfDays(versionedStore);
  await expect(listVersions(lake, 'dataload', DAY)).rejects.toMatchObject({ code: 'no-input', exitCode: 3 });
});
