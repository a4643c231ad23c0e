/** One embedded Spark server for all integration tests: jest's globalSetup. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalServer } from 'spark-connect/server';

export const LOG_FILE = join(process.cwd(), '.cache/test-spark.log');

export default async function start() {
  const jarsDir = process.env.SPARK_JARS;
  if (!jarsDir) throw new Error('SPARK_JARS is not set: run the tests by npm test, which fetches the Spark server');
  // The log of an earlier run says nothing about this one.
  rmSync(LOG_FILE, { force: true });
  const server = await startLocalServer({
    jarsDir,
    logFile: LOG_FILE,
    // Tests run short work: starting and compiling is most of what they would wait for.
    javaOptions: ['-XX:TieredStopAtLevel=1'],
  });
  process.env.TEST_SPARK_REMOTE = server.remote;
  globalThis.integrationServer = server;
}
