/** How long the executor's tasks run on after a consumer has left the loop: measured from the server's own log. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DataFrame, SparkSession } from '../../src/index.ts';
import { type LocalServer, startLocalServer } from '../../src/local-server/local-server.ts';
import { readTaskLog, type TaskLog, TASK_LOG_PROPERTIES } from '../../testing/task-log.ts';

const START_MS = 180_000;
const TEST_MS = 300_000;
const TIMES = 10;
const ENDED_WITHIN_MS = 5_000;
const folder = mkdtempSync(join(tmpdir(), 'spark-connect-tasks-'));
const logFile = join(folder, 'server.log');
let server: LocalServer;

beforeAll(async () => {
  const configuration = join(folder, 'log4j2.properties');
  writeFileSync(configuration, TASK_LOG_PROPERTIES);
  server = await startLocalServer({
    jarsDir: process.env['SPARK_JARS'] ?? '',
    logFile,
    javaOptions: [`-Dlog4j2.configurationFile=${configuration}`],
  });
}, START_MS);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}, START_MS);

/** Each gives its first rows soon, and has minutes of work left then. */
const works: readonly (readonly [string, (spark: SparkSession) => DataFrame])[] = [
  ['that make rows', (spark) => spark.range(0, 400_000_000, 1, 2_000)],
  [
    'that compute for seconds each',
    (spark) =>
      spark.sql(
        'SELECT id FROM range(0, 2, 1, 2) UNION ALL SELECT id FROM range(0, 4000000000, 1, 20) WHERE sha2(string(id), 512) < "0000"',
      ),
  ],
  [
    'that sleep',
    (spark) =>
      spark.sql(
        "SELECT id, if(id < 2, '', reflect('java.lang.Thread', 'sleep', bigint(50))) AS nap FROM range(0, 100000, 1, 50000)",
      ),
  ],
];

test.each(works)(
  'tasks %s end within seconds',
  async (name, work) => {
    await using spark = await SparkSession.connect({ remote: server.remote });
    const breaks: Left[] = [];
    for (let time = 0; time < TIMES; time++) breaks.push(await leave(work(spark)));
    expect(breaks.filter(({ running }) => running > 0).length).toBeGreaterThan(TIMES / 2);
    const sorted = breaks.map(({ ranOnMs }) => ranOnMs).toSorted((a, b) => a - b);
    console.info(`tasks ${name} ran on for ${sorted[TIMES / 2]} ms (median), ${sorted.at(-1)} ms at most`);
    expect(sorted.at(-1)).toBeLessThan(ENDED_WITHIN_MS);
  },
  TEST_MS,
);

interface Left {
  /** Tasks at the moment of leaving. */
  readonly running: number;
  readonly ranOnMs: number;
}

async function leave(frame: DataFrame): Promise<Left> {
  const before = taskLog();
  for await (const _ of frame.batches()) break;
  const leftMs = Date.now();
  let log = taskLog();
  const { running } = log;
  expect(log.begun).toBeGreaterThan(before.begun);
  for (let tries = 0; log.running > 0 && tries < 200; tries++) {
    await sleep(100);
    log = taskLog();
  }
  expect(log.running).toBe(0);
  // A stage that is cancelled starts no further task.
  await sleep(300);
  expect(taskLog().begun).toBe(log.begun);
  return { running, ranOnMs: Math.max(0, (log.lastEndMs ?? leftMs) - leftMs) };
}

function taskLog(): TaskLog {
  return readTaskLog(readFileSync(logFile, 'utf8'));
}
