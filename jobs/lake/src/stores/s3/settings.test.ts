import { expect, test } from '@jest/globals';
import { encryptionInput, isS3Uri, parseS3Uri } from './settings.ts';

test.each([
  ['s3://my-lake', 'my-lake', ''],
  ['s3://my-lake/', 'my-lake', ''],
  ['s3://my.lake/a/b/', 'my.lake', 'a/b'],
  ['s3://my-lake/ü x/%20', 'my-lake', 'ü x/%20'],
])('%s is the bucket %s with the prefix %j', (uri, bucket, prefix) => {
  expect(parseS3Uri(uri)).toStrictEqual({ bucket, prefix });
});

test.each([
  's3://',
  's3:///a',
  's3://A',
  's3://ab',
  's3://lake/a//b',
  's3://lake/../b',
  's3://lake/a*',
  's3://user:pw@lake/x',
])('%s is refused', (uri) => {
  expect(() => parseS3Uri(uri)).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('only s3:// is one', () => {
  expect(['s3://a', 'S3://a', 's3a://a', '/s3', 'a/s3://'].map(isS3Uri)).toStrictEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['none', null, {}],
  ['none', 'k', {}],
  ['sse-s3', 'k', { ServerSideEncryption: 'AES256' }],
  ['sse-kms', null, { ServerSideEncryption: 'aws:kms' }],
  ['sse-kms', 'k', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'k' }],
] as const)('%s with the key %s asks for %j', (encryption, kmsKey, input) => {
  expect(encryptionInput({ encryption, kmsKey })).toStrictEqual(input);
});
