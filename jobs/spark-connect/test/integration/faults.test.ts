/** Exact under faults: a server whose streams end at once, and connections that are cut all the time. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { functions as F, SparkSession } from '../../src/index.ts';
import { type LocalServer, startLocalServer } from '../../src/local-server/local-server.ts';
import { sized } from '../../testing/size.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const START_MS = 180_000;
const TEST_MS = sized(120_000, 900_000);
const ROWS = sized(2_000_000, 30_000_000);
const CUT_EVERY_MS = 400;
const folder = mkdtempSync(join(tmpdir(), 'spark-connect-faults-'));
let server: LocalServer;

beforeAll(async () => {
  server = await startLocalServer({
    jarsDir: process.env['SPARK_JARS'] ?? '',
    logFile: join(folder, 'server.log'),
    // Spark's own suites use these: a stream ends after one answer, or after a second.
    conf: {
      'spark.connect.execute.reattachable.senderMaxStreamSize': '123',
      'spark.connect.execute.reattachable.senderMaxStreamDuration': '1s',
    },
  });
}, START_MS);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}, START_MS);

const portOf = ({ remote }: LocalServer): number => Number(remote.split(':').at(-1));

test(
  'a result is whole and in order although the server ends its stream after every answer',
  async () => {
    await using spark = await SparkSession.connect({ remote: server.remote });
    expect(await readInOrder(spark, 300_000)).toBe(300_000);
  },
  TEST_MS,
);

test(
  `${ROWS} rows arrive exactly once and in order although the socket is cut every ${CUT_EVERY_MS} ms`,
  async () => {
    await using proxy = await startTcpProxy(portOf(server));
    await using spark = await SparkSession.connect({ remote: proxy.remote });
    const stopCutting = cutting(proxy);
    expect(await readInOrder(spark, ROWS)).toBe(ROWS);
    const cuts = await stopCutting();
    expect(cuts).toBeGreaterThan(2);
    expect(proxy.connections()).toBeGreaterThan(2);
  },
  TEST_MS,
);

test(
  'a write whose connection is cut ten times happens once',
  async () => {
    await using proxy = await startTcpProxy(portOf(server));
    await using spark = await SparkSession.connect({ remote: proxy.remote });
    const target = join(folder, 'written');
    const slow = spark.range(0, 400_000, 1, 4).select('id', F.sha2(F.col('id').cast('string'), 512).as('hash'));
    // `append` would write every row again if the command ran again.
    const writing = slow.write.format('parquet').mode('append').save(target);
    for (let cut = 0; cut < 10; cut++) {
      await sleep(40);
      proxy.cut();
    }
    await writing;
    expect(await spark.read.schema('id BIGINT').parquet([target]).count()).toBe(400_000n);
    expect(readdirSync(target).filter((name) => name.endsWith('.parquet'))).toHaveLength(4);
  },
  TEST_MS,
);

test(
  'a query that says nothing for longer than a stream may last survives',
  async () => {
    await using spark = await SparkSession.connect({
      remote: server.remote,
      conf: { 'spark.connect.progress.reportInterval': '-1' },
    });
    const startedMs = performance.now();
    const naps = spark.sql(
      "SELECT id, reflect('java.lang.Thread', 'sleep', bigint(1000)) AS nap FROM range(0, 3, 1, 1)",
    );
    const rows = await naps.collect<{ id: bigint }>();
    expect(rows.map(({ id }) => id)).toEqual([0n, 1n, 2n]);
    expect(performance.now() - startedMs).toBeGreaterThan(3_000);
  },
  TEST_MS,
);

/** Each id must be the one after the last. @returns the number of rows */
async function readInOrder(spark: SparkSession, rows: number): Promise<number> {
  let seen = 0;
  const numbers = spark.range(0, rows, 1, 4).select('id', F.col('id').cast('string').as('text'));
  for await (const batch of numbers.batches<{ id: bigint }>()) {
    for (const { id } of batch) {
      if (id !== BigInt(seen)) throw new Error(`row ${seen} has the id ${id}`);
      seen += 1;
    }
  }
  return seen;
}

/** @returns ends it and tells how often the connections were cut */
function cutting(proxy: TcpProxy): () => Promise<number> {
  const over = new AbortController();
  const work = (async () => {
    let cuts = 0;
    while (!over.signal.aborted) {
      await sleep(CUT_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
      if (!over.signal.aborted) proxy.cut();
      cuts += 1;
    }
    return cuts;
  })();
  return () => {
    over.abort();
    return work;
  };
}
