/** Everything that only a real Spark can prove, on one server: TEST_SPARK_REMOTE, or one of our own from the jars in SPARK_JARS. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type LocalServer, startLocalServer } from '../../src/local-server/local-server.ts';
import { SparkSession } from '../../src/api/session.ts';
import { controlSuite } from './suites/control.ts';
import { cutsSuite } from './suites/cuts.ts';
import { errorsSuite } from './suites/errors.ts';
import { filesSuite } from './suites/files.ts';
import { peersSuite } from '../peers/peers.ts';
import { artifactsSuite } from './suites/artifacts.ts';
import { catalogSuite } from './suites/catalog.ts';
import { functionListSuite } from './suites/function-list.ts';
import { framesSuite } from './suites/frames.ts';
import { functionsSuite } from './suites/functions.ts';
import type { Live } from './suites/live.ts';
import { shapesSuite } from './suites/shapes.ts';
import { progressSuite } from './suites/progress.ts';
import { securitySuite } from './suites/security.ts';
import { resultsSuite } from './suites/results.ts';
import { readmeSuite } from './suites/readme.ts';
import { localRowsSuite } from './suites/local-rows.ts';
import { sessionsSuite } from './suites/sessions.ts';
import { statisticsSuite } from './suites/statistics.ts';
import { streamsSuite } from './suites/streams.ts';
import { typesSuite } from './suites/types.ts';
import { writerV2Suite } from './suites/writer-v2.ts';

const START_MS = 180_000;
const folder = mkdtempSync(join(tmpdir(), 'spark-connect-test-'));
let server: LocalServer | undefined;
let remote: string;
let spark: SparkSession;
const live: Live = { spark: () => spark, remote: () => remote, path: (name) => join(folder, name) };

beforeAll(async () => {
  const shared = process.env['TEST_SPARK_REMOTE'];
  server = shared === undefined || shared === '' ? await ownServer() : undefined;
  remote = server?.remote ?? (shared as string);
  spark = await SparkSession.connect({ remote });
}, START_MS);

async function ownServer(): Promise<LocalServer> {
  const jarsDir = process.env['SPARK_JARS'];
  if (jarsDir === undefined || jarsDir === '') throw new Error("SPARK_JARS must name the folder with Spark's jars.");
  return await startLocalServer({
    jarsDir,
    logFile: join(folder, 'server.log'),
    // Streams that end on purpose after a megabyte: every larger result is attached again several times.
    conf: { 'spark.connect.execute.reattachable.senderMaxStreamSize': '1m' },
  });
}

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
describe('shapes', () => {
  shapesSuite(live);
});
describe('functions', () => {
  functionsSuite(live);
});
describe('the list of functions', () => {
  functionListSuite(live);
});
describe('statistics and kept rows', () => {
  statisticsSuite(live);
});
describe('results', () => {
  resultsSuite(live);
});
describe('the catalog and sessions beside', () => {
  catalogSuite(live);
});
describe('what other clients test', () => {
  peersSuite(live);
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
describe('sessions', () => {
  sessionsSuite(live);
});
describe('local rows', () => {
  localRowsSuite(live);
});
describe('artifacts', () => {
  artifactsSuite(live);
});
describe('streams', () => {
  streamsSuite(live);
});
describe('tables written by their sources', () => {
  writerV2Suite(live);
});
describe('progress', () => {
  progressSuite(live);
});
describe('the README', () => {
  readmeSuite(live);
});
describe('security', () => {
  securitySuite(live);
});
