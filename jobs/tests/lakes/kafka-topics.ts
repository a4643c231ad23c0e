/** Topics of tests on one broker: each of its own, filled, and frozen. */
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { freezeOffsets, type FrozenOffsets } from 'dataload/kafka';
import type { Config } from 'runtime';
import { freezingRun, HOUR_MS, kafkaConfig, type TestFreezingRun } from './kafka-day.ts';
import { recordSender, type RecordSender, type TestRecord } from './kafka-records.ts';
import type { Broker } from '../servers/broker.ts';

export const DATE = '2019-11-29';
/** Midnights that begin and end {@link DATE}, in ms since 1970. */
export const FROM_MS = Date.parse(DATE);
export const UNTIL_MS = FROM_MS + 24 * HOUR_MS;

export interface Freezing extends TestFreezingRun {
  readonly result: Promise<FrozenOffsets>;
}

export interface KafkaTopics {
  /** @returns its name */
  readonly newTopic: (partitions: number, configs?: Readonly<Record<string, string>>) => Promise<string>;
  readonly sent: (topic: string, send: (sender: RecordSender) => Promise<void>) => Promise<void>;
  /** Freezes {@link DATE} or another day; waits for none to close unless `change` says so. */
  readonly freezing: (
    topic: string,
    date?: string,
    change?: Partial<Config['kafka']>,
    flags?: readonly string[],
  ) => Freezing;
}

/** @param kafka the broker, once it runs */
export function kafkaTopics(kafka: () => Broker): KafkaTopics {
  return {
    async newTopic(partitions, configs) {
      const topic = `changes-${randomUUID().slice(0, 8)}`;
      await kafka().createTopic(topic, partitions, configs);
      return topic;
    },
    async sent(topic, send) {
      await using sender = recordSender(kafka().broker, topic);
      await send(sender);
    },
    freezing(topic, date = DATE, change = {}, flags = []) {
      const made = freezingRun(kafkaConfig(kafka().broker, topic, { closeWaitMinutes: 0, ...change }), date, flags);
      return { ...made, result: freezeOffsets(made.run) };
    },
  };
}

export const recordAt = (partition: number, ms: number): TestRecord => ({ partition, ms, value: `${ms}` });
/** Start and end of each partition. */
export const rangesOf = ({ partitions }: FrozenOffsets) => partitions.map(({ start, end }) => [start, end]);

/** For `rejects.toThrow` and the like: a LakeError of this kind. */
export const failure = (code: string, exitCode: number, message: RegExp) =>
  expect.objectContaining({ code, exitCode, message: expect.stringMatching(message) });
