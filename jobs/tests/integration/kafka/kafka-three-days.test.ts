/** Records of three days in one topic: each day lands exactly its own, again and again, whatever becomes of the topic. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { functions as F, type SparkSession } from 'spark-connect';
import { sized } from 'spark-connect/testing/size';
import { testSession } from '../../lakes/in-process.ts';
import { HOUR_MS } from '../../lakes/kafka-day.ts';
import {
  DATES,
  dateOf,
  dayRecords,
  lastOfFirstDay,
  outOfOrder,
  PARTITIONS,
  QUIET,
  type DayRecord,
} from '../../lakes/kafka-days.ts';
import { type KafkaLake, kafkaLake } from '../../lakes/kafka-lake.ts';
import { type RecordSender, recordSender } from '../../lakes/kafka-records.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';

const COUNT = sized(8_000, 100_000);
const TOPIC = 'three-days';
/** Of the partition whose records come in transactions; every fourth is aborted. */
const IN_TRANSACTION = COUNT / 40;
const LAST = DATES.at(-1)!;
const kafka: Broker = sharedBroker();
let spark: SparkSession;
let sender: RecordSender;
let lakes: readonly KafkaLake[];
/** What a reader may ever see. */
const sentRecords: DayRecord[] = [];

beforeAll(async () => {
  spark = await testSession();
  await kafka.createTopic(TOPIC, PARTITIONS);
  sender = recordSender(kafka.broker, TOPIC);
  lakes = await Promise.all(DATES.map((date) => kafkaLake(spark, kafka.broker, TOPIC, date)));
  const records = dayRecords(COUNT);
  // An hour ahead of all others of its time, just before midnight.
  const ahead = lastOfFirstDay(COUNT);
  records[ahead] = { ...records[ahead]!, ms: Date.parse(DATES[1]) + HOUR_MS - 1 };
  const transactional = records.filter(({ partition }) => partition === 1);
  const others = records.filter(({ partition }) => partition !== 1);
  await sender.send(others);
  sentRecords.push(...others);
  for (let from = 0; from < transactional.length; from += IN_TRANSACTION) {
    const some = transactional.slice(from, from + IN_TRANSACTION);
    const isAborted = (from / IN_TRANSACTION) % 4 === 1;
    await sender.sendInTransaction(some, isAborted ? 'abort' : 'commit');
    if (!isAborted) sentRecords.push(...some);
  }
  await sender.sendInTransaction(
    [{ partition: 2, ms: Date.parse(LAST) + 23.5 * HOUR_MS, value: '{}', key: 'never decided' }],
    'leave open',
  );
});
afterAll(async () => {
  await sender?.[Symbol.asyncDispose]();
  for (const lake of lakes ?? []) await lake[Symbol.asyncDispose]();
  await spark?.release();
  await kafka[Symbol.asyncDispose]();
});

const keysOf = (records: readonly DayRecord[]): string[] => records.map(({ key }) => key).toSorted();

async function landedKeys(lake: KafkaLake): Promise<string[]> {
  const rows = await lake.landing().select(F.col('key').cast('string').as('key')).collect<{ key: string }>();
  return rows.map(({ key }) => key).toSorted();
}

/** Counts that the records of a day must have. */
function owedCounts(records: readonly DayRecord[]): Record<string, unknown> {
  const of = (kind: DayRecord['kind']): DayRecord[] => records.filter((record) => record.kind === kind);
  const urls = new Set(of('good').map(({ value }) => (JSON.parse(String(value)) as { url: string }).url));
  return {
    read: records.length,
    published: urls.size,
    superseded: of('good').length - urls.size,
    quarantined: of('broken').length + of('tombstone').length,
    reasons: { malformed: of('broken').length, tombstone: of('tombstone').length },
  };
}

test('the records are as odd as they should be', () => {
  expect(outOfOrder(COUNT)).toBeGreaterThan(COUNT * 0.02);
  expect(sentRecords.length).toBeLessThan(COUNT - IN_TRANSACTION);
  expect(new Set(sentRecords.filter(({ partition }) => partition === QUIET).map(dateOf))).toEqual(new Set([DATES[0]]));
});

test('a day that a transaction keeps open is waited for in vain: exit code 3, and nothing lands', async () => {
  const lake = lakes.at(-1)!;
  expect(await lake.load()).toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/partition 2 a transaction is open/),
  });
  await expect(lake.manifest('landing')).rejects.toThrow('JSON');
  await sender.abortOpen();
});

test.each([...DATES.entries()])('day %i, %s, lands exactly its own records', async (index, date) => {
  const lake = lakes[index]!;
  const owed = sentRecords.filter((record) => dateOf(record) === date);
  expect(await lake.load()).toMatchObject({ exitCode: 0, outcome: 'published', counts: owedCounts(owed) });
  expect(await landedKeys(lake)).toEqual(keysOf(owed));
});

test('the days add up to the topic', async () => {
  const keys = (await Promise.all(lakes.map(landedKeys))).flat();
  expect(keys.toSorted()).toEqual(keysOf(sentRecords));
});

const hashes = async (lake: KafkaLake): Promise<readonly string[]> =>
  await Promise.all((['landing', 'dataload'] as const).map(async (step) => (await lake.manifest(step)).staged.sha256));

test('a day that is fetched again has the same bytes', async () => {
  for (const lake of lakes) {
    const before = await hashes(lake);
    expect(await lake.load(['--refetch'])).toMatchObject({ exitCode: 0, outcome: 'unchanged' });
    expect(await hashes(lake)).toEqual(before);
  }
});

test('once retention took the records, a day runs again from what landed, and is not fetched again', async () => {
  const { partitions } = (await lakes.at(-1)!.manifest('landing')).input;
  for (const { partition, end } of partitions) await kafka.deleteRecords(TOPIC, partition, end);
  for (const lake of lakes) {
    const before = await hashes(lake);
    expect(await lake.load()).toMatchObject({ exitCode: 0, outcome: 'unchanged' });
    expect(await lake.load(['--refetch'])).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/partition 0.*retention/s),
    });
    expect(await hashes(lake)).toEqual(before);
  }
});
