/** What a day from Kafka becomes: the same as from files, and what only Kafka has is kept, named or quarantined. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { linesOf } from 'dataload/lines';
import { parseLogicalDate } from 'lake';
import { type DataFrame, functions as F, type SparkSession } from 'spark-connect';
import { layout } from '../../lakes/layout.ts';
import { dirtyDay } from '../../events/dirty-day.ts';
import { testSession } from '../../lakes/in-process.ts';
import { type KafkaLake, kafkaLake } from '../../lakes/kafka-lake.ts';
import type { TestRecord } from '../../lakes/kafka-records.ts';
import { DATE, FROM_MS, kafkaTopics } from '../../lakes/kafka-topics.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';
import { smallLines } from '../../events/small-day.ts';

const kafka: Broker = sharedBroker();
let spark: SparkSession;
const topics = kafkaTopics(() => kafka);

beforeAll(async () => {
  spark = await testSession();
});
afterAll(async () => {
  await spark?.release();
  await kafka[Symbol.asyncDispose]();
});

const at = (minute: number, value: TestRecord['value'], more: Partial<TestRecord> = {}): TestRecord => {
  return { partition: 0, ms: FROM_MS + minute * 60_000, value, ...more };
};

/** @returns a lake of a new topic that holds the records */
async function lakeOf(records: readonly TestRecord[], partitions = 1): Promise<KafkaLake & { readonly topic: string }> {
  const topic = await topics.newTopic(partitions);
  await topics.sent(topic, (sender) => sender.send(records));
  return Object.assign(await kafkaLake(spark, kafka.broker, topic), { topic });
}

const rowsOf = (table: DataFrame): Promise<unknown[]> => table.drop('event').orderBy(F.col('url').asc()).collect();
const reportOf = (lake: KafkaLake): Promise<string> =>
  readFile(join(lake.output, layout.report('beef_cooking_time', parseLogicalDate(DATE))), 'utf8');

test('the same events give the same table but for where they came from, the same reasons and the same report', async () => {
  const { files } = dirtyDay({ seed: 6, lines: 1500, brokenShare: 0.2, files: ['recipes.json'] });
  const [file] = files;
  const lines = [...linesOf(file!.bytes)];
  const records = lines.map((value, index) => ({ partition: 0, ms: FROM_MS + index, value }));
  await using fromKafka = await lakeOf(records);
  await using fromFiles = await kafkaLake(spark, kafka.broker, fromKafka.topic);
  await fromFiles.land(files);

  const [ofFiles, ofKafka] = [await fromFiles.dataload(DATE), await fromKafka.load()];
  expect(ofKafka).toMatchObject({ exitCode: 0, outcome: 'published' });
  const { unknownFieldsFirst: _, ...owed } = ofFiles['counts'] as Record<string, unknown>;
  expect(ofKafka['counts']).toMatchObject(owed);
  expect(owed).toMatchObject({ read: lines.length });
  expect(await rowsOf(fromKafka.table())).toEqual(await rowsOf(fromFiles.table()));

  const [broken, brokenOfFiles] = [await fromKafka.quarantine(), await fromFiles.quarantine()];
  expect(broken.length).toBeGreaterThan(200);
  expect(broken.map(({ event: __, ...line }) => line)).toEqual(brokenOfFiles.map(({ event: __, ...line }) => line));
  // The first line of a file is offset 0 of the topic.
  expect(broken.map(({ event }) => event['offset'])).toEqual(
    brokenOfFiles.map(({ event }) => Number(event['line']) - 1),
  );

  for (const lake of [fromKafka, fromFiles]) expect((await lake.prepare(DATE)).exitCode).toBe(0);
  expect(await reportOf(fromKafka)).toBe(await reportOf(fromFiles));
});

