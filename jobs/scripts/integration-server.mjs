/** One embedded Spark server for all integration tests: jest's globalSetup. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalServer } from 'spark-connect/server';

export const LOG_FILE = join(process.cwd(), '.cache/test-spark.log');

export default async function start() {
  const jarsDir = process.env.SPARK_JARS;
  if (!jarsDir) throw new Error('SPARK_JARS is not set: run the tests by npm test, which fetches the Spark server');
  // The log of an earlier run says nothing about this one.
  rmSync(LOG_FILE, { force: true });
  // The S3 servers that tests start know these keys; one Spark server then serves them all.
  const keys = {
    AWS_ACCESS_KEY_ID: `root${randomBytes(6).toString('hex')}`,
    AWS_SECRET_ACCESS_KEY: randomBytes(20).toString('hex'),
  };
  process.env.TEST_S3_KEYS = JSON.stringify(keys);
  Object.assign(process.env, keys);
  const server = await startLocalServer({
    jarsDir,
    logFile: LOG_FILE,
    // Of all test files together, one of which has rows of 140 MB.
    heap: '4g',
    // Tests run short work: starting and compiling is most of what they would wait for.
    javaOptions: ['-XX:TieredStopAtLevel=1'],
  });
  for (const name of Object.keys(keys)) delete process.env[name];
  process.env.TEST_SPARK_REMOTE = server.remote;
  globalThis.integrationServer = server;
}
