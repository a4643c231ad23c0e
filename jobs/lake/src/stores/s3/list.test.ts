import { expect, test } from '@jest/globals';
import type { S3Bucket } from './bucket.ts';
import { listFolder } from './list.ts';

test('what lies behind two slashes in a row lies in a folder without a name', async () => {
  const page = { Contents: [], CommonPrefixes: [{ Prefix: 'lake/in//' }, { Prefix: 'lake/in/a/' }] };
  const bucket = {
    name: 'bucket',
    fullKey: (key: string) => `lake/${key}`,
    ownKey: (key: string) => key.slice('lake/'.length),
    cannot: () => () => undefined,
    client: { send: async () => Promise.resolve(page) },
  } as unknown as S3Bucket;
  expect(await listFolder(bucket, 'in')).toStrictEqual({ objects: [], folders: ['', 'a'], others: [] });
});
