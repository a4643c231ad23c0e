/** Many small objects of a day on S3: the job gets each once, and Spark asks for none of them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { type S3Proxy, type S3Request, startS3Proxy } from 'lake/testing/s3-proxy';
import { layout } from '../../lakes/layout.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { type S3Day, s3Day } from '../../lakes/s3-day.ts';
import { type S3Lake, s3Lake } from '../../lakes/s3-lake.ts';

const FILES = 250;
const LANDING = layout.landing(parseLogicalDate(DATE));
let s3: S3Lake;
let proxy: S3Proxy;
let day: S3Day;

beforeAll(async () => {
  s3 = await s3Lake();
  proxy = await startS3Proxy(s3.gateway.endpoint);
  day = await s3Day(s3, proxy.endpoint);
});
afterAll(async () => {
  await day?.[Symbol.asyncDispose]();
  await proxy?.close();
  await s3?.[Symbol.asyncDispose]();
});

test('all their events are in the day, by one request each', async () => {
  const files = Array.from({ length: FILES }, (_, index) => ({
    name: `${index} ü+.json`,
    bytes: Buffer.from(`{"url":"https://recipes.example/${index}","ingredients":"salt"}`),
  }));
  await s3.land(files);
  proxy.reset();
  expect(await day.dataload()).toMatchObject({ outcome: 'published', counts: { read: FILES, published: FILES } });
  const ofFiles = proxy.requests.filter(({ path }) => path.includes(`/${LANDING}/`));
  const isOfTheJob = ({ method, headers }: S3Request): boolean =>
    method === 'GET' && (headers['user-agent'] ?? '').startsWith('aws-sdk-js/');
  expect(ofFiles.filter((request) => !isOfTheJob(request))).toEqual([]);
  expect(ofFiles.map(({ path }) => path)).toHaveLength(FILES);
  const rows = await day.spark.read.parquet(s3.lake.url(layout.tableObject(parseLogicalDate(DATE)))).collect();
  expect(rows.map(({ event }) => (event as { file: string }).file).toSorted()).toEqual(
    files.map(({ name }) => name).toSorted(),
  );
  expect(await s3.lake.list('_staging')).toEqual([]);
  expect(await day.faults()).toEqual([]);
});
