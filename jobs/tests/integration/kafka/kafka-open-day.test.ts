import { afterAll, describe, expect, test } from '@jest/globals';
import { freezeOffsets } from 'dataload/kafka';
import { freezingRun, HOUR_MS, kafkaConfig } from '../../lakes/kafka-day.ts';
import { recordSender } from '../../lakes/kafka-records.ts';
import { DATE, failure, FROM_MS, kafkaTopics, rangesOf, recordAt, UNTIL_MS } from '../../lakes/kafka-topics.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';

const kafka: Broker = sharedBroker();
afterAll(async () => {
  await kafka[Symbol.asyncDispose]();
});

const { newTopic, sent, freezing } = kafkaTopics(() => kafka);
const at = recordAt;

describe('a day that is not closed', () => {
  /** Two days ago: later records may be sent at any time of today. */
  const recent = new Date(Date.now() - 48 * HOUR_MS).toISOString().slice(0, 10);
  const recentMs = Date.parse(recent);
  const patient = { graceMinutes: 5 * 24 * 60 };
  const openText = new RegExp(
    `may still get events of ${recent}: partition 1 has no record of a later time yet;.*close_wait`,
  );

  test('ends the run with exit code 3 that names the partition', async () => {
    const topic = await newTopic(2);
    // Within the overlap after midnight a record proves nothing.
    const [closed, open] = [at(0, recentMs + 25.5 * HOUR_MS), at(1, recentMs + 24.5 * HOUR_MS)];
    await sent(topic, (sender) => sender.send([closed, open]));
    await expect(freezing(topic, recent, patient).result).rejects.toThrow(failure('day-not-over', 3, openText));
  });

  test('is waited for, and closes when a later record comes', async () => {
    const topic = await newTopic(1);
    await sent(topic, (sender) => sender.send([at(0, recentMs + 5)]));
    const { result, progress } = freezing(topic, recent, { ...patient, closeWaitMinutes: 1 });
    while (![...progress].some((text) => text.includes('waiting for the day to close'))) await pause();
    await sent(topic, (sender) => sender.send([at(0, recentMs + 6), at(0, recentMs + 25.5 * HOUR_MS)]));
    expect(rangesOf(await result)).toStrictEqual([[0, 3]]);
  });

  test('is taken as it is with --allow-incomplete', async () => {
    const topic = await newTopic(2);
    await sent(topic, (sender) => sender.send([at(0, recentMs + 25.5 * HOUR_MS), at(1, recentMs + 5)]));
    const { result, warnings } = freezing(topic, recent, { ...patient, closeWaitMinutes: 9 }, ['--allow-incomplete']);
    expect(await result).toMatchObject({
      notClosed: [1],
      partitions: [
        { start: 0, end: 1 },
        { start: 0, end: 1 },
      ],
    });
    expect(warnings).toStrictEqual([expect.stringContaining('what is there is taken')]);
  });

  test('names the producer of a transaction that is open, even long after the grace', async () => {
    const topic = await newTopic(1);
    await using sender = recordSender(kafka.broker, topic);
    await sender.send([at(0, FROM_MS + 5)]);
    await sender.sendInTransaction([at(0, FROM_MS + 6)], 'leave open');
    await sender.send([at(0, FROM_MS + 7), at(0, UNTIL_MS + 9 * HOUR_MS)]);
    const words =
      /in partition 0 a transaction is open from offset 1 of 4 on by producer \d+ since offset 1, which kafka-transactions/;
    await expect(freezing(topic).result).rejects.toThrow(failure('day-not-over', 3, words));
    const taken = await freezing(topic, DATE, {}, ['--allow-incomplete']).result;
    expect(taken).toMatchObject({ notClosed: [0], partitions: [{ start: 0, end: 1 }] });
  });

  test('a transaction that began after the day keeps nothing open', async () => {
    const topic = await newTopic(1);
    await using sender = recordSender(kafka.broker, topic);
    await sender.send([at(0, FROM_MS + 5), at(0, UNTIL_MS + 2 * HOUR_MS)]);
    await sender.sendInTransaction([at(0, UNTIL_MS + 3 * HOUR_MS)], 'leave open');
    expect(rangesOf(await freezing(topic).result)).toStrictEqual([[0, 2]]);
  });

  test('is no longer waited for when the run is told to end', async () => {
    const topic = await newTopic(1);
    const stop = new AbortController();
    const config = kafkaConfig(kafka.broker, topic, { ...patient, closeWaitMinutes: 5 });
    const { run, progress } = freezingRun(config, recent, [], { signal: stop.signal });
    const result = freezeOffsets(run);
    while (![...progress].some((text) => text.includes('waiting for the day to close'))) await pause();
    stop.abort(new Error('told to end'));
    await expect(result).rejects.toThrow('told to end');
  });
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
