import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  bytes,
  CURRENT_KEY,
  DATA_KEY,
  DATE,
  dayIn,
  unpublishedManifest,
  publishDay,
  textOf,
} from '../../testing/publish-day.ts';
import { interceptedStore } from '../../testing/faulty-store.ts';
import { sha256Of } from '../../testing/store-contract.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { makeCurrent, readPublishedDay } from './published-day.ts';
import { layout } from '../../testing/layout.ts';
import { localStore } from '../stores/local/store.ts';
import { formatManifest, type Manifest, MANIFEST_VERSION } from './manifest.ts';
import type { ObjectStore } from '../stores/store.ts';

const empty = (): ObjectStore => localStore(temporaryFolder());
const runKey = (runId: string): string => layout.runManifest('dataload', DATE, runId);
const currentRun = async (store: ObjectStore): Promise<string> =>
  (JSON.parse(String(textOf(await store.get(CURRENT_KEY)))) as Manifest).runId;
const manifestOf = (runId: string, text: string): Manifest<unknown, unknown> => ({
  manifestVersion: MANIFEST_VERSION,
  ...unpublishedManifest(runId),
  staged: { key: 'k', sizeBytes: 1, sha256: sha256Of(text), rows: 1 },
  quarantine: null,
  replaces: null,
});

describe('what stands of a day', () => {
  test('nothing where nothing was published', async () => {
    expect(await readPublishedDay(dayIn(empty()))).toStrictEqual({ data: undefined, manifest: undefined });
  });

  test('the data and its manifest', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    const { data, manifest } = await readPublishedDay(dayIn(store));
    expect(data?.sha256).toBe(manifest?.staged.sha256);
    expect(manifest?.runId).toBe('run-1');
  });

  test('data that no run manifest knows has none', async () => {
    const store = empty();
    await store.put(DATA_KEY, bytes('by hand'));
    expect(await readPublishedDay(dayIn(store))).toMatchObject({ data: { sizeBytes: 7 }, manifest: undefined });
  });

  test.each<[string, Uint8Array]>([
    ['empty', bytes('')],
    ['no JSON', bytes('{"manifestVersion":')],
    ['no text', new Uint8Array([0xff, 0xfe])],
    ['null', bytes('null')],
    ['a list', bytes('[1]')],
    ["someone else's JSON", bytes('{"mine":1}')],
    ['a manifest of a version to come', bytes('{"manifestVersion":2}')],
    ['a manifest without what counts', bytes('{"manifestVersion":1,"runId":"x","staged":null}')],
  ])('a current manifest that is %s is none, and healed', async (_, content) => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    await store.put(CURRENT_KEY, content);
    const warnings: string[] = [];
    const { manifest } = await readPublishedDay(dayIn(store, (text) => warnings.push(text)));
    expect(manifest?.runId).toBe('run-1');
    expect(await currentRun(store)).toBe('run-1');
    expect(warnings).toStrictEqual([expect.stringContaining('29.json counts as no manifest')]);
  });

  test('a foreign file among the run manifests is none', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    await store.removeAll(CURRENT_KEY);
    await store.put(runKey('notes'), bytes('{"mine":1}'));
    await store.put(`${runKey('run-2')}.4f9f1a2e-0000-4000-8000-000000000000.new`, bytes('{'));
    expect((await readPublishedDay(dayIn(store))).manifest?.runId).toBe('run-1');
    expect(await currentRun(store)).toBe('run-1');
  });

  test('of several runs with the same content the one that was last in time is the one, whatever the ids', async () => {
    const store = empty();
    // As Airflow names them.
    const runs = ['scheduled__2019-11-30', 'backfill__2019-11-30', 'manual__2019-11-30'];
    for (const run of runs) await publishDay(store, run, 'one');
    for (const [index, run] of runs.entries()) utimesSync(join(store.uri, runKey(run)), index, index);
    await store.removeAll(CURRENT_KEY);
    expect((await readPublishedDay(dayIn(store))).manifest?.runId).toBe('manual__2019-11-30');
  });

  test('a current manifest that cannot be written is only a warning', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    await store.removeAll(CURRENT_KEY);
    const { store: broken } = interceptedStore(store, (name, _, act) =>
      name === 'putIf' ? Promise.reject(new Error('read-only')) : act(),
    );
    const warnings: string[] = [];
    const { manifest } = await readPublishedDay(dayIn(broken, (text) => warnings.push(text)));
    expect(manifest?.runId).toBe('run-1');
    expect(warnings).toStrictEqual([expect.stringContaining('read-only')]);
  });
});

describe('making a run manifest the current one', () => {
  test('is left undone once the data is another', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    await store.put(runKey('run-2'), formatManifest(manifestOf('run-2', 'two')));
    await makeCurrent(dayIn(store), manifestOf('run-2', 'two'));
    expect(await currentRun(store)).toBe('run-1');
  });

  test('is tried again when another gets in between', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    await store.put(runKey('run-2'), formatManifest(manifestOf('run-2', 'two')));
    await store.put(DATA_KEY, bytes('two'));
    let refusals = 3;
    const { store: busy } = interceptedStore(store, async (name, _, act) =>
      name === 'putIf' && refusals-- > 0 ? 'refused' : act(),
    );
    await makeCurrent(dayIn(busy), manifestOf('run-2', 'two'));
    expect(await currentRun(store)).toBe('run-2');
  });

  test('is left to the run that gets in between where it has the same content', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    await store.put(runKey('run-2'), formatManifest(manifestOf('run-2', 'one')));
    const { store: refusing, calls } = interceptedStore(store, async (name, _, act) =>
      name === 'putIf' ? 'refused' : act(),
    );
    await makeCurrent(dayIn(refusing), manifestOf('run-2', 'one'));
    expect(calls.filter((name) => name === 'putIf')).toHaveLength(1);
    expect(await currentRun(store)).toBe('run-1');
  });
});
