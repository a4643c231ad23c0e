/** The lake commands on a real S3 server: the same as on a local lake, and restore, which takes a bucket that keeps versions. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import { clean, type CleanEvent } from '../../src/operations/clean.ts';
import { setPolicies } from '../../src/operations/policies.ts';
import { listVersions, restore } from '../../src/operations/restore.ts';
import { lakeStatus } from '../../src/operations/status.ts';
import { layout } from '../../testing/layout.ts';
import { parseLogicalDate } from '../../src/logical-date.ts';
import { s3Store } from '../../src/stores/s3/store.ts';
import { bytes, textOf } from '../../testing/publish-day.ts';
import { sharedVersitygw } from '../../testing/versitygw.ts';
import { useKeysOf } from '../gateway-keys.ts';
import { lakeOfDays, loadDay, reportDay, type LakeOfDays } from '../lake-of-days.ts';

const DAY = parseLogicalDate('2020-01-05');
const IMAGE = { version: 'source', commit: 'unknown' };
const PARQUET = readFileSync(join(import.meta.dirname, '../../testing/1234-rows.parquet'));
const DAY_MS = 86_400_000;
const gateway = sharedVersitygw();
useKeysOf(gateway);

async function bucketLake(versioning: boolean): Promise<LakeOfDays & { readonly bucket: string }> {
  const bucket = `b-${randomUUID()}`;
  await gateway.createBucket(bucket, { versioning });
  const { region, endpoint } = gateway;
  const settings = {
    region,
    endpoint,
    pathStyle: true,
    encryption: 'none',
    kmsKey: null,
    singleWriter: false,
  } as const;
  const [lake, output] = ['lake', 'output'].map((prefix) => s3Store(`s3://${bucket}/${prefix}`, settings));
  return { ...lakeOfDays(), bucket, lake: lake!, output: output!, now: new Date() };
}

const later = <L extends LakeOfDays>(lake: L, days: number): L => ({
  ...lake,
  now: new Date(Date.now() + days * DAY_MS),
});

async function cleaned(lake: LakeOfDays): Promise<string[]> {
  const events: CleanEvent[] = [];
  for await (const event of clean(lake, {}, true)) events.push(event);
  return events.filter(({ kind }) => kind === 'removed').map(({ leftover }) => leftover.key);
}

test('status tells days, heals a kill, and sees a stale report', async () => {
  const lake = await bucketLake(false);
  await lake.lake.put(`${layout.landing(DAY)}/recipes.json`, bytes('{}\n'));
  await loadDay(lake, DAY.iso, 'run-1', 'one');
  await reportDay(lake, DAY.iso, 'report-1');
  await loadDay(lake, DAY.iso, 'run-2', 'two');
  await lake.lake.removeAll(layout.currentManifest('dataload', DAY));
  const expected = { landed: { files: 1, sizeBytes: 3 }, table: 'published', runId: 'run-2', report: 'stale' };
  const [first] = await lakeStatus(lake, {});
  expect(first).toMatchObject({ ...expected, healed: ['dataload'] });
  expect(first!.ageSeconds).toBeLessThan(600);
  expect(await lakeStatus(lake, {})).toMatchObject([{ ...expected, healed: [] }]);
});

test('clean removes what is old and not needed, whatever begins alike', async () => {
  const lake = await bucketLake(false);
  await loadDay(lake, DAY.iso, 'run-1', 'one');
  await loadDay(lake, DAY.iso, 'run-10', 'two');
  for (const run of ['killed', 'killed1'])
    await lake.lake.put(`${layout.staging('recipes', DAY, run)}/day/part-0`, bytes('x'));
  const client = new S3Client({ endpoint: gateway.endpoint, region: gateway.region, forcePathStyle: true });
  await client.send(new CreateMultipartUploadCommand({ Bucket: lake.bucket, Key: `lake/${layout.tableObject(DAY)}` }));
  client.destroy();
  expect(await cleaned(lake)).toStrictEqual([]);
  expect(await cleaned(later(lake, 3))).toStrictEqual([
    layout.tableObject(DAY),
    layout.staging('recipes', DAY, 'killed'),
    layout.staging('recipes', DAY, 'killed1'),
  ]);
  expect(await lake.lake.uploads?.list()).toStrictEqual([]);
  expect(await cleaned(later(lake, 40))).toStrictEqual([
    layout.runManifest('dataload', DAY, 'run-1'),
    layout.quarantine(DAY, 'run-1'),
  ]);
  expect(await cleaned(later(lake, 40))).toStrictEqual([]);
  expect(await lakeStatus(lake, {})).toMatchObject([{ runId: 'run-10' }]);
  expect(await lake.lake.head(layout.quarantine(DAY, 'run-10'))).toBeDefined();
});

test('restore brings a version back by a run of its own, even after a clean-up', async () => {
  const lake = await bucketLake(true);
  const good = await loadDay(lake, DAY.iso, 'good', '', { content: PARQUET });
  const manifest = { ...good.manifest, staged: { ...good.manifest.staged, rows: 1234 } };
  await lake.lake.put(layout.runManifest('dataload', DAY, 'good'), bytes(JSON.stringify(manifest)));
  await loadDay(lake, DAY.iso, 'bad', 'broken');
  expect(await cleaned(later(lake, 40))).toHaveLength(2);

  const versions = await listVersions(lake, 'dataload', DAY);
  expect(versions.map(({ runId, isCurrent }) => [runId, isCurrent])).toStrictEqual([
    ['bad', true],
    ['good', false],
  ]);
  const { versionId } = versions[1]!;
  const back = await restore(lake, { job: 'dataload', date: DAY, versionId, runId: 'back-1', image: IMAGE });
  expect(back.outcome).toBe('published');
  expect(back.manifest.findings).toStrictEqual([]);
  expect(Buffer.from((await lake.lake.get(layout.tableObject(DAY)))!).equals(PARQUET)).toBe(true);
  expect(textOf(await lake.lake.get(layout.quarantine(DAY, 'back-1')))).toBe('{"raw":"good"}\n');
  expect(await lakeStatus(lake, {})).toMatchObject([
    { runId: 'back-1', rows: 1234, restoredFrom: { versionId, runId: 'good' } },
  ]);
  const again = { job: 'dataload', date: DAY, versionId, runId: 'back-2', image: IMAGE } as const;
  expect(await restore(lake, again)).toMatchObject({ outcome: 'unchanged' });
});

test('restore refuses a bucket that keeps no versions', async () => {
  const lake = await bucketLake(false);
  await loadDay(lake, DAY.iso, 'run-1', 'one');
  await expect(listVersions(lake, 'dataload', DAY)).rejects.toMatchObject({ code: 'config', exitCode: 2 });
});

test('policies are told before they are set, and have an outcome each', async () => {
  const lake = await bucketLake(false);
  const asked = { versioning: true, encryption: 'none', stagingDays: 2, oldVersionDays: 30 } as const;
  for (const isDryRun of [true, false, false]) {
    const stores = await setPolicies(lake, asked, isDryRun);
    expect(stores.map(({ uri }) => uri)).toStrictEqual([lake.lake.uri, lake.output.uri]);
    for (const { outcomes } of stores)
      expect(outcomes.map(({ policy }) => policy)).toStrictEqual(['versioning', 'encryption', 'lifecycle']);
  }
  const [first] = await setPolicies(lake, asked, true);
  expect(first?.outcomes[0]).toMatchObject({ policy: 'versioning', outcome: 'already set' });
});
