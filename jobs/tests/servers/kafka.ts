/** Starts a real Kafka broker on the loopback, with listeners of every kind, in a folder of its own. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from '@platformatic/kafka';
import { freePort, startWatched, type WatchedProcess } from 'lake/testing/watched-process';
import { makeCertificates } from 'spark-connect/testing';
import { type Broker, type BrokerAccess, brokerAt, PROTOCOLS } from './broker.ts';

const READY_MS = 90_000;
const SCRAM = ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
const MECHANISMS = ['PLAIN', ...SCRAM] as const;
const JAVA = ['java', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export interface Kafka extends Broker {
  pid(): number;
  /** What the broker wrote on its outputs so far. */
  said(): string;
  /** Ends the broker at once, as a power cut does; its data stays. */
  kill(): Promise<void>;
  /** Starts the killed broker again, on the same data and ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error where the jars are missing or the broker does not answer */
export async function startKafka(
  user: BrokerAccess['user'] = { username: 'etl', password: randomBytes(12).toString('hex') },
): Promise<Kafka> {
  const classPath = `${brokerJars()}/*`;
  const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
  const [log, configFile] = [join(folder, 'broker.log'), join(folder, 'server.properties')];
  const ports = await Promise.all([...PROTOCOLS, 'CONTROLLER'].map(async () => await freePort()));
  const address = (index: number): string => `127.0.0.1:${ports[index]}`;
  const listeners = Object.fromEntries(
    PROTOCOLS.map((name, index) => [name, address(index)]),
  ) as BrokerAccess['listeners'];
  const { caFile, server } = makeCertificates(folder);
  const keyStore = join(folder, 'server-both.pem');
  writeFileSync(keyStore, readFileSync(server.keyFile, 'utf8') + readFileSync(server.certFile, 'utf8'));
  const properties = brokerProperties(listeners, address(PROTOCOLS.length), join(folder, 'data'), keyStore, user);
  writeFileSync(
    configFile,
    Object.entries(properties).reduce((all, [key, value]) => `${all}${key}=${value}\n`, ''),
  );
  const access = brokerAt({ listeners, user, caFile });
  const start = (): WatchedProcess => {
    const output = openSync(log, 'a');
    const options = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];
    const command = [...JAVA, ...options, '-cp', classPath, 'kafka.Kafka', configFile];
    const started = startWatched(folder, command, { PATH: process.env['PATH'] }, [output, output]);
    closeSync(output);
    return started;
  };
  const said = (): string => readFileSync(log, 'utf8');
  let broker: WatchedProcess | undefined;
  const startAndWait = async (): Promise<void> => {
    broker = start();
    await ready(broker, access.admin, said);
  };
  const stop = async (): Promise<void> => {
    await access[Symbol.asyncDispose]();
    await broker?.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await format(classPath, configFile, user);
    await startAndWait();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...access,
    pid: () => broker?.pid ?? 0,
    said,
    kill: async () => await broker?.end('SIGKILL'),
    restart: startAndWait,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function brokerJars(): string {
  const file = join('.cache', 'kafka-jars');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`there is no ${file}: run the tests by npm test, which fetches the Kafka broker`);
  }
}

function brokerProperties(
  listeners: BrokerAccess['listeners'],
  controller: string,
  data: string,
  keyStore: string,
  { username, password }: BrokerAccess['user'],
): Record<string, string> {
  const all = { ...listeners, CONTROLLER: controller };
  const saslOf = (protocol: 'sasl_plaintext' | 'sasl_ssl') =>
    MECHANISMS.map((mechanism) => {
      const jaas =
        mechanism === 'PLAIN'
          ? `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}='${password}';`
          : 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
      return [`listener.name.${protocol}.${mechanism.toLowerCase()}.sasl.jaas.config`, jaas];
    });
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: Object.entries(all)
      .map(([name, address]) => `${name}://${address}`)
      .join(','),
    'listener.security.protocol.map': [...PROTOCOLS.map((name) => `${name}:${name}`), 'CONTROLLER:PLAINTEXT'].join(','),
    'sasl.enabled.mechanisms': MECHANISMS.join(','),
    ...Object.fromEntries([...saslOf('sasl_plaintext'), ...saslOf('sasl_ssl')]),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyStore,
    'log.dirs': data,
    'auto.create.topics.enable': 'false',
    // One broker, little memory, and nobody to wait for.
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.num.partitions': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'log.cleaner.dedupe.buffer.size': '4194304',
    // A killed broker may come back as soon as its last session is over.
    'broker.session.timeout.ms': '1000',
    'broker.heartbeat.interval.ms': '200',
  };
}

/** Users of SCRAM are part of a new cluster's first records. */
async function format(classPath: string, configFile: string, user: BrokerAccess['user']): Promise<void> {
  const users = SCRAM.flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${user.username},password=${user.password}]`,
  ]);
  // It may begin with a dash, which by itself would look like an option.
  const id = randomBytes(16).toString('base64url');
  const words = [
    '-cp',
    classPath,
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${id}`,
    '-c',
    configFile,
    ...users,
  ];
  const tool = spawn('java', [...JAVA.slice(1), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, [code]] = await Promise.all([
    text(tool.stderr),
    once(tool, 'exit') as Promise<[number | null]>,
    text(tool.stdout),
  ]);
  if (code !== 0) throw new Error(`the broker's storage was not formatted (${code}): ${said}`);
}

async function ready(broker: WatchedProcess, admin: Admin, said: () => string): Promise<void> {
  for (const end = performance.now() + READY_MS; performance.now() < end; await sleep(100)) {
    if (broker.hasEnded()) throw new Error(`the Kafka broker ended before it answered:\n${said()}`);
    const topics = await admin.listTopics().catch(() => undefined);
    if (topics !== undefined) return;
  }
  throw new Error(`the Kafka broker does not answer:\n${said()}`);
}
