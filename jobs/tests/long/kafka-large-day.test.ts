/** A large day from a real broker: landed and judged, beside Spark's mere reading of the same records. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freezeOffsets, frozenRecords } from 'dataload/kafka';
import { functions as F, type SparkSession } from 'spark-connect';
import { countsOfGenerated, writeGenerated } from '../events/generated-events.ts';
import { testSession } from '../lakes/in-process.ts';
import { freezingRun } from '../lakes/kafka-day.ts';
import { type KafkaLake, kafkaLake } from '../lakes/kafka-lake.ts';
import { DATE } from '../lakes/kafka-topics.ts';
import { type Broker, sharedBroker } from '../servers/broker.ts';
import { runScript } from '../processes.ts';

const EVENTS = 500_000;
/** Both ways are walked once before they are timed. */
const WARM = EVENTS / 20;
const kafka: Broker = sharedBroker();
let spark: SparkSession;

beforeAll(async () => {
  spark = await testSession();
}, 120_000);
afterAll(async () => {
  await spark?.release();
  await kafka[Symbol.asyncDispose]();
});

/** A topic of so many events, sent by the product's own producer. */
async function produced(topic: string, events: number): Promise<KafkaLake> {
  await kafka.createTopic(topic, 4);
  const lake = await kafkaLake(spark, kafka.broker, topic);
  const input = join(lake.folder, 'events');
  await writeGenerated(input, events);
  const words = ['--date', DATE, '--input', input];
  const ended = await runScript('jobs/cli/src/produce/produce.ts', words, {
    KAFKA_BROKER: kafka.broker,
    KAFKA_TOPIC: topic,
  });
  if (ended.exitCode !== 0) throw new Error(ended.stderr);
  return lake;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** Every byte of the frozen range is looked at, and nothing is kept. */
async function bareRead(lake: KafkaLake): Promise<unknown> {
  const frozen = await freezeOffsets(freezingRun(lake.config.kafka, DATE).run);
  const records = frozenRecords(spark, lake.config.kafka, frozen, {});
  return await records.agg({ n: F.count(), bytes: F.sum(F.length(F.col('value'))) }).collect();
}

test(`${EVENTS} events land and are judged, and the counts are exact`, async () => {
  {
    await using warm = await produced('large-day-warm', WARM);
    await bareRead(warm);
    expect((await warm.load()).exitCode).toBe(0);
  }
  await using lake = await produced('large-day', EVENTS);
  const bare = await seconds(() => bareRead(lake));
  let counts: unknown;
  const whole = await seconds(async () => {
    ({ counts } = await lake.load());
  });
  const again = await seconds(() => lake.load());
  const ratio = (time: number): string => `${time.toFixed(1)} s, ${(time / bare).toFixed(1)} x`;
  process.stderr.write(
    `${EVENTS} events from Kafka: a bare read by Spark ${bare.toFixed(1)} s; ` +
      `landing and judging ${ratio(whole)}; judging what landed ${ratio(again)}\n`,
  );
  expect(counts).toMatchObject(countsOfGenerated(EVENTS));
}, 600_000);
