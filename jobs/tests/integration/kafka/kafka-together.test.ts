/** Runs of one day from Kafka beside each other, and brokers that die while one lands: one version wins, nothing is mixed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { functions as F, type SparkSession } from 'spark-connect';
import { sized } from 'spark-connect/testing/size';
import { testSession } from '../../lakes/in-process.ts';
import { type KafkaLake, kafkaLake } from '../../lakes/kafka-lake.ts';
import { FROM_MS, kafkaTopics } from '../../lakes/kafka-topics.ts';
import { type Kafka, startKafka } from '../../servers/kafka.ts';
import { smallLines } from '../../events/small-day.ts';

const FIRST = 40;
const ADDED = 10;
const ROUNDS = sized(1, 5);
const AT_ONCE = sized(4, 8);
/** Three times the limit that the lakes of these tests have for Kafka, and the start of a job. */
const LIMIT_MS = 60_000;
let kafka: Kafka;
let spark: SparkSession;
const topics = kafkaTopics(() => kafka);
const lines = smallLines('together', FIRST + ROUNDS * ADDED);

beforeAll(async () => {
  [kafka, spark] = await Promise.all([startKafka(), testSession()]);
});
afterAll(async () => {
  await spark?.release();
  await kafka?.stop();
});

/** Sends lines of the day; their urls are all different. */
async function sent(topic: string, from: number, count: number): Promise<void> {
  const records = lines.slice(from, from + count).map((value, index) => {
    return { partition: index % 2, ms: FROM_MS + (from + index) * 1000, value };
  });
  await topics.sent(topic, (sender) => sender.send(records));
}

async function newLake(): Promise<KafkaLake & { readonly topic: string }> {
  const topic = await topics.newTopic(2);
  await sent(topic, 0, FIRST);
  return Object.assign(await kafkaLake(spark, kafka.broker, topic), { topic });
}

/** The table holds exactly the events of the landing that its manifest names. */
async function expectOneVersion(lake: KafkaLake, versions: readonly number[]): Promise<void> {
  const { input, staged } = await lake.manifest('dataload');
  expect(versions).toContain(input.landing.rows);
  expect(staged.rows).toBe(input.landing.rows);
  const [read] = await lake
    .table()
    .agg({ rows: F.count(), urls: F.countDistinct(F.col('url')) })
    .collect();
  expect(read).toEqual({ rows: BigInt(staged.rows), urls: BigInt(staged.rows) });
}

test(`a run and one that fetches the day again, ${ROUNDS} times at once: one wins, and nothing is mixed`, async () => {
  await using lake = await newLake();
  expect((await lake.load()).exitCode).toBe(0);
  for (let round = 0; round < ROUNDS; round++) {
    const before = FIRST + round * ADDED;
    await sent(lake.topic, before, ADDED);
    const ends = await Promise.all([lake.load(), lake.load(['--refetch'])]);
    // Overtaken, or its landing was replaced while it judged.
    for (const { exitCode } of ends) expect([0, 5, 6]).toContain(exitCode);
    expect(ends.map(({ exitCode }) => exitCode)).toContain(0);
    await expectOneVersion(lake, [before, before + ADDED]);
    expect((await lake.manifest('landing')).staged.rows).toBe(before + ADDED);
    expect(await lake.load()).toMatchObject({ exitCode: 0, counts: { read: before + ADDED } });
    await expectOneVersion(lake, [before + ADDED]);
  }
});

test(`${AT_ONCE} runs land a day at once: one landing stands, and all of them judge it`, async () => {
  await using lake = await newLake();
  const ends = await Promise.all(Array.from({ length: AT_ONCE }, () => lake.load()));
  expect(ends.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: AT_ONCE }, () => 0));
  await expectOneVersion(lake, [FIRST]);
  expect((await lake.manifest('landing')).staged.sha256).toBe((await lake.manifest('dataload')).input.landing.sha256);
});

/** Ends the broker when Spark begins to read it. */
const killedWhileLanding = (lake: KafkaLake, then: () => void) =>
  lake.load([], {
    onProgress: (text) => {
      if (text.includes('landing the records')) void kafka.kill().then(then);
    },
  });

test('a broker that dies and comes back while a day lands: the run succeeds or says so, and the next one has the whole day', async () => {
  await using lake = await newLake();
  let restarted: Promise<void> | undefined;
  const startedAt = performance.now();
  const ended = await killedWhileLanding(lake, () => {
    restarted = kafka.restart();
  });
  expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
  expect([0, 6]).toContain(ended.exitCode);
  expect(ended.exitCode === 0 ? lake.topic : ended['message']).toContain(lake.topic);
  await restarted;
  expect(await lake.load()).toMatchObject({ exitCode: 0, counts: { read: FIRST, published: FIRST } });
});

test('a broker that dies for good while a day lands ends the run within bounds, and nothing landed', async () => {
  await using lake = await newLake();
  const startedAt = performance.now();
  const ended = await killedWhileLanding(lake, () => undefined);
  expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
  expect(ended).toMatchObject({ exitCode: 6, code: 'unreachable', message: expect.stringContaining(lake.topic) });
  await expect(lake.manifest('landing')).rejects.toThrow('JSON');
  await kafka.restart();
  expect(await lake.load()).toMatchObject({ exitCode: 0, counts: { read: FIRST } });
});
