/** A day from Kafka into a bucket: landed and published there by the same step, and run again without Kafka. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { layout } from '../../lakes/layout.ts';
import { recordSender } from '../../lakes/kafka-records.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';
import { closedPort } from '../../servers/unreachable-servers.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { type Ended, summaryOf } from '../../processes.ts';
import { type S3Lake, s3Lake } from '../../lakes/s3-lake.ts';
import { smallLines } from '../../events/small-day.ts';

const TOPIC = 'to-a-bucket';
const ROWS = 40;
const DAY = parseLogicalDate(DATE);
const kafka: Broker = sharedBroker();
let s3: S3Lake;

beforeAll(async () => {
  s3 = await s3Lake();
  await kafka.createTopic(TOPIC, 2);
  await using sender = recordSender(kafka.broker, TOPIC);
  const records = smallLines('bucket', ROWS).map((value, index) => {
    return { partition: index % 2, ms: Date.parse(DATE) + index * 1000, value };
  });
  await sender.send([...records, { partition: 0, ms: Date.parse(DATE), value: null }]);
});
afterAll(async () => {
  await s3?.[Symbol.asyncDispose]();
  await kafka[Symbol.asyncDispose]();
});

const run = (broker: string, ...flags: string[]): Promise<Ended> =>
  s3.run('dataload', { KAFKA_BROKER: broker, KAFKA_TOPIC: TOPIC }, ['--source', 'kafka', ...flags]);

test('a day lands in the bucket and is judged; fetched again it is unchanged; without Kafka it runs again', async () => {
  expect(summaryOf(await run(kafka.broker))).toMatchObject({
    outcome: 'published',
    counts: { read: ROWS + 1, published: ROWS, reasons: { tombstone: 1 } },
  });
  const landed = await s3.lake.head(layout.landedKafka(DAY));
  expect(landed?.runId).toEqual(expect.any(String));
  expect(summaryOf(await run(kafka.broker, '--refetch'))).toMatchObject({ outcome: 'unchanged' });
  await using gone = await closedPort();
  expect(summaryOf(await run(gone.address))).toMatchObject({ outcome: 'unchanged', counts: { read: ROWS + 1 } });
  expect((await s3.lake.head(layout.landedKafka(DAY)))?.sha256).toBe(landed?.sha256);
  expect((await s3.run('prepare')).exitCode).toBe(0);
});
