/** Kafka behind a login: Spark gets in by its own environment, and the password is in nothing that can be read. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freezeOffsets, frozenRecords } from 'dataload/kafka';
import { connectOptions, loadConfig } from 'runtime';
import { SparkSession } from 'spark-connect';
import { type LocalServer, startLocalServer } from 'spark-connect/server';
import { sized } from 'spark-connect/testing/size';
import { freezingRun } from '../../lakes/kafka-day.ts';
import { recordSender } from '../../lakes/kafka-records.ts';
import { DATE } from '../../lakes/kafka-topics.ts';
import { type Broker, type KafkaProtocol, sharedBroker } from '../../servers/broker.ts';
import { TEST_REMOTE, TEST_SPARK_LOG } from '../../lakes/in-process.ts';
import { scriptOf } from '../../lakes/process-lake.ts';
import { type Ended, runScript, summaryOf, type Variables } from '../../processes.ts';
import { sparkUi } from '../../servers/spark-ui.ts';
import { smallLines } from '../../events/small-day.ts';

const TOPIC = 'secrets';
const ROWS = 20;
const WRONG = 'not-the-password-of-anybody';
/** Limit of the configuration, and the start of a job. */
const LIMIT_MS = 60_000;
const kafka: Broker = sharedBroker();
let folder: string;
/** What was read, by where it stood. */
const readable = new Map<string, string>();

/** A Spark server that believes to know the login. */
async function sparkWithWrongPassword(): Promise<LocalServer> {
  const login = { KAFKA_USERNAME: kafka.user.username, KAFKA_PASSWORD: WRONG };
  Object.assign(process.env, login);
  try {
    const logFile = join(folder, 'spark.log');
    return await startLocalServer({ jarsDir: process.env['SPARK_JARS'] ?? '', logFile, heap: '1g' });
  } finally {
    for (const name of Object.keys(login)) delete process.env[name];
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-etl-kafka-'));
  await kafka.createTopic(TOPIC, 1);
  await using sender = recordSender(kafka.broker, TOPIC);
  const atMs = Date.parse(DATE);
  await sender.send(smallLines('secret', ROWS).map((value, index) => ({ partition: 0, ms: atMs + index, value })));
  await sender.send([{ partition: 0, ms: atMs + 100, value: '{"url":' }]);
});
afterAll(async () => {
  await kafka[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const variables = (protocol: KafkaProtocol, mechanism: string, password: string, lake: string): Variables => ({
  KAFKA_BROKER: kafka.listeners[protocol],
  KAFKA_TOPIC: TOPIC,
  KAFKA_SECURITY_PROTOCOL: protocol,
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_CA_FILE: kafka.caFile,
  KAFKA_USERNAME: kafka.user.username,
  KAFKA_PASSWORD: password,
  RECIPE_ETL_LAKE: join(folder, lake),
  RECIPE_ETL_OUTPUT: join(folder, 'output'),
  SPARK_REMOTE: TEST_REMOTE,
});

async function run(name: string, given: Variables): Promise<Ended> {
  const ended = await runScript(scriptOf('dataload'), ['--date', DATE, '--source', 'kafka'], given);
  readable.set(`stdout of ${name}`, ended.stdout).set(`stderr of ${name}`, ended.stderr);
  expect(ended.elapsedMs).toBeLessThan(LIMIT_MS);
  return ended;
}

/** The client itself is tried with every pair (kafka-reach). */
const THROUGH_SPARK = sized<readonly (readonly [KafkaProtocol, string])[]>(
  [['SASL_SSL', 'SCRAM-SHA-512']],
  [
    ['SASL_PLAINTEXT', 'PLAIN'],
    ['SASL_PLAINTEXT', 'SCRAM-SHA-256'],
    ['SASL_SSL', 'SCRAM-SHA-512'],
  ],
);

test.each(THROUGH_SPARK)('a day lands and is judged by %s and %s', async (protocol, mechanism) => {
  const name = `${protocol} ${mechanism}`;
  const ended = await run(name, variables(protocol, mechanism, kafka.user.password, name));
  expect(summaryOf(ended)).toMatchObject({ outcome: 'published', counts: { read: ROWS + 1, published: ROWS } });
});

test('a job that has a wrong password ends with exit code 2', async () => {
  const ended = await run('a wrong password', variables('SASL_PLAINTEXT', 'PLAIN', WRONG, 'wrong'));
  expect(summaryOf(ended)).toMatchObject({ exitCode: 2, message: expect.stringContaining('KAFKA_PASSWORD') });
});

test('a Spark server that has a wrong password ends the run with exit code 2, and is named', async () => {
  await using other = await sparkWithWrongPassword();
  const given = variables('SASL_PLAINTEXT', 'SCRAM-SHA-256', kafka.user.password, 'spark');
  const ended = await run('a Spark with a wrong password', { ...given, SPARK_REMOTE: other.remote });
  expect(summaryOf(ended)).toMatchObject({ exitCode: 2, message: expect.stringContaining('the Spark server') });
});

test("Spark tells its plans, its configuration and its users' interface", async () => {
  const given = variables('SASL_PLAINTEXT', 'SCRAM-SHA-256', kafka.user.password, 'plans') as Record<string, string>;
  const config = loadConfig('local', 'configs', given);
  const { run: freezing } = freezingRun({ ...config.kafka, closeWaitMinutes: 0 }, DATE, [], {
    variables: given,
  });
  const frozen = await freezeOffsets(freezing);
  const { signal } = new AbortController();
  await using session = await SparkSession.connect(connectOptions({ config, job: 'dataload', signal }));
  const records = frozenRecords(session, config.kafka, frozen, given);
  expect(await records.count()).toBe(BigInt(ROWS + 1));
  readable.set('the plan', await records.explain('extended'));
  readable.set('the plan as it is sent', JSON.stringify(records.toPlan(), bigintAsText));
  readable.set('SET -v', JSON.stringify(await session.sql('SET -v').collect()));
  for (const [page, text] of await sparkUi()) readable.set(page, text);
  expect(readable.get('the plan as it is sent')).toContain('KAFKA_PASSWORD');
  expect(readable.get("the UI's executions")).toContain('kafka');
});

const bigintAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

test('and the password is in none of it', async () => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  readable.set('the log of the Spark of all tests', await readFile(TEST_SPARK_LOG, 'latin1'));
  for (const { parentPath, name } of files) {
    readable.set(join(parentPath, name), (await readFile(join(parentPath, name))).toString('latin1'));
  }
  const names = [...readable.keys()];
  for (const kind of ['spark.log', 'kafka.parquet', 'quarantine', join('manifests', 'landing')])
    expect(names.filter((name) => name.includes(kind))).not.toEqual([]);
  const inJson = JSON.stringify(kafka.user.password).slice(1, -1);
  expect(inJson).toContain('\\"');
  for (const password of [kafka.user.password, inJson, WRONG])
    expect(names.filter((name) => readable.get(name)?.includes(password))).toEqual([]);
});
