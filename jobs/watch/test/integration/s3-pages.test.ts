/** Pages on a real S3 server. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type S3Places, s3Places } from 'lake/testing/s3-places';
import { writePage } from '../../src/write-page.ts';
import { pageContract } from '../../testing/page-contract.ts';

let places: S3Places;
beforeAll(async () => {
  places = await s3Places();
});
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

describe('on S3', () => {
  pageContract(() => places.direct(places.newUri()));
});

test('a browser is told that a page is one', async () => {
  const uri = places.newUri();
  await writePage(places.direct(uri), 'pages/index.html', async () => '<!doctype html>');
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  const client = new S3Client({ region: 'us-east-1', endpoint: places.server.endpoint, forcePathStyle: true });
  const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}/pages/index.html` }));
  expect(found.ContentType).toBe('text/html; charset=utf-8');
  await found.Body?.transformToString();
  client.destroy();
});
