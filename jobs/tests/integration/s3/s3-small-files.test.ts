/** Many small objects of a day on S3: the job gets each once, and Spark asks for none of them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { isOfJob, type S3Request } from 'lake/testing/s3-proxy';
import { layout } from '../../lakes/layout.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { type ProxiedS3Day, proxiedS3Day } from '../../lakes/s3-day.ts';

const FILES = 250;
const LANDING = layout.landing(parseLogicalDate(DATE));
let places: ProxiedS3Day;
beforeAll(async () => {
  places = await proxiedS3Day();
});
afterAll(async () => {
  await places?.[Symbol.asyncDispose]();
});

test('all their events are in the day, by one request each', async () => {
  const { s3, proxy, day } = places;
  const files = Array.from({ length: FILES }, (_, index) => ({
    name: `${index} ü+.json`,
    bytes: Buffer.from(`{"url":"https://recipes.example/${index}","ingredients":"salt"}`),
  }));
  await s3.land(files);
  proxy.reset();
  expect(await day.dataload()).toMatchObject({ outcome: 'published', counts: { read: FILES, published: FILES } });
  const ofFiles = proxy.requests.filter(({ path }) => path.includes(`/${LANDING}/`));
  const isGetOfJob = (request: S3Request): boolean => request.method === 'GET' && isOfJob(request);
  expect(ofFiles.filter((request) => !isGetOfJob(request))).toEqual([]);
  expect(ofFiles).toHaveLength(FILES);
  expect(new Set(ofFiles.map(({ path }) => path)).size).toBe(FILES);
  const rows = await day.spark.read.parquet(s3.lake.url(layout.tableObject(parseLogicalDate(DATE)))).collect();
  expect(rows.map(({ event }) => (event as { file: string }).file).toSorted()).toEqual(
    files.map(({ name }) => name).toSorted(),
  );
  expect(await s3.lake.list('_staging')).toEqual([]);
  expect(await day.faults()).toEqual([]);
});
