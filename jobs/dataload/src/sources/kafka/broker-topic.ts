/** One topic as Kafka's brokers describe it: settings, offsets by time, and transactions that are open. */
import {
  Admin,
  ConfigResourceTypes,
  type Connection,
  describeProducersV0,
  FetchIsolationLevels,
  ListOffsetTimestamps,
} from '@platformatic/kafka';
import { LakeError } from 'lake';
import type { Config, Environment } from 'runtime';
import { clientOptions } from './client-options.ts';
import type { PartitionFacts, RecordAt } from './freeze-decision.ts';
import { firstRecord, type Place } from './log-reader.ts';
import { retryWithin } from './time-limit.ts';

export interface TopicSettings {
  readonly isCompacted: boolean;
  /** How long records stay by their time alone, in ms; null for ever, or where something else removes them too. */
  readonly keptMs: number | null;
  /** How long records stay, in ms; null where time does not remove them. */
  readonly retentionMs: number | null;
  /** How far behind the broker's clock a record's time may be, in ms; Infinity for no limit. */
  readonly behindMs: number;
  /** How far ahead of the broker's clock a record's time may be, in ms; 0 where the broker's clock is taken, Infinity for no limit. */
  readonly aheadMs: number;
  /** How long after its own time a record may still come, in ms; 0 where the broker's clock is taken, Infinity for no limit. */
  readonly lateMs: number;
}

/** Settings by the names that Kafka has for them. */
export type SettingsByName = Readonly<Record<string, string | null | undefined>>;

/** A century: Kafka's own word for no limit is greater than any safe integer. */
const NO_LIMIT_MS = 100 * 365 * 24 * 60 * 60 * 1000;

export function topicSettings(settings: SettingsByName): TopicSettings {
  const number = (name: string): number => Number(settings[name] ?? -1);
  const policies = (settings['cleanup.policy'] ?? 'delete').split(',');
  const isLimited = policies.includes('delete') && number('retention.ms') >= 0;
  const retentionMs = isLimited ? number('retention.ms') : null;
  const limit = (name: string): number => withoutHuge(Number(settings[name] ?? Infinity));
  const isBrokerTime = settings['message.timestamp.type'] === 'LogAppendTime';
  const behindMs = limit('message.timestamp.before.max.ms');
  return {
    isCompacted: policies.includes('compact'),
    keptMs: number('retention.bytes') >= 0 ? null : retentionMs,
    retentionMs,
    behindMs,
    aheadMs: isBrokerTime ? 0 : limit('message.timestamp.after.max.ms'),
    lateMs: isBrokerTime ? 0 : behindMs,
  };
}

const withoutHuge = (ms: number): number => (ms >= NO_LIMIT_MS ? Infinity : ms);

/** All times in ms since 1970. */
export interface LookedFor {
  readonly fromMs: number;
  /** End of the day and of the overlap; Infinity where no time proves that the day is over. */
  readonly afterMs: number;
  /** Where a record or marker has this time, the topic takes no record of the day any more; Infinity for no such time. */
  readonly noneFromMs: number;
  /** A record of a later time proves nothing. */
  readonly futureMs: number;
}

export interface OpenTransaction {
  readonly partition: number;
  readonly producerId: string;
  readonly startOffset: number;
}

/** The offsets of a partition that can be read for good. */
export interface Bounds {
  readonly partition: number;
  /** The first that retention has left. */
  readonly logStart: number;
  /** Where everything before is decided. */
  readonly stable: number;
}

export interface Leader {
  readonly connection: Connection;
  readonly place: Place;
}

/** What the time index finds: a record, or a marker of a transaction. */
type Hit = RecordAt;

export class Topic implements AsyncDisposable {
  readonly #admin: Admin;
  readonly #kafka: Config['kafka'];
  readonly #signal: AbortSignal;

  /** @throws LakeError config */
  constructor(kafka: Config['kafka'], variables: Environment, signal: AbortSignal) {
    this.#admin = new Admin(clientOptions(kafka, variables));
    this.#kafka = kafka;
    this.#signal = signal;
  }

  /** @throws LakeError config where there is no such topic; unreachable */
  settings(): Promise<TopicSettings> {
    return this.read(async () => {
      await this.#partitions();
      const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: this.#kafka.topic };
      const [description] = await this.#admin.describeConfigs({ resources: [resource] });
      return topicSettings(Object.fromEntries((description?.configs ?? []).map(({ name, value }) => [name, value])));
    });
  }

