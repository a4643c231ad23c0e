import { describe, expect, test } from '@jest/globals';
import { startChild } from '../../testing/child.ts';
import { FAULTS, faultyStore, type Fault } from '../../testing/faulty-store.ts';
import { CURRENT_KEY, DATA_KEY, dayIn, publishDay, textOf } from '../../testing/publish-day.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { readPublishedDay } from './published-day.ts';
import { LakeError } from '../failure.ts';
import { localStore } from '../stores/local/store.ts';
import type { Manifest } from './manifest.ts';
import type { ObjectStore } from '../stores/store.ts';

/** A lake whose day one run has published. */
async function lakeWithOldDay(): Promise<ObjectStore> {
  const store = localStore(temporaryFolder());
  await publishDay(store, 'run-1', 'old');
  return store;
}

/** What readers and operators rely on, whatever happened before. */
async function expectWholeDay(store: ObjectStore, text: string, runId: string): Promise<void> {
  const data = await store.head(DATA_KEY);
  expect(textOf(await store.get(DATA_KEY))).toBe(text);
  const current = JSON.parse(String(textOf(await store.get(CURRENT_KEY)))) as Manifest;
  expect(current).toMatchObject({ runId, staged: { sha256: data?.sha256 } });
  expect(await store.head(current.quarantine?.key ?? '')).toMatchObject({ sha256: current.quarantine?.sha256 });
}

const undisturbed = faultyStore(await lakeWithOldDay(), 0, 'throws');
await publishDay(undisturbed.store, 'run-2', 'new');
const { calls } = undisturbed;
const publishCall = calls.indexOf('publish') + 1;
/** The data is published from here on. */
const isAfterPublish = (call: number): boolean => call > publishCall;

/** How the disturbed run ends, by what is broken and when. */
function expectedEnd(call: number, fault: Fault): RegExp {
  const name = calls[call - 1];
  if (isAfterPublish(call)) return /^published$/;
  if (call === publishCall) return fault.startsWith('acts') ? /^published$/ : /^unknown-outcome$/;
  // A look that fails is repeated; whatever else fails before the publish ends the run.
  if (name === 'head' && call === publishCall - 1) return /^published$/;
  return /^Error: the connection broke$/;
}

describe('a publish that is disturbed at one call of the store', () => {
  test('has the calls that are disturbed below', () => {
    expect(calls.slice(0, publishCall)).toContain('place');
    expect(calls.slice(publishCall)).toStrictEqual(['get', 'head', 'head', 'putIf', 'removeAll']);
  });

  const table = FAULTS.flatMap((fault) => calls.map((name, index) => [index + 1, name, fault] as const));
  test.each(table)(
    'call %i, %s, that %s: the day is old or new, and the next run heals it',
    async (call, name, fault) => {
      const store = await lakeWithOldDay();
      const warnings: string[] = [];
      const { store: faulty } = faultyStore(store, call, fault);
      const end = await publishDay(faulty, 'run-2', 'new', { warn: (text) => warnings.push(text) }).then(
        ({ outcome }) => outcome,
        (error: unknown) => (error instanceof LakeError ? error.code : String(error)),
      );
      expect(end).toMatch(expectedEnd(call, fault));
      const data = textOf(await store.get(DATA_KEY));
      expect(data).toBe(end === 'published' ? 'new' : 'old');
      // Another round or nothing may follow a conditional request that was merely answered.
      const isTold = isAfterPublish(call) && (name !== 'putIf' || fault.endsWith('throws'));
      expect(warnings.filter((text) => text.includes('the connection broke'))).toHaveLength(isTold ? 1 : 0);

      const { outcome } = await publishDay(store, 'run-3', 'new');
      expect(outcome).toBe(data === 'new' ? 'unchanged' : 'published');
      await expectWholeDay(store, 'new', 'run-3');
      expect(await store.list('_staging/locks')).toStrictEqual([]);
    },
  );
});

async function expectHealed(call: number, moment: 'before' | 'after'): Promise<void> {
  const store = await lakeWithOldDay();
  const child = await startChild('publish-day', [store.uri, 'run-2', 'new', String(call), moment]).ended;
  expect(child).toMatchObject({ signal: 'SIGKILL', stdout: '' });
  const isNew = isAfterPublish(call) || (call === publishCall && moment === 'after');
  expect(textOf(await store.get(DATA_KEY))).toBe(isNew ? 'new' : 'old');

  const { manifest } = await readPublishedDay(dayIn(store));
  expect(manifest?.runId).toBe(isNew ? 'run-2' : 'run-1');
  await expectWholeDay(store, isNew ? 'new' : 'old', isNew ? 'run-2' : 'run-1');
  await publishDay(store, 'run-3', 'newest');
  await expectWholeDay(store, 'newest', 'run-3');
}

describe('a process that is killed at one call of the store', () => {
  const moments = calls.map((name, index) => [index + 1, name] as const);
  test.each(moments)('call %i, %s: the day is old or new, and the next look heals it', async (call) => {
    await Promise.all((['before', 'after'] as const).map((moment) => expectHealed(call, moment)));
  });

  test('one that is not killed publishes', async () => {
    const store = await lakeWithOldDay();
    const child = await startChild('publish-day', [store.uri, 'run-2', 'new']).ended;
    expect(child).toMatchObject({ exitCode: 0, stdout: 'published\n' });
    await expectWholeDay(store, 'new', 'run-2');
  });
});
