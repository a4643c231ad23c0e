import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { localStore, temporaryFolder } from 'lake/testing';
import { assertSparkSees } from './spark-sees-lake.ts';

const firstLine = async (url: string): Promise<string | undefined> => readFileSync(url, 'utf8').split('\n')[0];
const notFound = Object.assign(new Error('gone'), { errorClass: 'PATH_NOT_FOUND' });

test('a server that reads the nonce sees the lake, and nothing is left', async () => {
  const store = localStore(temporaryFolder());
  await expect(assertSparkSees(store, '_staging/r', firstLine)).resolves.toBeUndefined();
  expect(await store.list('_staging')).toStrictEqual([]);
});

test.each<[string, () => Promise<string | undefined>]>([
  ['finds no file', () => Promise.reject(notFound)],
  ['reads another line', () => Promise.resolve('other')],
  ['reads nothing', () => Promise.resolve(undefined)],
])('a server that %s does not see it', async (_, readBack) => {
  const store = localStore(temporaryFolder());
  const answer = assertSparkSees(store, '_staging/r', readBack);
  await expect(answer).rejects.toMatchObject({
    code: 'unseen-lake',
    exitCode: 2,
    message: expect.stringContaining(store.uri),
  });
});

test('what else goes wrong speaks for itself', async () => {
  const answer = assertSparkSees(localStore(temporaryFolder()), '_staging/r', () =>
    Promise.reject(new Error('no server')),
  );
  await expect(answer).rejects.toThrow('no server');
});

test('a lake that is not a folder needs no look', async () => {
  const store = { ...localStore(temporaryFolder()), isLocal: false };
  await expect(assertSparkSees(store, '_staging/r', () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
});
