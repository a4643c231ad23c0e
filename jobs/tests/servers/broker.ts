/** A Kafka broker as tests use it: the one that all of them share, or one of their own (kafka.ts). */
import { setTimeout as sleep } from 'node:timers/promises';
import { Admin, ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka';

const { SET } = IncrementalAlterConfigOperationTypes;
const READY_MS = 90_000;
export const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;

export type KafkaProtocol = (typeof PROTOCOLS)[number];

/** How a broker is reached, as plain data. */
export interface BrokerAccess {
  /** `127.0.0.1:port` of each kind of listener; the SASL ones take PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512. */
  readonly listeners: Readonly<Record<KafkaProtocol, string>>;
  /** The only user. */
  readonly user: { readonly username: string; readonly password: string };
  /** Who signed the certificates of the SSL listeners, in PEM. */
  readonly caFile: string;
}

export interface Broker extends BrokerAccess, AsyncDisposable {
  /** `127.0.0.1:port` of the listener without any security. */
  readonly broker: string;
  /** On the listener without security. */
  readonly admin: Admin;
  /** @param configs of the topic, such as `{ 'retention.ms': '-1' }`, which is the default */
  createTopic(topic: string, partitions: number, configs?: Readonly<Record<string, string>>): Promise<void>;
  /** Adds partitions until there are so many. */
  addPartitions(topic: string, count: number): Promise<void>;
  /** Changes settings of a topic. */
  configure(topic: string, configs: Readonly<Record<string, string>>): Promise<void>;
  /** Removes all records of a partition below the offset, as retention does. */
  deleteRecords(topic: string, partition: number, before: number): Promise<void>;
}

/** The broker that jest's globalSetup started: tests keep to topics of their own, whose names nobody else has. */
export function sharedBroker(): Broker {
  return brokerAt(JSON.parse(process.env['TEST_KAFKA'] ?? '') as BrokerAccess);
}

export function brokerAt(access: BrokerAccess): Broker {
  const broker = access.listeners.PLAINTEXT;
  const admin = new Admin({
    clientId: 'tests',
    bootstrapBrokers: [broker],
    retries: 0,
    connectTimeout: 2_000,
    requestTimeout: 10_000,
  });
  return {
    ...access,
    broker,
    admin,
    async createTopic(topic, partitions, configs = { 'retention.ms': '-1' }) {
      const settings = Object.entries(configs).map(([name, value]) => ({ name, value }));
      await admin.createTopics({ topics: [topic], partitions, replicas: 1, configs: settings });
      await answering(admin, topic, partitions);
    },
    async addPartitions(topic, count) {
      await admin.createPartitions({ topics: [{ name: topic, count, assignments: null }] });
      await answering(admin, topic, count);
    },
    async configure(topic, settings) {
      const configs = Object.entries(settings).map(([name, value]) => ({ name, value, configOperation: SET }));
      const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configs };
      await admin.incrementalAlterConfigs({ resources: [resource] });
    },
    async deleteRecords(topic, partition, before) {
      await admin.deleteRecords({ topics: [{ name: topic, partitions: [{ partition, offset: BigInt(before) }] }] });
    },
    async [Symbol.asyncDispose]() {
      await admin.close();
    },
  };
}

/** A new partition takes a moment until it has a leader; whoever sends before that sends twice. */
async function answering(admin: Admin, topic: string, count: number): Promise<void> {
  const partitions = Array.from({ length: count }, (_, partitionIndex) => ({ partitionIndex, timestamp: -1n }));
  for (const end = performance.now() + READY_MS; performance.now() < end; await sleep(20)) {
    const all = { topics: [topic], forceUpdate: true };
    const isThere = await admin
      .metadata(all)
      .then(async () => await admin.listOffsets({ topics: [{ name: topic, partitions }] }))
      .then(
        () => true,
        () => false,
      );
    if (isThere) return;
  }
  throw new Error(`topic ${topic} does not get its ${count} partitions`);
}
