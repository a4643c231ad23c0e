import { describe, expect, test } from '@jest/globals';
import { interceptedStore } from '../../testing/faulty-store.ts';
import { bytes, CURRENT_KEY, DATA_KEY, DATE, dayIn, publishDay, textOf } from '../../testing/publish-day.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { Finding } from './finding.ts';
import { LakeError } from '../failure.ts';
import { layout } from '../../testing/layout.ts';
import { localStore } from '../stores/local/store.ts';
import type { Manifest } from './manifest.ts';
import { readPublishedDay } from './published-day.ts';
import type { ObjectStore } from '../stores/store.ts';

const empty = (): ObjectStore => localStore(temporaryFolder());
const dataOf = async (store: ObjectStore): Promise<string | undefined> => textOf(await store.get(DATA_KEY));
const manifestAt = async (store: ObjectStore, key: string): Promise<Manifest> =>
  JSON.parse(String(textOf(await store.get(key)))) as Manifest;
const staging = (store: ObjectStore) => store.list('_staging/recipes');
const rejectWith = (code: string) => ({ code });

describe('a publish', () => {
  test('brings data, quarantine, run manifest and current manifest, and leaves no staging', async () => {
    const store = empty();
    const published = await publishDay(store, 'run-1', 'one');
    expect(published.outcome).toBe('published');
    expect(await dataOf(store)).toBe('one');
    const manifest = await manifestAt(store, CURRENT_KEY);
    expect(await manifestAt(store, published.manifestKey)).toStrictEqual(manifest);
    expect(manifest).toMatchObject({ runId: 'run-1', replaces: null, staged: { rows: 1 }, quarantine: { rows: 1 } });
    expect(manifest.staged.sha256).toBe((await store.head(DATA_KEY))?.sha256);
    expect(textOf(await store.get(manifest.quarantine?.key ?? ''))).toBe('{"raw":"x"}\n');
    expect(await staging(store)).toStrictEqual([]);
  });

  test('of other content replaces the day and says what it replaced', async () => {
    const store = empty();
    const first = await publishDay(store, 'run-1', 'one');
    await publishDay(store, 'run-2', 'two');
    expect(await dataOf(store)).toBe('two');
    expect(await manifestAt(store, CURRENT_KEY)).toMatchObject({
      runId: 'run-2',
      replaces: first.manifest.staged.sha256,
    });
  });

  test('of the same content sends nothing and refreshes the current manifest', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    const { store: watched, calls } = interceptedStore(store, (_name, _number, act) => act());
    expect(await publishDay(watched, 'run-2', 'one')).toMatchObject({ outcome: 'unchanged' });
    expect(calls).not.toContain('publish');
    expect(await manifestAt(store, CURRENT_KEY)).toMatchObject({ runId: 'run-2' });
  });

  test('of the same content in other bytes sends nothing either, and its manifest names the published object', async () => {
    const store = empty();
    const contentSha256 = 'c'.repeat(64);
    await publishDay(store, 'run-1', 'one', { contentSha256 });
    expect(await publishDay(store, 'run-2', 'one, by another writer', { contentSha256 })).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await dataOf(store)).toBe('one');
    const current = await readPublishedDay(dayIn(store));
    expect(current.manifest).toMatchObject({ runId: 'run-2', staged: { sha256: current.data?.sha256, sizeBytes: 3 } });
    const other = { contentSha256: 'd'.repeat(64) };
    expect(await publishDay(store, 'run-3', 'two', other)).toMatchObject({ outcome: 'published' });
  });

  test('of the same content in other bytes is overtaken where another run changed the day meanwhile', async () => {
    const store = empty();
    const contentSha256 = 'c'.repeat(64);
    await publishDay(store, 'run-1', 'one', { contentSha256 });
    const meanwhile = () => publishDay(store, 'run-3', 'two');
    const late = publishDay(store, 'run-2', 'one, by another writer', { contentSha256, meanwhile });
    await expect(late).rejects.toMatchObject({ code: 'overtaken' });
    expect(await dataOf(store)).toBe('two');
  });

  test('that another run overtook changes nothing and ends with 5', async () => {
    const store = empty();
    const late = publishDay(store, 'run-1', 'one', { meanwhile: () => publishDay(store, 'run-2', 'two') });
    await expect(late).rejects.toMatchObject({ code: 'overtaken', exitCode: 5 });
    expect(await dataOf(store)).toBe('two');
    expect(await manifestAt(store, CURRENT_KEY)).toMatchObject({ runId: 'run-2' });
    expect(await staging(store)).toStrictEqual([]);
  });

  test('meanwhile done by another run with the same content is unchanged', async () => {
    const store = empty();
    const late = await publishDay(store, 'run-1', 'same', { meanwhile: () => publishDay(store, 'run-2', 'same') });
    expect(late.outcome).toBe('unchanged');
  });

  test('that the audit rejected leaves the day and says why in the rejected manifest', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    const findings: Finding[] = [{ severity: 'error', code: 'shrinkage', message: 'the day shrinks' }];
    const rejected = publishDay(store, 'run-2', 'two', { findings });
    await expect(rejected).rejects.toMatchObject({
      code: 'quality',
      message: expect.stringContaining('the day shrinks'),
    });
    expect(await dataOf(store)).toBe('one');
    expect(await manifestAt(store, layout.rejectedManifest('dataload', DATE, 'run-2'))).toMatchObject({
      runId: 'run-2',
    });
    expect(await store.get(layout.runManifest('dataload', DATE, 'run-2'))).toBeUndefined();
  });

  test('of a run that was told to end publishes nothing', async () => {
    const store = empty();
    const controller = new AbortController();
    const meanwhile = async (): Promise<void> => controller.abort(new LakeError('stopped', 'stopped'));
    const stopped = publishDay(store, 'run-1', 'one', { signal: controller.signal, meanwhile });
    await expect(stopped).rejects.toMatchObject(rejectWith('stopped'));
    expect(await dataOf(store)).toBeUndefined();
  });

  test('of a run id that was there before is refused', async () => {
    const store = empty();
    await publishDay(store, 'run-1', 'one');
    await expect(publishDay(store, 'run-1', 'two')).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
  });
});

