import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freezeOffsets } from 'dataload/kafka';
import type { Config, Environment } from 'runtime';
import { freezingRun, HOUR_MS, kafkaConfig } from '../../lakes/kafka-day.ts';
import { recordSender } from '../../lakes/kafka-records.ts';
import { DATE, failure, FROM_MS } from '../../lakes/kafka-topics.ts';
import { startKafka, type Kafka } from '../../servers/kafka.ts';
import { closedPort, silentPort } from '../../servers/unreachable-servers.ts';

const TOPIC = 'changes';
/** Generous: the machine may be busy. */
const SLACK_MS = 10_000;

let kafka: Kafka;
beforeAll(async () => {
  kafka = await startKafka();
  await kafka.createTopic(TOPIC, 1);
  await using sender = recordSender(kafka.broker, TOPIC);
  await sender.send([{ partition: 0, ms: FROM_MS + 5, value: 'x' }]);
});
afterAll(async () => {
  await kafka.stop();
});

async function freezing(broker: string, change: Partial<Config['kafka']> = {}, variables: Environment = {}) {
  const config = kafkaConfig(broker, TOPIC, { closeWaitMinutes: 0, ...change });
  const { partitions } = await freezeOffsets(freezingRun(config, DATE, [], { variables }).run);
  return partitions;
}

const DAY = [{ partition: 0, start: 0, end: 1 }];

describe.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)('SASL %s', (mechanism) => {
  test.each(['SASL_PLAINTEXT', 'SASL_SSL'] as const)(
    'by %s lets in who has the password, and nobody else',
    async (protocol) => {
      const security = { protocol, mechanism, caFile: kafka.caFile };
      const broker = kafka.listeners[protocol];
      const { username, password } = kafka.user;
      const login = (word: string) =>
        freezing(broker, { security }, { KAFKA_USERNAME: username, KAFKA_PASSWORD: word });
      expect(await login(password)).toStrictEqual(DAY);
      const refused = login('not-the-password');
      await expect(refused).rejects.toThrow(failure('config', 2, /refuses the login by .*KAFKA_PASSWORD/));
      await expect(refused).rejects.not.toThrow(/not-the-password/);
    },
  );
});

describe('security', () => {
  const ssl = (caFile: string | null) => ({ security: { protocol: 'SSL', mechanism: 'PLAIN', caFile } as const });

  test('SSL needs an authority that is known', async () => {
    expect(await freezing(kafka.listeners.SSL, ssl(kafka.caFile))).toStrictEqual(DAY);
    const refused = freezing(kafka.listeners.SSL, ssl(null));
    await expect(refused).rejects.toThrow(failure('config', 2, /is not trusted .*security\.ca_file/));
  });

  test('a file of authorities that is not there is named', async () => {
    const refused = freezing(kafka.listeners.SSL, ssl('/no/such.pem'));
    await expect(refused).rejects.toThrow(failure('config', 2, /security\.ca_file .*\/no\/such\.pem cannot be read/));
  });

  test('SASL without credentials is told before anybody is asked', async () => {
    const security = { protocol: 'SASL_SSL', mechanism: 'PLAIN', caFile: null } as const;
    const refused = freezing('127.0.0.1:1', { security }, { KAFKA_USERNAME: 'etl' });
    await expect(refused).rejects.toThrow(failure('config', 2, /SASL needs KAFKA_PASSWORD/));
  });

  test('a listener that speaks TLS is told from a dead one', async () => {
    const refused = freezing(kafka.listeners.SSL, { timeoutSeconds: 5 });
    await expect(refused).rejects.toThrow(failure('config', 2, /speaks TLS; check security\.protocol/));
  });
});

test('a topic that is not there is named, and not made', async () => {
  const refused = freezing(kafka.broker, { topic: 'recipe-changes' });
  await expect(refused).rejects.toThrow(failure('config', 2, /no topic recipe-changes at 127\.0\.0\.1/));
  expect(await kafka.admin.listTopics()).toStrictEqual([TOPIC]);
});

test('without brokers nothing is asked', async () => {
  await expect(freezing('')).rejects.toThrow(failure('config', 2, /no brokers in kafka_config\.yml/));
});

describe('a broker that is not there', () => {
  test.each([
    ['refuses connections', closedPort],
    ['takes connections and is silent', silentPort],
  ])('and %s is given up after the timeout', async (_, open) => {
    await using dead = await open();
    const startedAt = performance.now();
    const given = freezing(dead.address, { timeoutSeconds: 2 });
    await expect(given).rejects.toThrow(
      failure('unreachable', 6, /Kafka at 127\.0\.0\.1:\d+ gave no answer within 2 s/),
    );
    const elapsedMs = performance.now() - startedAt;
    expect(elapsedMs).toBeGreaterThan(1_500);
    expect(elapsedMs).toBeLessThan(2_000 + SLACK_MS);
  });

  test('is no matter while another one of the list is', async () => {
    await using dead = await closedPort();
    expect(await freezing(`${dead.address},${kafka.broker}`)).toStrictEqual(DAY);
  });
});

describe('a broker that dies while a run waits for the day to close', () => {
  const recentMs = Date.parse(new Date(Date.now() - 48 * HOUR_MS).toISOString().slice(0, 10));
  const recent = new Date(recentMs).toISOString().slice(0, 10);

  /** Starts a run that waits. */
  async function waiting(topic: string, timeoutSeconds: number) {
    await kafka.createTopic(topic, 1);
    const change = { closeWaitMinutes: 3, graceMinutes: 5 * 24 * 60, timeoutSeconds };
    const { run, progress } = freezingRun(kafkaConfig(kafka.broker, topic, change), recent);
    const result = freezeOffsets(run);
    result.catch(() => undefined);
    while (![...progress].some((text) => text.includes('waiting for the day to close'))) await pause();
    return { result };
  }

  test('and comes back is waited for', async () => {
    const { result } = await waiting('back', 60);
    await kafka.kill();
    await kafka.restart();
    await using sender = recordSender(kafka.broker, 'back');
    await sender.send([{ partition: 0, ms: recentMs + 25.5 * HOUR_MS, value: 'x' }]);
    expect((await result).partitions).toStrictEqual([{ partition: 0, start: 0, end: 1 }]);
  });

  test('and stays away is given up after the timeout', async () => {
    const { result } = await waiting('away', 2);
    const startedAt = performance.now();
    await kafka.kill();
    await expect(result).rejects.toThrow(failure('unreachable', 6, /gave no answer within 2 s/));
    expect(performance.now() - startedAt).toBeLessThan(4_000 + SLACK_MS);
  });
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
