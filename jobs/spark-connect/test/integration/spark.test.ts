/** Everything that only a real Spark can prove, on one server. Needs SPARK_JARS, the folder with Spark's jars. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type LocalServer, startLocalServer } from '../../src/local-server.ts';
import { SparkSession } from '../../src/session.ts';
import { controlSuite } from './suites/control.ts';
import { cutsSuite } from './suites/cuts.ts';
import { errorsSuite } from './suites/errors.ts';
import { filesSuite } from './suites/files.ts';
import { framesSuite } from './suites/frames.ts';
import { functionsSuite } from './suites/functions.ts';
import type { Live } from './suites/live.ts';
import { typesSuite } from './suites/types.ts';

const START_MS = 180_000;
const folder = mkdtempSync(join(tmpdir(), 'spark-connect-test-'));
let server: LocalServer;
let spark: SparkSession;
const live: Live = { spark: () => spark, remote: () => server.remote, path: (name) => join(folder, name) };

beforeAll(async () => {
  const jarsDir = process.env['SPARK_JARS'];
  if (jarsDir === undefined) throw new Error("SPARK_JARS must name the folder with Spark's jars.");
  server = await startLocalServer({
    jarsDir,
    logFile: join(folder, 'server.log'),
    // Streams that end on purpose after a megabyte: every larger result is attached again several times.
    conf: {
      'spark.connect.execute.reattachable.senderMaxStreamSize': '1m',
      'spark.connect.progress.reportInterval': '200ms',
    },
  });
  spark = await SparkSession.connect({ remote: server.remote });
}, START_MS);

afterAll(async () => {
  await spark?.release();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}, START_MS);

describe('types', () => {
  typesSuite(live);
});
describe('frames', () => {
  framesSuite(live);
});
describe('functions', () => {
  functionsSuite(live);
});
describe('files', () => {
  filesSuite(live);
});
describe('errors', () => {
  errorsSuite(live);
});
describe('control', () => {
  controlSuite(live);
});
describe('cuts', () => {
  cutsSuite(live);
});