test('keys, headers and values land as they are; a tombstone is quarantined by its coordinates and its key', async () => {
  const [line = ''] = smallLines('one', 1);
  const key = Buffer.from([0xff, 0x00]);
  await using lake = await lakeOf([
    at(1, line, { key: 'k1', headers: { trace: 'a', source: 'b' } }),
    at(2, null, { key: 'k2' }),
    at(3, null, { key }),
    at(4, null),
  ]);
  const loaded = await lake.load();
  expect(loaded['counts']).toMatchObject({ read: 4, published: 1, quarantined: 3, reasons: { tombstone: 3 } });

  const landed = await lake.landing().orderBy(F.col('offset').asc()).collect();
  const bytes = (value: unknown): string => Buffer.from(value as Uint8Array).toString('latin1');
  expect(landed.map((row) => row['key'] && bytes(row['key']))).toEqual(['k1', 'k2', key.toString('latin1'), null]);
  expect(landed.map((row) => row['value'] && bytes(row['value']))).toEqual([
    Buffer.from(line).toString('latin1'),
    null,
    null,
    null,
  ]);
  const headers = (landed[0]?.['headers'] ?? []) as readonly { key: string; value: Uint8Array }[];
  expect(headers.map((header) => [header.key, bytes(header.value)])).toEqual([
    ['trace', 'a'],
    ['source', 'b'],
  ]);

  const { topic } = lake;
  const reasons = [expect.objectContaining({ rule: 'tombstone' })];
  const timestamp = (minute: number): string => new Date(FROM_MS + minute * 60_000).toISOString();
  expect(await lake.quarantine()).toEqual([
    { reasons, event: { topic, partition: 0, offset: 1, timestamp: timestamp(2), key: 'k2' } },
    { reasons, event: { topic, partition: 0, offset: 2, timestamp: timestamp(3), key_base64: key.toString('base64') } },
    { reasons, event: { topic, partition: 0, offset: 3, timestamp: timestamp(4) } },
  ]);
});

test('of two events of a url the later one stays, by time and not by the order of partitions', async () => {
  const [old = '', newer = ''] = ['old', 'newer'].map((version) => smallLines(version, 1)[0]!);
  await using lake = await lakeOf([at(2, newer, { partition: 0 }), at(1, old, { partition: 1 })], 2);
  expect(await lake.load()).toMatchObject({ exitCode: 0, counts: { read: 2, published: 1, superseded: 1 } });
  const [row] = await lake.table().select('description', 'event').collect();
  expect(row).toMatchObject({
    description: 'newer',
    event: { file: null, topic: lake.topic, partition: 0, offset: 0n },
  });
});

test('a field that nobody knows is named with its number of events and the first of them', async () => {
  const lines = smallLines('drift', 6).map((line, index) =>
    index < 2 ? line : line.replace('{', `{"servings": "${index}", `),
  );
  await using lake = await lakeOf(lines.map((line, index) => at(index, line)));
  await using files = await kafkaLake(spark, kafka.broker, lake.topic);
  await files.land([{ name: 'recipes.json', bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')) }]);
  expect((await lake.load()).exitCode).toBe(0);
  expect((await files.dataload(DATE)).exitCode).toBe(0);
  const first = { topic: lake.topic, partition: 0, offset: 2 };
  expect((await lake.manifest('dataload')).counts).toMatchObject({
    unknownFields: { servings: 4 },
    unknownFieldsFirst: { servings: first },
  });
  expect((await files.manifest('dataload')).counts).toMatchObject({
    unknownFields: { servings: 4 },
    unknownFieldsFirst: { servings: { file: 'recipes.json', line: 3 } },
  });
});

test('a partition that is added later takes part once the day is fetched again', async () => {
  const lines = smallLines('grown', 5);
  await using lake = await lakeOf(lines.slice(0, 3).map((line, index) => at(index, line)));
  expect(await lake.load()).toMatchObject({ exitCode: 0, counts: { published: 3 } });
  await kafka.addPartitions(lake.topic, 2);
  await topics.sent(lake.topic, (sender) =>
    sender.send(lines.slice(3).map((line, index) => at(index, line, { partition: 1 }))),
  );
  // What landed is judged again, and gives the same bytes.
  expect(await lake.load()).toMatchObject({ exitCode: 0, outcome: 'unchanged', counts: { read: 3 } });
  expect(await lake.load(['--refetch'])).toMatchObject({ exitCode: 0, outcome: 'published', counts: { read: 5 } });
  expect((await lake.manifest('landing')).input).toMatchObject({
    partitions: [
      { partition: 0, start: 0, end: 3 },
      { partition: 1, start: 0, end: 2 },
    ],
  });
});
