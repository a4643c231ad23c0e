import { expect, test } from '@jest/globals';
import { audit, type Finding, type ObjectStore, stageContent } from 'lake';
import { localStore, temporaryFolder } from 'lake/testing';
import { layout } from 'lake/testing/layout';
import { CURRENT_KEY, DATA_KEY, DATE, publishDay } from 'lake/testing/publish-day';
import type { DatasetUse } from './dataset-use.ts';
import { openDay } from './open-day.ts';
import type { Run } from './run.ts';

const VERSION = { versionId: 'v1', runId: 'good' };

/** A lake whose day was brought back. */
async function restoredLake(): Promise<ObjectStore> {
  const lake = localStore(temporaryFolder());
  const { manifest } = await publishDay(lake, 'back', 'one');
  await lake.put(CURRENT_KEY, Buffer.from(JSON.stringify({ ...manifest, restoredFrom: VERSION })));
  return lake;
}

async function open(lake: ObjectStore, flags: Partial<Run['args']>) {
  const warnings: string[] = [];
  const log = { warn: (text: string) => warnings.push(text) };
  const args = { logicalDate: DATE, replaceRestored: false, dryRun: false, ...flags };
  const run = { job: 'dataload', runId: 'next', args, lake, layout, log } as unknown as Run;
  await openDay(run, { dataset: 'recipes', target: lake, dataKey: DATA_KEY });
  return warnings;
}

test('a day that restore brought back is refused before anything is read, by its version', async () => {
  const lake = await restoredLake();
  const refused = open(lake, {});
  await expect(refused).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
  await expect(refused).rejects.toThrow(/recipes\.parquet is version v1 of run good, .*--replace-restored$/);
});

test('it is replaced where a flag says so, and looked at by a dry run, both with a warning', async () => {
  const lake = await restoredLake();
  expect(await open(lake, { replaceRestored: true })).toStrictEqual([
    expect.stringMatching(/v1.*this run replaces it/),
  ]);
  expect(await open(lake, { dryRun: true })).toStrictEqual([expect.stringMatching(/v1.*only --replace-restored/)]);
});

test('a day that a run published needs no flag', async () => {
  const lake = localStore(temporaryFolder());
  await publishDay(lake, 'run-1', 'one');
  expect(await open(lake, {})).toStrictEqual([]);
});

/** A day with a broken line, published as a job does it. */
async function publishWith(
  findings: readonly Finding[],
  signal = new AbortController().signal,
): Promise<readonly DatasetUse[]> {
  const lake = localStore(temporaryFolder());
  const uses: DatasetUse[] = [];
  const run = {
    job: 'dataload',
    runId: 'mine',
    args: { logicalDate: DATE, try: 1 },
    config: {},
    image: {},
    startedAt: new Date(),
    signal,
    lake,
    layout,
    log: { warn: () => undefined },
    used: (use: DatasetUse) => uses.push(use),
  } as unknown as Run;
  const day = await openDay(run, { dataset: 'recipes', target: lake, dataKey: DATA_KEY });
  const staged = await stageContent(lake, `${day.staging}/day/part.parquet`, Buffer.from('rows'), 3);
  const quarantine = await stageContent(lake, `${day.staging}/quarantine/part.json`, Buffer.from('{}\n'), 1);
  const record = { input: {}, inputFingerprint: 'f', rules: null, counts: {}, findings };
  const columns = [{ name: 'url', type: 'STRING' }];
  await day.publish({ verdict: audit(staged, findings), quarantine, columns, ...record }).catch(() => undefined);
  return uses.map(({ dataset, part = '', ...use }) => ({
    ...use,
    dataset: dataset.replace(`${lake.uri}/`, ''),
    part: part.replace(`${lake.uri}/`, ''),
  }));
}

test('a day that is published is told as written, and so are its broken lines; of a refused one those alone, of a stopped run nothing', async () => {
  const kept = {
    use: 'written',
    dataset: layout.roots.quarantine.prefix,
    part: layout.quarantine(DATE, 'mine'),
    rows: 1,
  };
  const columns = [{ name: 'url', type: 'STRING' }];
  const table = { use: 'written', dataset: 'recipes', part: DATA_KEY, rows: 3, bytes: 4, columns };
  expect(await publishWith([])).toEqual([table, kept]);
  expect(await publishWith([{ severity: 'error', code: 'x', message: 'too many' }])).toEqual([kept]);
  expect(await publishWith([], AbortSignal.abort())).toEqual([]);
});
