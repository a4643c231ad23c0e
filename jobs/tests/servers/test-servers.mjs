/** One Spark, one S3 server and one Kafka broker for all integration tests, side by side: jest's globalSetup. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startVersitygw } from 'lake/testing/versitygw';
import { freePort, startLocalServer } from 'spark-connect/server';
import { startKafka } from './kafka.ts';
import stop from './test-servers-stop.mjs';

export const LOG_FILE = join(process.cwd(), '.cache/test-spark.log');

export default async function start() {
  const jarsDir = process.env.SPARK_JARS;
  if (!jarsDir) throw new Error('SPARK_JARS is not set: run the tests by npm test, which fetches the Spark server');
  // The log of an earlier run says nothing about this one.
  rmSync(LOG_FILE, { force: true });
  // Spark finds the keys of the S3 server and Kafka's login where it finds them in life: in its own environment.
  const keys = {
    accessKeyId: `root${randomBytes(6).toString('hex')}`,
    secretAccessKey: randomBytes(20).toString('hex'),
  };
  // A quote is what a password may hold and careless quoting breaks on.
  const user = { username: 'etl', password: `${randomBytes(6).toString('hex')}"${randomBytes(6).toString('hex')}` };
  globalThis.testServers = [
    startSpark(jarsDir, keys, user),
    startKafka(user),
    ...(process.env.TEST_WITHOUT_S3 ? [] : [startVersitygw({ keys })]),
  ];
  try {
    const [{ server, ui }, kafka, s3] = await Promise.all(globalThis.testServers);
    process.env.TEST_SPARK_REMOTE = server.remote;
    process.env.TEST_SPARK_UI = ui;
    if (s3) process.env.TEST_S3 = JSON.stringify({ endpoint: s3.endpoint, users: true, ...keys });
    const { listeners, caFile } = kafka;
    process.env.TEST_KAFKA = JSON.stringify({ listeners, user, caFile });
  } catch (error) {
    // jest tears down only what was set up.
    await stop();
    throw error;
  }
}

async function startSpark(jarsDir, { accessKeyId, secretAccessKey }, { username, password }) {
  const variables = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    KAFKA_USERNAME: username,
    KAFKA_PASSWORD: password,
  };
  const uiPort = String(await freePort());
  Object.assign(process.env, variables);
  const started = startLocalServer({
    jarsDir,
    logFile: LOG_FILE,
    // Of all test files together, one of which has rows of 140 MB.
    heap: '4g',
    // Some tests look at the interface, for what was run lately.
    conf: {
      'spark.ui.enabled': 'true',
      'spark.ui.port': uiPort,
      'spark.sql.ui.retainedExecutions': '60',
      'spark.ui.retainedJobs': '100',
      'spark.ui.retainedStages': '100',
    },
    // Said of all JVMs of the tests is that they live for seconds; this one has rows by the million.
    javaOptions: ['-XX:TieredStopAtLevel=4'],
  });
  try {
    const server = await started;
    return { server, ui: `http://127.0.0.1:${uiPort}`, stop: () => server.stop() };
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}