  /** @returns those of every partition, in their order @throws LakeError config, unreachable */
  bounds(): Promise<Bounds[]> {
    return this.read(async () => {
      const partitions = await this.#partitions();
      const stable = await this.#offsets(partitions, ListOffsetTimestamps.LATEST, FetchIsolationLevels.READ_COMMITTED);
      const earliest = await this.#offsets(
        partitions,
        ListOffsetTimestamps.EARLIEST,
        FetchIsolationLevels.READ_UNCOMMITTED,
      );
      return partitions.map((partition) => ({
        partition,
        logStart: earliest.get(partition)?.offset ?? 0,
        stable: stable.get(partition)?.offset ?? 0,
      }));
    });
  }

  /** @returns the facts of every partition, in their order @throws LakeError config, unreachable */
  facts(wanted: LookedFor): Promise<PartitionFacts[]> {
    return this.read(async () => {
      const partitions = await this.#partitions();
      const at = (timestamp: number | bigint, level: keyof typeof FetchIsolationLevels = 'READ_UNCOMMITTED') =>
        this.#offsets(partitions, BigInt(timestamp), FetchIsolationLevels[level]);
      const ofDay = await at(wanted.fromMs);
      const offsetsFrom = async (ms: number) => {
        const hits = ms === Infinity ? [] : [...(await at(ms))];
        return new Map(hits.flatMap(([partition, hit]) => (hit.ms > wanted.futureMs ? [] : [[partition, hit.offset]])));
      };
      const after = await offsetsFrom(wanted.afterMs);
      const none = await offsetsFrom(wanted.noneFromMs);
      const youngest = await at(ListOffsetTimestamps.MAX);
      // In this order a transaction that begins meanwhile is not taken for one that is open all along.
      const high = await at(ListOffsetTimestamps.LATEST);
      const stable = await at(ListOffsetTimestamps.LATEST, 'READ_COMMITTED');
      const earliest = await at(ListOffsetTimestamps.EARLIEST);
      return await Promise.all(
        partitions.map(async (partition) => {
          const logStart = earliest.get(partition)?.offset ?? 0;
          return {
            partition,
            logStart,
            stable: stable.get(partition)?.offset ?? 0,
            highWatermark: high.get(partition)?.offset ?? 0,
            first: logStart === 0 ? null : await this.#firstLeft(partition, logStart),
            firstOfDay: ofDay.get(partition)?.offset ?? firstIfAny(logStart, youngest.get(partition), wanted),
            afterDay: after.get(partition) ?? null,
            noneFrom: none.get(partition) ?? null,
          };
        }),
      );
    });
  }

  /** Transactions that are open in the partitions; empty where the brokers do not say. */
  async openTransactions(partitions: readonly number[]): Promise<OpenTransaction[]> {
    try {
      return (await Promise.all(partitions.map((partition) => this.#openTransactions(partition)))).flat();
    } catch {
      // Only makes a message better.
      return [];
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#admin.close().catch(() => undefined);
  }

  /** Tried again while only the network is to blame. @throws LakeError config, unreachable */
  read<T>(call: () => Promise<T>): Promise<T> {
    return retryWithin(this.#kafka, this.#signal, call);
  }

  async #partitions(): Promise<number[]> {
    const { topic: name } = this.#kafka;
    const { topics } = await this.#admin.metadata({ topics: [name], autocreateTopics: false, forceUpdate: true });
    const topic = topics.get(name);
    if (topic === undefined) throw new LakeError('unreachable', `Kafka does not tell the partitions of topic ${name}`);
    return topic.partitions.map((_, partition) => partition);
  }

  /** @returns by partition; one without such an offset is left out */
  async #offsets(
    partitions: readonly number[],
    timestamp: bigint,
    isolationLevel: 0 | 1,
  ): Promise<ReadonlyMap<number, Hit>> {
    const wanted = partitions.map((partitionIndex) => ({ partitionIndex, timestamp }));
    const [listed] = await this.#admin.listOffsets({
      topics: [{ name: this.#kafka.topic, partitions: wanted }],
      isolationLevel,
    });
    const found = (listed?.partitions ?? []).filter(({ offset }) => offset >= 0n);
    return new Map(
      found.map(({ partitionIndex, offset, timestamp: ms }) => [
        partitionIndex,
        { offset: Number(offset), ms: Number(ms) },
      ]),
    );
  }

  async #firstLeft(partition: number, logStart: number): Promise<RecordAt | null> {
    const { connection, place } = await this.leader(partition);
    return (await firstRecord(connection, place, logStart)) ?? null;
  }

  async #openTransactions(partition: number): Promise<OpenTransaction[]> {
    const { connection } = await this.leader(partition);
    const topics = [{ name: this.#kafka.topic, partitionIndexes: [partition] }];
    const { topics: told } = await describeProducersV0.api.async(connection, topics);
    return (told[0]?.partitions[0]?.activeProducers ?? [])
      .filter(({ currentTxnStartOffset }) => currentTxnStartOffset >= 0n)
      .map(({ producerId, currentTxnStartOffset }) => ({
        partition,
        producerId: String(producerId),
        startOffset: Number(currentTxnStartOffset),
      }));
  }

  /** @throws Error of the client */
  async leader(partition: number): Promise<Leader> {
    const metadata = await this.#admin.metadata({ topics: [this.#kafka.topic], autocreateTopics: false });
    const topic = metadata.topics.get(this.#kafka.topic);
    const { leader = -1, leaderEpoch = -1 } = topic?.partitions[partition] ?? {};
    const connection = (await this.#admin.connectToBrokers([leader])).get(leader);
    if (connection === undefined || topic === undefined) throw new Error(`partition ${partition} has no leader`);
    return { connection, place: { topicId: topic.id, partition, leaderEpoch } };
  }
}

/**
 * The index says that there is nothing when it first comes upon a record that was deleted but still lies in its file: then
 * anything that is left may be of the day.
 */
function firstIfAny(logStart: number, youngest: Hit | undefined, { fromMs }: LookedFor): number | null {
  return youngest !== undefined && youngest.ms >= fromMs ? logStart : null;
}
