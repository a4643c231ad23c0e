/** Kafka, an S3 store and Spark as containers on a network of their own, and the job images among them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { S3Client, CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { JobName } from 'lake';
import { freePort } from 'lake/testing/watched-process';
import { GenericContainer, Network, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers';
import { command, docker, imageOf, LOCKED_UP, SHORT_LIVED } from './image-docker.ts';
import type { Ended } from '../processes.ts';

const KAFKA_VERSION = /<kafka\.version>(.*)<\/kafka\.version>/;
const KAFKA = `apache/kafka:${KAFKA_VERSION.exec(readFileSync('docker/offline/kafka/pom.xml', 'utf8'))?.[1]}`;
const STORE = 'versity/versitygw:v1.8.0';
const [LAKE, OUTPUT, TOPIC] = ['events', 'reports', 'recipe_changes'] as const;
const START_MS = 300_000;

export interface ImageStack extends AsyncDisposable {
  readonly topic: string;
  /** For whoever is not on the network. */
  readonly broker: string;
  /** All that must be in no log and on no command line. */
  readonly secrets: readonly string[];
  /** Runs a job's image, locked up as the scheduler does. @param changed variables that differ from the right ones */
  run(
    job: JobName,
    words: readonly string[],
    changed?: Readonly<Record<string, string>>,
  ): Promise<Pick<Ended, 'exitCode' | 'stdout' | 'stderr'>>;
  /** The text of an object of the output. */
  report(key: string): Promise<string>;
}

/** @throws Error where a container does not become healthy */
export async function imageStack(): Promise<ImageStack> {
  await using starting = new AsyncDisposableStack();
  const keys = { AWS_ACCESS_KEY_ID: `key${randomBytes(6).toString('hex')}`, AWS_SECRET_ACCESS_KEY: secret() };
  const token = secret();
  const network = await new Network().start();
  starting.defer(async () => void (await network.stop()));
  const certificates = `images-test-${randomUUID().slice(0, 8)}`;
  await docker('volume', 'create', certificates);
  starting.defer(async () => void (await docker('volume', 'rm', certificates)));
  const port = await freePort();

  const started = async (container: Promise<StartedTestContainer>): Promise<StartedTestContainer> => {
    const it = await container;
    starting.defer(async () => void (await it.stop({ removeVolumes: true })));
    return it;
  };
  const starts = [
    started(startStore(network, keys)),
    started(startKafka(network, port)),
    started(startSpark(network, certificates, { ...keys, SPARK_CONNECT_AUTHENTICATE_TOKEN: token })),
  ] as const;
  // All are waited for, so that none is left behind where another fails.
  await Promise.allSettled(starts);
  const [store, kafka] = await Promise.all(starts);
  const endpoint = `http://127.0.0.1:${store.getMappedPort(7070)}`;
  const client = clientOf(endpoint, keys);
  starting.defer(() => Promise.resolve(client.destroy()));
  for (const Bucket of [LAKE, OUTPUT]) await client.send(new CreateBucketCommand({ Bucket }));

  const plain = {
    RECIPE_ETL_LAKE: `s3://${LAKE}/lake`,
    RECIPE_ETL_OUTPUT: `s3://${OUTPUT}`,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: 'http://object-store:7070',
    KAFKA_BROKER: 'kafka:9092',
    KAFKA_TOPIC: TOPIC,
    NODE_EXTRA_CA_CERTS: '/run/certificates/ca.pem',
  };
  const hidden = { ...keys, SPARK_REMOTE: `sc://spark-connect:15002/;use_ssl=true;token=${token}` };
  const variables = { ...plain, ...hidden };
  const named = Object.keys(variables).flatMap((name) => ['--env', name]);
  const where = ['--network', network.getName(), '--volume', `${certificates}:/run/certificates:ro`];
  const cleanup = starting.move();
  return {
    topic: TOPIC,
    broker: `127.0.0.1:${kafka.getMappedPort(29_092)}`,
    secrets: [keys.AWS_SECRET_ACCESS_KEY, token],
    // Names of variables only: what they hold is on no command line.
    run: (job, words, changed = {}) =>
      command(['docker', 'run', '--rm', ...LOCKED_UP, ...where, ...named, imageOf(job), ...words], {
        ...variables,
        ...changed,
      }),
    async report(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: OUTPUT, Key }));
      return (await Body?.transformToString()) ?? '';
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

const secret = (): string => randomBytes(20).toString('hex');

function startStore(network: StartedNetwork, keys: Readonly<Record<string, string>>): Promise<StartedTestContainer> {
  return new GenericContainer(STORE)
    .withCommand(['--port', ':7070', '--health', '/health', 'posix', '/data'])
    .withEnvironment({
      ROOT_ACCESS_KEY: keys['AWS_ACCESS_KEY_ID'] ?? '',
      ROOT_SECRET_KEY: keys['AWS_SECRET_ACCESS_KEY'] ?? '',
    })
    .withNetwork(network)
    .withNetworkAliases('object-store')
    .withExposedPorts(7070)
    .withWaitStrategy(Wait.forHttp('/health', 7070))
    .withStartupTimeout(START_MS)
    .start();
}

/** @param port of this machine at which whoever sends events reaches the broker */
function startKafka(network: StartedNetwork, port: number): Promise<StartedTestContainer> {
  return new GenericContainer(KAFKA)
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENERS: 'INSIDE://:9092,OUTSIDE://:29092,CONTROLLER://localhost:9093',
      KAFKA_ADVERTISED_LISTENERS: `INSIDE://kafka:9092,OUTSIDE://127.0.0.1:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withNetwork(network)
    .withNetworkAliases('kafka')
    .withExposedPorts({ container: 29_092, host: port })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(START_MS)
    .start();
}

function startSpark(
  network: StartedNetwork,
  certificates: string,
  hidden: Readonly<Record<string, string>>,
): Promise<StartedTestContainer> {
  return new GenericContainer(imageOf('spark-connect'))
    .withEnvironment({ ...hidden, ...SHORT_LIVED, AWS_REGION: 'us-east-1' })
    .withNetwork(network)
    .withNetworkAliases('spark-connect')
    .withBindMounts([{ source: certificates, target: '/run/certificates', mode: 'rw' }])
    .withWaitStrategy(Wait.forHealthCheck())
    .withStartupTimeout(START_MS)
    .start();
}

function clientOf(endpoint: string, keys: Readonly<Record<string, string>>): S3Client {
  const credentials = {
    accessKeyId: keys['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: keys['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
}
