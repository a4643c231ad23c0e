import { expect, test } from '@jest/globals';
import { S3_SETTINGS } from '../../testing/s3-settings.ts';
import { openStore } from './open-store.ts';

test('a folder is a local store, by its absolute path', () => {
  expect(openStore('data/lake', S3_SETTINGS)).toMatchObject({ isLocal: true, uri: `${process.cwd()}/data/lake` });
});

test('s3:// is a bucket, which Spark is told of in its own way', () => {
  const store = openStore('s3://bucket/a/', S3_SETTINGS);
  expect(store).toMatchObject({ isLocal: false, uri: 's3://bucket/a' });
  expect(store.url('k')).toBe('s3a://bucket/a/k');
});

test.each([
  [
    's3a://bucket/a',
    "s3a://bucket/a: unsupported scheme s3a://; that is Spark's name for a bucket, write it as s3://bucket/a",
  ],
  ['S3N://bucket', 'write it as s3://bucket'],
  ['s3:/bucket/a', 's3:/bucket/a: is not written as a bucket; write it as s3://bucket/a'],
  ['file:///data/lake', 'unsupported scheme file://; write the path alone: /data/lake'],
  ['file:/data', 'write the path alone: /data'],
  ['gs://bucket', 'unsupported scheme gs://; name a folder or s3://bucket/prefix'],
  ['abfss://container@account/x', 'unsupported scheme abfss://'],
  ['https://host/x', 'unsupported scheme https://'],
])('%s is named as a scheme, not taken for a folder', (uri, says) => {
  expect(() => openStore(uri, S3_SETTINGS)).toThrow(
    expect.objectContaining({ code: 'usage', exitCode: 2, message: expect.stringContaining(says) }),
  );
});
