import { expect, test } from '@jest/globals';
import { openStore } from './open-store.ts';

const SETTINGS = {
  region: 'us-east-1',
  endpoint: null,
  pathStyle: false,
  encryption: 'none',
  kmsKey: null,
  singleWriter: false,
} as const;

test('a folder is a local store, by its absolute path', () => {
  expect(openStore('data/lake', SETTINGS)).toMatchObject({ isLocal: true, uri: `${process.cwd()}/data/lake` });
});

test('s3:// is a bucket, which Spark is told of in its own way', () => {
  const store = openStore('s3://bucket/a/', SETTINGS);
  expect(store).toMatchObject({ isLocal: false, uri: 's3://bucket/a' });
  expect(store.url('k')).toBe('s3a://bucket/a/k');
});

test.each(['s3a://bucket', 'gs://bucket', 'file:///data', 'https://host/x'])('%s is not supported', (uri) => {
  expect(() => openStore(uri, SETTINGS)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(uri) }),
  );
});
