/** Records put into a topic of a test: partition and time of each are given; in transactions that commit, abort or stay open. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Admin, Producer, type MessageToProduce } from '@platformatic/kafka';

export interface TestRecord {
  readonly partition: number;
  /** In ms since 1970. */
  readonly ms: number;
  /** Null for a tombstone. */
  readonly value: Uint8Array | string | null;
  readonly key?: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RecordSender extends AsyncDisposable {
  /** Records of a partition keep their order. */
  send(records: readonly TestRecord[]): Promise<void>;
  /** Sends them in one transaction and ends it so, or not at all. */
  sendInTransaction(records: readonly TestRecord[], end: 'commit' | 'abort' | 'leave open'): Promise<void>;
  /** Has the broker abort what was left open, as it does with producers that are gone for long. */
  abortOpen(): Promise<void>;
}

/** A request may hold 1 MB. */
const AT_ONCE = 500;

/** @param broker `host:port` of a listener without security */
export function recordSender(broker: string, topic: string): RecordSender {
  const producers = new Set<Producer>();
  const producer = (transactionalId?: string): Producer => {
    const made = new Producer({
      clientId: 'tests',
      bootstrapBrokers: [broker],
      autocreateTopics: false,
      ...(transactionalId === undefined ? {} : { idempotent: true, transactionalId }),
    });
    producers.add(made);
    return made;
  };
  const plain = producer();
  const open: { readonly id: string; readonly partitions: readonly number[] }[] = [];
  const admin = new Admin({ clientId: 'tests', bootstrapBrokers: [broker] });
  const ends = async (partitions: readonly number[]): Promise<bigint[]> => {
    const wanted = partitions.map((partitionIndex) => ({ partitionIndex, timestamp: -1n }));
    const [listed] = await admin.listOffsets({ topics: [{ name: topic, partitions: wanted }] });
    const offsets = new Map(listed?.partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset]));
    return partitions.map((partition) => offsets.get(partition) ?? -1n);
  };
  /** The marker of a transaction's end is written a moment after the answer; what a test does next is to find it there. */
  const endedBy = async (partitions: readonly number[], end: () => Promise<unknown>): Promise<void> => {
    const before = await ends(partitions);
    await end();
    while ((await ends(partitions)).some((offset, index) => offset === before[index])) await sleep(10);
  };
  const messages = (records: readonly TestRecord[]) => records.map((record) => messageOf(topic, record));
  return {
    async send(records) {
      for (let from = 0; from < records.length; from += AT_ONCE) {
        await plain.send({ messages: messages(records.slice(from, from + AT_ONCE)) });
      }
    },
    async sendInTransaction(records, end) {
      const id = `tests-${randomBytes(6).toString('hex')}`;
      const transactional = producer(id);
      const transaction = await transactional.beginTransaction();
      for (let from = 0; from < records.length; from += AT_ONCE) {
        await transaction.send({ messages: messages(records.slice(from, from + AT_ONCE)) });
      }
      const partitions = [...new Set(records.map(({ partition }) => partition))];
      if (end === 'leave open') {
        open.push({ id, partitions });
        return;
      }
      await endedBy(partitions, async () => await transaction[end]());
      producers.delete(transactional);
      await transactional.close();
    },
    async abortOpen() {
      // Whoever takes a name over ends what the one before had begun; what it is answered meanwhile does not matter.
      for (const { id, partitions } of open.splice(0)) {
        await endedBy(
          partitions,
          async () =>
            await producer(id)
              .beginTransaction()
              .catch(() => undefined),
        );
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([admin.close(), ...[...producers].map(async (one) => await one.close(true))]);
    },
  };
}

function messageOf(topic: string, { partition, ms, value, key, headers }: TestRecord): MessageToProduce {
  const entries = Object.entries(headers ?? {}).map(([name, text]) => [Buffer.from(name), Buffer.from(text)] as const);
  return {
    topic,
    partition,
    timestamp: BigInt(ms),
    ...(value === null ? {} : { value: Buffer.from(value) }),
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
    ...(entries.length === 0 ? {} : { headers: new Map(entries) }),
  };
}
