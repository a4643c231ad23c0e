/** What a real server makes of our pings and of slow consumers, over minutes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SparkSession } from '../../src/index.ts';
import { type LocalServer, startLocalServer } from '../../src/local-server/local-server.ts';
import { quietQuery, readNumbers } from '../../testing/numbers.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const START_MS = 180_000;
const TEST_MS = 600_000;
const MIB = 1024 * 1024;
/** Of `spark.driver.maxResultSize`. */
const MAX_RESULT_MIB = 300;
/** The pings come every minute. A server of grpc-java hangs up on the fourth where it has said nothing between. */
const QUIET_MS = 200_000;
const folder = mkdtempSync(join(tmpdir(), 'spark-connect-limits-'));
let server: LocalServer;
let proxy: TcpProxy;

beforeAll(async () => {
  server = await startLocalServer({
    jarsDir: process.env['SPARK_JARS'] ?? '',
    logFile: join(folder, 'server.log'),
    conf: {
      // By default a stream ends after two minutes, and with it the silence.
      'spark.connect.execute.reattachable.senderMaxStreamDuration': '30m',
      'spark.driver.maxResultSize': `${MAX_RESULT_MIB}m`,
    },
  });
}, START_MS);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}, START_MS);

beforeEach(async () => {
  proxy = await startTcpProxy(Number(server.remote.split(':').at(-1)));
});

afterEach(async () => {
  await proxy.close();
});

test(
  'a query that says nothing for minutes survives a server that hangs up because of our pings',
  async () => {
    const conf = { 'spark.connect.progress.reportInterval': '-1' };
    await using spark = await SparkSession.connect({ remote: proxy.remote, conf });
    expect(await quietQuery(spark, QUIET_MS).collect<{ id: bigint }>()).toMatchObject([{ id: 0n }]);
    expect(proxy.connections()).toBe(2);
  },
  TEST_MS,
);

test(
  'the server holds what a slow consumer has not read, and drops what has arrived',
  async () => {
    await using spark = await SparkSession.connect({ remote: proxy.remote });
    const rows = 2_000_000;
    const heldMiB: Record<string, number> = { before: heapMiB() };
    const measure = async (batches: number): Promise<void> => {
      if (batches === 1) {
        await sleep(8_000);
        heldMiB['stalled'] = heapMiB();
      }
      if (batches === 150) heldMiB['later'] = heapMiB();
    };
    expect(await readNumbers(spark, rows, { partitions: 40, afterBatch: measure })).toBe(rows);
    heldMiB['after'] = heapMiB();
    console.info(`heap of the server, MiB: ${JSON.stringify(heldMiB)}`);
    const { before = 0, stalled = 0, later = 0, after = 0 } = heldMiB;
    // The whole result, as tasks gave it and as answers: the server does not wait for the consumer.
    expect(stalled - before).toBeGreaterThan(100);
    expect(later).toBeLessThan(stalled);
    expect(after - before).toBeLessThan(50);
  },
  TEST_MS,
);

test(
  'a result above spark.driver.maxResultSize fails instead of filling the server',
  async () => {
    await using spark = await SparkSession.connect({ remote: proxy.remote });
    const stall = async (batches: number): Promise<void> => void (batches === 1 && (await sleep(10_000)));
    const reading = readNumbers(spark, 5_000_000, { partitions: 100, afterBatch: stall });
    await expect(reading).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('spark.driver.maxResultSize'),
    });
    expect(await spark.range(0, 3).count()).toBe(3n);
  },
  TEST_MS,
);

/** What is left after a collection. */
function heapMiB(): number {
  execFileSync('jcmd', [String(server.pid), 'GC.run']);
  const text = execFileSync('jcmd', [String(server.pid), 'GC.heap_info']).toString();
  return Math.round((Number(/used (\d+)K/.exec(text)?.[1]) * 1024) / MIB);
}