describe('what fails after the data is published', () => {
  test.each(['putIf', 'removeAll'])('is a warning only: %s', async (broken) => {
    const store = empty();
    const { store: faulty } = interceptedStore(store, (name, _, act) =>
      name === broken ? Promise.reject(new Error('no more')) : act(),
    );
    const warnings: string[] = [];
    const published = await publishDay(faulty, 'run-1', 'one', { warn: (text) => warnings.push(text) });
    expect(published.outcome).toBe('published');
    expect(warnings).toStrictEqual([expect.stringContaining('no more')]);
  });

  test('a current manifest that nobody accepts is a warning too', async () => {
    const { store } = interceptedStore(empty(), async (name, _, act) => (name === 'putIf' ? 'conflict' : act()));
    const warnings: string[] = [];
    await publishDay(store, 'run-1', 'one', { warn: (text) => warnings.push(text) });
    expect(warnings).toStrictEqual([expect.stringContaining('29.json could not be brought up to date')]);
  });
});

describe('a publish whose outcome is not known', () => {
  test('is looked for, and a store that threw after it acted has published', async () => {
    const { store } = interceptedStore(empty(), async (name, _, act) => {
      const answer = await act();
      if (name === 'publish') throw new Error('the connection broke');
      return answer;
    });
    expect(await publishDay(store, 'run-1', 'one')).toMatchObject({ outcome: 'published' });
  });

  test('keeps staging and ends with 6', async () => {
    const store = empty();
    const { store: silent } = interceptedStore(store, async (name, _, act) =>
      name === 'publish' ? 'no-answer' : act(),
    );
    await expect(publishDay(silent, 'run-1', 'one')).rejects.toMatchObject({ code: 'unknown-outcome', exitCode: 6 });
    expect(await staging(store)).toHaveLength(1);
  });

  test('is said in the words of a store that knows why it did nothing', async () => {
    const store = empty();
    const { store: changed } = interceptedStore(store, async (name, _, act) => {
      if (name === 'publish') for (const { key } of await staging(store)) await store.put(key, bytes('meddled'));
      return act();
    });
    const publish = publishDay(changed, 'run-1', 'one');
    await expect(publish).rejects.toMatchObject({
      code: 'unexpected',
      message: expect.stringContaining('changed after it was audited'),
    });
    expect(await dataOf(store)).toBeUndefined();
  });

  test.each([
    ['no right', 'EACCES', 'config', 2],
    ['no space', 'ENOSPC', 'unreachable', 6],
  ])('is no unknown outcome where the system refused it for %s', async (_, systemCode, code, exitCode) => {
    const store = empty();
    const facts = { code: systemCode, errno: -1, syscall: 'rename' };
    const { store: refusing } = interceptedStore(store, async (name, _number, act) => {
      if (name === 'publish') throw Object.assign(new Error(`${systemCode}: refused`), facts);
      return act();
    });
    await expect(publishDay(refusing, 'run-1', 'one')).rejects.toMatchObject({
      code,
      exitCode,
      message: expect.stringMatching(/^cannot publish .*: refused\. The published day is unchanged$/),
    });
    expect(await dataOf(store)).toBeUndefined();
  });

  test('is not known either where the store cannot be looked at', async () => {
    let isBlind = false;
    const { store } = interceptedStore(empty(), async (name, _, act) => {
      if (name === 'head' && isBlind) throw new Error('no connection');
      return act();
    });
    const meanwhile = async (): Promise<void> => {
      isBlind = true;
    };
    const publish = publishDay(store, 'run-1', 'one', { meanwhile });
    await expect(publish).rejects.toMatchObject({
      code: 'unknown-outcome',
      message: expect.stringContaining('no connection'),
    });
  });
});
