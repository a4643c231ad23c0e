import { expect, test } from '@jest/globals';
import { openStore } from './open-store.ts';

test('a folder is a local store, by its absolute path', () => {
  expect(openStore('data/lake')).toMatchObject({ isLocal: true, uri: `${process.cwd()}/data/lake` });
});

test.each(['gs://bucket', 'file:///data', 'https://host/x'])('%s is not supported', (uri) => {
  expect(() => openStore(uri)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(uri) }),
  );
});
