import { afterAll, describe, expect, test } from '@jest/globals';
import { HOUR_MS } from '../../lakes/kafka-day.ts';
import { DATE, failure, FROM_MS, kafkaTopics, rangesOf, recordAt, UNTIL_MS } from '../../lakes/kafka-topics.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';
import { randomOf } from 'spark-connect/testing/random';

const kafka: Broker = sharedBroker();
afterAll(async () => {
  await kafka[Symbol.asyncDispose]();
});

const { newTopic, sent, freezing } = kafkaTopics(() => kafka);
const at = recordAt;

describe('the frozen range', () => {
  test('holds late records, however many of the next days came before them, and those of a clock that is ahead', async () => {
    const topic = await newTopic(1);
    const order = [
      at(0, FROM_MS - 2 * HOUR_MS),
      at(0, FROM_MS + 59 * 60_000), // of a clock ahead, still the day before
      at(0, FROM_MS - 1),
      at(0, FROM_MS),
      at(0, UNTIL_MS + HOUR_MS - 1), // of a clock ahead, still the day
      at(0, UNTIL_MS - 1),
      at(0, UNTIL_MS + 5),
      at(0, UNTIL_MS - 5), // late
      at(0, UNTIL_MS + HOUR_MS),
      at(0, UNTIL_MS + 49 * HOUR_MS),
      at(0, UNTIL_MS - 6), // days late
    ];
    await sent(topic, (sender) => sender.send(order));
    const frozen = await freezing(topic).result;
    expect(frozen).toStrictEqual({
      topic,
      partitions: [{ partition: 0, start: 1, end: 11 }],
      fromMs: FROM_MS,
      untilMs: UNTIL_MS,
    });
  });

  test('ends with the time that a topic gives to late records; --refetch reads to the end all the same', async () => {
    const topic = await newTopic(1);
    const order = [at(0, FROM_MS), at(0, UNTIL_MS + HOUR_MS), at(0, FROM_MS + 1), at(0, UNTIL_MS + 3 * HOUR_MS)];
    // The limit is younger than the last one: it would have been refused.
    await sent(topic, (sender) => sender.send([...order, at(0, FROM_MS + 2)]));
    await kafka.configure(topic, { 'retention.ms': '-1', 'message.timestamp.before.max.ms': `${2 * HOUR_MS}` });
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([[0, 3]]);
    expect(rangesOf(await freezing(topic, DATE, {}, ['--refetch']).result)).toStrictEqual([[0, 5]]);
  });

  test('holds every record of the day, out of order as they are', async () => {
    const topic = await newTopic(3);
    const random = randomOf(7);
    const records = [0, 1, 2].flatMap((partition) =>
      Array.from({ length: 1_500 }, (_, index) => {
        const arrivedMs = FROM_MS - 6 * HOUR_MS + (index / 1_500) * 36 * HOUR_MS;
        return at(partition, Math.round(arrivedMs + (random.next() - 0.5) * HOUR_MS));
      }),
    );
    await sent(topic, (sender) => sender.send(records));
    const frozen = await freezing(topic).result;
    for (const { partition, start, end } of frozen.partitions) {
      const offsets = records
        .filter((record) => record.partition === partition)
        .flatMap(({ ms }, offset) => (ms >= FROM_MS && ms < UNTIL_MS ? [offset] : []));
      expect(offsets.length).toBeGreaterThan(900);
      expect(start).toBe(offsets[0]);
      expect(end).toBeGreaterThan(offsets.at(-1) ?? Infinity);
    }
  });

  test('of a quiet and of an empty partition is empty, and all are there', async () => {
    const topic = await newTopic(3);
    await sent(topic, (sender) => sender.send([at(0, FROM_MS + 5), at(1, FROM_MS - 5)]));
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([
      [0, 1],
      [1, 1],
      [0, 0],
    ]);
  });

  test('goes past the markers of transactions, which carry the time of their end and not of the day', async () => {
    const topic = await newTopic(1);
    await sent(topic, async (sender) => {
      await sender.sendInTransaction([at(0, FROM_MS - 5)], 'commit'); // 0, marker 1
      await sender.sendInTransaction([at(0, FROM_MS + 5), at(0, FROM_MS + 6)], 'abort'); // 2, 3, marker 4
      await sender.sendInTransaction([at(0, FROM_MS + 7)], 'commit'); // 5, marker 6
      await sender.send([at(0, UNTIL_MS + 2 * HOUR_MS)]); // 7
    });
    const { partitions } = await freezing(topic).result;
    expect(partitions).toStrictEqual([{ partition: 0, start: 1, end: 8 }]);
  });

  test('takes in a partition that was added between two runs', async () => {
    const topic = await newTopic(1);
    await sent(topic, (sender) => sender.send([at(0, FROM_MS + 5)]));
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([[0, 1]]);
    await kafka.addPartitions(topic, 2);
    await sent(topic, (sender) => sender.send([at(1, FROM_MS + 6)]));
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test('of a topic that takes any time to come is warned of, and a record of such a time ends no day', async () => {
    const topic = await newTopic(1, { 'retention.ms': '-1', 'message.timestamp.after.max.ms': '9223372036854775807' });
    const order = [
      at(0, FROM_MS - 5),
      at(0, Date.parse('2100-01-01')),
      at(0, FROM_MS + 5),
      at(0, UNTIL_MS + 9 * HOUR_MS),
    ];
    await sent(topic, (sender) => sender.send(order));
    const { result, warnings } = freezing(topic);
    expect(rangesOf(await result)).toStrictEqual([[1, 4]]);
    expect(warnings).toStrictEqual([expect.stringContaining('message.timestamp.after.max.ms')]);
  });

  test('does not end with a record of the far future from before the topic forbade it', async () => {
    const unlimited = { 'retention.ms': '-1', 'message.timestamp.after.max.ms': '9223372036854775807' };
    const topic = await newTopic(1, unlimited);
    const order = [at(0, FROM_MS - 5), at(0, Date.parse('2100-01-01')), at(0, FROM_MS + 5)];
    await sent(topic, (sender) => sender.send(order));
    const limited = { 'message.timestamp.after.max.ms': '3600000', 'message.timestamp.before.max.ms': '3600000' };
    await kafka.configure(topic, { 'retention.ms': '-1', ...limited });
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([[1, 3]]);
  });

  test('of a compacted topic is warned of', async () => {
    const topic = await newTopic(1, { 'cleanup.policy': 'compact' });
    await sent(topic, (sender) => sender.send([{ ...at(0, FROM_MS + 5), key: 'a' }]));
    const { result, warnings } = freezing(topic);
    expect(rangesOf(await result)).toStrictEqual([[0, 1]]);
    expect(warnings).toStrictEqual([expect.stringContaining('is compacted')]);
  });
});

describe('records that retention took', () => {
  const order = [
    at(0, FROM_MS - 3 * HOUR_MS),
    at(0, FROM_MS + 5),
    at(0, FROM_MS + HOUR_MS),
    at(0, UNTIL_MS + 2 * HOUR_MS),
  ];

  test('from before the day are no loss', async () => {
    const topic = await newTopic(1);
    await sent(topic, (sender) => sender.send([at(0, FROM_MS - 9 * HOUR_MS), ...order]));
    await kafka.deleteRecords(topic, 0, 1);
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([[2, 5]]);
  });

  test('of the day are refused with the numbers; --allow-incomplete takes what is left and says what is lost', async () => {
    const topic = await newTopic(2);
    await sent(topic, (sender) => sender.send([...order, at(1, FROM_MS - 3 * HOUR_MS), at(1, FROM_MS + 5)]));
    await kafka.deleteRecords(topic, 0, 2);
    const words =
      /no longer hold all events of 2019-11-29: partition 0 begins at offset 2 \(2 offsets are gone; the first record that is left is of 2019-11-29T01:00:00.000Z\); raise retention.ms .*--allow-incomplete/;
    await expect(freezing(topic).result).rejects.toThrow(failure('unreadable-input', 2, words));
    const { result, warnings } = freezing(topic, DATE, {}, ['--allow-incomplete']);
    expect(await result).toMatchObject({
      partitions: [
        { start: 2, end: 4 },
        { start: 1, end: 2 },
      ],
      lost: [{ partition: 0, before: 2, firstMs: FROM_MS + HOUR_MS }],
    });
    expect(warnings).toStrictEqual([expect.stringContaining('what is left is taken')]);
  });

  test('hide nothing of what is left of the day', async () => {
    const topic = await newTopic(1);
    // One request each, so that what is deleted lies in a batch of its own.
    await sent(topic, async (sender) => {
      for (const record of order) await sender.send([record]);
    });
    await kafka.deleteRecords(topic, 0, 2);
    const { result } = freezing(topic, DATE, {}, ['--allow-incomplete']);
    expect(rangesOf(await result)).toStrictEqual([[2, 4]]);
  });

  test('are refused where nothing is left', async () => {
    const topic = await newTopic(1);
    await sent(topic, (sender) => sender.send(order));
    await kafka.deleteRecords(topic, 0, 4);
    const words = /partition 0 begins at offset 4 \(4 offsets are gone; no record is left\)/;
    await expect(freezing(topic).result).rejects.toThrow(failure('unreadable-input', 2, words));
  });

  test('are told apart from the marker of a transaction that is left first', async () => {
    const topic = await newTopic(1);
    await sent(topic, async (sender) => {
      await sender.sendInTransaction([at(0, FROM_MS - 9 * HOUR_MS)], 'commit'); // 0, marker 1
      await sender.send(order);
    });
    await kafka.deleteRecords(topic, 0, 1);
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([[1, 6]]);
  });
});
