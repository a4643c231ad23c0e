/** Sends events to a topic in the order in which they are given, over all its partitions; makes the topic where it is missing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Admin, ListOffsetTimestamps, Producer } from '@platformatic/kafka';
import { clientOptions, onceWithin, retryWithin } from 'dataload/kafka-client';
import { LakeError } from 'lake';
import type { Config, Environment } from 'runtime';

export interface Event {
  readonly ms: number;
  readonly value: Uint8Array;
  /** Where it comes from, for messages. */
  readonly from: string;
}

/** Far below what a broker takes at once. */
const MAX_BATCH_BYTES = 256 * 1024;
const MAX_BATCH_EVENTS = 1_000;
const RETRIES = 10;
const PAUSE_MS = 50;
const TOO_LARGE = /MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE/;

/** Puts events together until a request is full. */
export async function* batched(events: AsyncIterable<Event>, maxEvents: number): AsyncGenerator<readonly Event[]> {
  let batch: Event[] = [];
  let sizeBytes = 0;
  for await (const event of events) {
    const isFull = sizeBytes + event.value.length > MAX_BATCH_BYTES || batch.length >= maxEvents;
    if (isFull && batch.length > 0) {
      yield batch;
      [batch, sizeBytes] = [[], 0];
    }
    batch.push(event);
    sizeBytes += event.value.length;
  }
  if (batch.length > 0) yield batch;
}

export interface EventSender extends AsyncDisposable {
  readonly partitions: number;
  /**
   * @param rate events a second; undefined for as fast as it goes
   * @param onSent gets how many were sent so far
   * @throws LakeError unreadable-input naming an event that is too large
   */
  send(events: AsyncIterable<Event>, rate: number | undefined, onSent: (count: number) => void): Promise<void>;
}

/** @throws LakeError config, unreachable */
export async function openSender(
  kafka: Config['kafka'],
  variables: Environment,
  signal: AbortSignal,
): Promise<EventSender> {
  const partitions = await partitionsOf(kafka, variables, signal);
  const producer = new Producer({
    ...clientOptions(kafka, variables),
    // The broker recognises a record that is sent again after a lost answer.
    idempotent: true,
    retries: RETRIES,
  });
  return {
    partitions,
    async send(events, rate, onSent) {
      const startedAt = performance.now();
      let sent = 0;
      for await (const batch of batched(events, Math.min(MAX_BATCH_EVENTS, Math.max(1, (rate ?? Infinity) / 4)))) {
        signal.throwIfAborted();
        const first = sent;
        const messages = batch.map(({ ms, value }, index) => ({
          topic: kafka.topic,
          partition: (first + index) % partitions,
          timestamp: BigInt(ms),
          value: Buffer.from(value.buffer, value.byteOffset, value.length),
        }));
        // The producer itself tries again: it knows what the brokers have already.
        await onceWithin(kafka, signal, producer.send({ messages })).catch((error: unknown) => {
          throw tooLarge(error, kafka.topic, batch) ?? error;
        });
        sent += batch.length;
        onSent(sent);
        const restMs = rate === undefined ? 0 : (sent / rate) * 1000 - (performance.now() - startedAt);
        if (restMs > 0) await sleep(restMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    },
    async [Symbol.asyncDispose]() {
      await producer.close(true).catch(() => undefined);
    },
  };
}

function tooLarge(error: unknown, topic: string, batch: readonly Event[]): LakeError | undefined {
  if (!(error instanceof LakeError) || !TOO_LARGE.test(error.message)) return undefined;
  const largest = batch.reduce((one, other) => (other.value.length > one.value.length ? other : one));
  const what = `${largest.from} has ${largest.value.length} bytes, more than topic ${topic} takes`;
  return new LakeError('unreadable-input', `${what}; raise max.message.bytes of the topic`, { cause: error });
}

/** @returns how many partitions the topic has @throws LakeError */
async function partitionsOf(kafka: Config['kafka'], variables: Environment, signal: AbortSignal): Promise<number> {
  const admin = new Admin(clientOptions(kafka, variables));
  try {
    return await retryWithin(kafka, signal, async () => {
      const { topics } = await admin.metadata({ topics: [kafka.topic], forceUpdate: true });
      const count = topics.get(kafka.topic)?.partitionsCount ?? 0;
      const partitions = Array.from({ length: count }, (_, partitionIndex) => partitionIndex);
      const timestamp = ListOffsetTimestamps.LATEST;
      // Answers only where every partition has a leader.
      await admin.listOffsets({
        topics: [
          { name: kafka.topic, partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })) },
        ],
      });
      return count;
    });
  } finally {
    await admin.close().catch(() => undefined);
  }
}

/** @returns whether it was made: with `retention.ms=-1`, so that events of past days do not vanish @throws LakeError */
export async function makeTopic(
  kafka: Config['kafka'],
  variables: Environment,
  signal: AbortSignal,
  partitions: number,
): Promise<boolean> {
  const admin = new Admin(clientOptions(kafka, variables));
  try {
    const isThere = await retryWithin(kafka, signal, async () => (await admin.listTopics()).includes(kafka.topic));
    if (isThere) return false;
    const configs = [{ name: 'retention.ms', value: '-1' }];
    await onceWithin(kafka, signal, admin.createTopics({ topics: [kafka.topic], partitions, replicas: -1, configs }));
    await untilKnown(admin, kafka, signal);
    return true;
  } finally {
    await admin.close().catch(() => undefined);
  }
}

/** A topic is made a moment before the brokers know it, and until then they say that there is none. */
async function untilKnown(
  admin: Admin,
  { topic, timeoutSeconds }: Config['kafka'],
  signal: AbortSignal,
): Promise<void> {
  for (const endMs = performance.now() + timeoutSeconds * 1000; performance.now() < endMs; await sleep(PAUSE_MS)) {
    signal.throwIfAborted();
    const told = await admin.metadata({ topics: [topic], forceUpdate: true }).catch(() => undefined);
    if (told !== undefined) return;
  }
}
