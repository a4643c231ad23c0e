/** A day without events, or with far fewer than usual: a dead producer is not a quiet night. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SparkSession } from 'spark-connect';
import { smallLines } from '../../events/small-day.ts';
import { testSession } from '../../lakes/in-process.ts';
import { type KafkaLake, kafkaLake } from '../../lakes/kafka-lake.ts';
import { FROM_MS, kafkaTopics, UNTIL_MS } from '../../lakes/kafka-topics.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';

const DAY_MS = UNTIL_MS - FROM_MS;
const kafka: Broker = sharedBroker();
const topics = kafkaTopics(() => kafka);
let spark: SparkSession;

beforeAll(async () => {
  spark = await testSession();
});
afterAll(async () => {
  await spark?.release();
  await kafka[Symbol.asyncDispose]();
});

/** Days after 2019-11-29 (before it, where negative), each with so many events, in the order in which they are sent. */
type Days = readonly (readonly [after: number, events: number])[];

async function send(topic: string, days: Days): Promise<void> {
  const records = days.flatMap(([after, count]) =>
    smallLines(`day${after}`, count).map((value, index) => ({
      partition: 0,
      ms: FROM_MS + after * DAY_MS + index,
      value,
    })),
  );
  await topics.sent(topic, (sender) => sender.send(records));
}

async function lakeOf(days: Days): Promise<KafkaLake & { readonly topic: string }> {
  const topic = await topics.newTopic(1);
  await send(topic, days);
  return Object.assign(await kafkaLake(spark, kafka.broker, topic), { topic });
}

const REFUSED = {
  exitCode: 4,
  message: expect.stringMatching(/no rows.*lake\.audit\.min_rows.*producer.*--allow-empty/),
};
const finding = (severity: string, code: string) => expect.objectContaining({ severity, code });

test('a day without events is refused and changes nothing; events that come late are taken by the next run', async () => {
  await using lake = await lakeOf([
    [-1, 1],
    [2, 1],
  ]);
  expect(await lake.load()).toMatchObject(REFUSED);
  await expect(lake.manifest('dataload')).rejects.toThrow('JSON');
  expect(await lake.load()).toMatchObject(REFUSED);
  await send(lake.topic, [[0, 3]]);
  expect(await lake.load()).toMatchObject({ exitCode: 0, outcome: 'published', counts: { published: 3 } });
});

test('an empty day that is accepted has all columns, and stays accepted', async () => {
  await using lake = await lakeOf([
    [-1, 1],
    [2, 1],
  ]);
  const accepted = { exitCode: 0, counts: { read: 0, published: 0 }, findings: [finding('warn', 'min_rows')] };
  expect(await lake.load(['--allow-empty'])).toMatchObject({ ...accepted, outcome: 'published' });
  expect(await lake.table().count()).toBe(0n);
  expect(await lake.landing().count()).toBe(0n);
  expect((await lake.table().schema()).toDDL()).toMatch(/url STRING.*ingredients ARRAY<STRING>.*event STRUCT</);
  expect(await lake.load()).toMatchObject({ ...accepted, outcome: 'unchanged' });
});

test('a topic without any event is refused', async () => {
  await using lake = await lakeOf([]);
  expect(await lake.load()).toMatchObject(REFUSED);
});

test('a day without events between others is refused though the later ones were sent first', async () => {
  await using lake = await lakeOf([
    [2, 1],
    [-1, 1],
  ]);
  expect(await lake.load()).toMatchObject(REFUSED);
});

test('a day before the first event of the topic is published empty, and told', async () => {
  await using lake = await lakeOf([
    [1, 2],
    [2, 2],
  ]);
  expect(await lake.load()).toMatchObject({
    exitCode: 0,
    outcome: 'published',
    counts: { published: 0 },
    findings: [finding('warn', 'before_first_event')],
  });
  expect((await lake.manifest('landing')).input).toMatchObject({ isBeforeFirst: true });
  expect(await lake.load()).toMatchObject({ exitCode: 0, outcome: 'unchanged' });
});

test('a day that is much smaller than the ones before it is refused by max_shrinkage', async () => {
  await using lake = await lakeOf([
    [-3, 8],
    [-2, 10],
    [-1, 9],
    [0, 4],
    [1, 5],
    [2, 1],
  ]);
  const audit = { ...lake.config.lake.audit, maxShrinkage: 0.5 };
  const strict = { ...lake.config, lake: { ...lake.config.lake, audit } };
  const load = (date: string) => lake.load([], { date, config: strict });
  for (const date of ['2019-11-26', '2019-11-27', '2019-11-28'])
    expect(await load(date)).toMatchObject({ exitCode: 0, findings: [] });
  expect(await load('2019-11-29')).toMatchObject({
    exitCode: 4,
    message: expect.stringMatching(/median of the last 3 published days, 9: it has 4 rows.*lake\.audit\.max_shrinkage/),
  });
  expect(await load('2019-11-30')).toMatchObject({ exitCode: 0 });
});
