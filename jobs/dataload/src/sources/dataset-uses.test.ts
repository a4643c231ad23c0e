/** What a source says that a run reads: in a folder, on S3, from Kafka. */
import { expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { localStore, temporaryFolder } from 'lake/testing';
import { layout } from 'lake/testing/layout';
import type { Config, Run } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { jsonFiles } from './files.ts';
import { landingUse, topicUse } from './kafka/dataset-uses.ts';
import { type OpenTable, sizeOf } from './source.ts';

const DATE = parseLogicalDate('2019-11-29');
const EVENTS = layout.roots.landing.prefix;

test.each([
  ['of the lake', layout.landing(DATE), EVENTS],
  ['named by hand', '', ''],
])('files are read from the folder %s', async (_name, prefix, dataset) => {
  const store = localStore(temporaryFolder());
  await store.put(`${prefix}/a.json`.replace(/^\//, ''), Buffer.from('{}\n'));
  await store.put(`${prefix}/b.json`.replace(/^\//, ''), Buffer.from('{}\n{}\n'));
  const run = { landing: { store, prefix }, layout, args: { allowEmpty: false } } as unknown as Run;
  const { readFrom } = await jsonFiles.freeze(run, {} as SparkSession, {} as OpenTable);
  expect(readFrom).toEqual({
    use: 'read',
    dataset: store.url(dataset),
    part: store.url(prefix),
    files: 2,
    bytes: 9,
  });
});

test('of a compressed file what is read are its own bytes, not those of its lines', async () => {
  const store = localStore(temporaryFolder());
  await store.put('a.json.gz', Buffer.alloc(1000));
  const run = { landing: { store, prefix: '' }, layout, args: { allowEmpty: false } } as unknown as Run;
  const frozen = await jsonFiles.freeze(run, {} as SparkSession, {} as OpenTable);
  expect(sizeOf(frozen)).toEqual({ bytes: 1000 });
  expect(frozen.bytes).toBe(8000);
});

test('a landing is the folder of all days and the object of one', () => {
  const lake = { url: (key: string) => `s3a://lake/${key}` } as Run['lake'];
  const key = layout.landedKafka(DATE);
  expect(landingUse('written', { lake, layout }, { key, rows: 3 })).toEqual({
    use: 'written',
    dataset: `s3a://lake/${EVENTS}`,
    part: `s3a://lake/${key}`,
    rows: 3,
  });
});

test('a topic is named by the first broker', () => {
  const kafka = { brokers: ['a:9092', 'b:9092'], topic: 'recipe_changes' };
  expect(topicUse({ kafka } as unknown as Config, 9)).toEqual({
    use: 'read',
    dataset: 'kafka://a:9092/recipe_changes',
    rows: 9,
  });
});
