import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { ObjectStore } from 'lake';
import { localStore, temporaryFolder } from 'lake/testing';
import { assertSparkSees } from './spark-sees-lake.ts';

/** As Spark copies: a folder with a part, its checksum, and a mark. */
async function copy(from: string, to: string): Promise<void> {
  mkdirSync(to);
  cpSync(from, join(to, 'part-00000-1.txt'));
  for (const name of ['.part-00000-1.txt.crc', '_SUCCESS']) writeFileSync(join(to, name), '');
}
const notFound = Object.assign(new Error('gone'), { errorClass: 'PATH_NOT_FOUND' });
const denied = Object.assign(new Error("EACCES: permission denied, rename '/a' -> '/b'"), { code: 'EACCES' });

test('a server that copies the nonce sees the lake, and nothing is left', async () => {
  const store = localStore(temporaryFolder());
  await expect(assertSparkSees({}, store, '_staging/r', copy)).resolves.toBeUndefined();
  expect(await store.list('_staging')).toStrictEqual([]);
});

test('a session is asked once for each lake, and again where it did not see it', async () => {
  const [session, store, other] = [{}, localStore(temporaryFolder()), localStore(temporaryFolder())];
  let copies = 0;
  const counted: typeof copy = async (from, to) => {
    if (copies++ > 0) await copy(from, to);
    else throw notFound;
  };
  await expect(assertSparkSees(session, store, '_staging/r', counted)).rejects.toMatchObject({ code: 'unseen-lake' });
  await assertSparkSees(session, store, '_staging/r', counted);
  await assertSparkSees(session, store, '_staging/s', counted);
  expect(copies).toBe(2);
  await assertSparkSees(session, other, '_staging/r', counted);
  await assertSparkSees({}, store, '_staging/r', counted);
  expect(copies).toBe(4);
});

test.each<[string, typeof copy]>([
  ['finds no file', () => Promise.reject(notFound)],
  [
    'reads another line',
    async (from, to) => {
      await copy(from, to);
      writeFileSync(join(to, 'part-00000-1.txt'), 'other\n');
    },
  ],
  ['writes elsewhere', () => Promise.resolve()],
])('a server that %s does not see it', async (_, badCopy) => {
  const store = localStore(temporaryFolder());
  const answer = assertSparkSees({}, store, '_staging/r', badCopy);
  await expect(answer).rejects.toMatchObject({
    code: 'unseen-lake',
    exitCode: 2,
    message: expect.stringContaining(store.uri),
  });
  expect(await store.list('_staging')).toStrictEqual([]);
});

test.each<[string, Partial<ObjectStore>]>([
  ['move', { place: () => Promise.reject(denied) }],
  ['remove', { removeAll: () => Promise.reject(denied) }],
])('a job that may not %s what Spark writes is stopped before the work', async (_, refusing) => {
  const store = { ...localStore(temporaryFolder()), ...refusing };
  await expect(assertSparkSees({}, store, '_staging/r', copy)).rejects.toMatchObject({
    code: 'config',
    exitCode: 2,
    message: expect.stringMatching(/runs as another user.*permission denied.*run both as one user/),
  });
});

test('what else goes wrong speaks for itself', async () => {
  const store = localStore(temporaryFolder());
  const answer = assertSparkSees({}, store, '_staging/r', () => Promise.reject(new Error('no server')));
  await expect(answer).rejects.toThrow('no server');
});

test('a lake that is not a folder needs no look', async () => {
  const store = { ...localStore(temporaryFolder()), isLocal: false };
  await expect(
    assertSparkSees({}, store, '_staging/r', () => Promise.reject(new Error('never'))),
  ).resolves.toBeUndefined();
});
