/** A slow consumer: what comes and what is held here has a bound, and reading on loses nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SparkSession } from '../../src/index.ts';
import { readNumbers } from '../../testing/numbers.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const TEST_MS = 120_000;
const MIB = 1024 * 1024;
const WINDOW_BYTES = 8 * MIB;
/** Batches of 10,000 rows, 1.1 MB each: one that is read, one that is ready, one that is begun. */
const FEW_ANSWERS_BYTES = 6 * MIB;
/** Ids and filler of one, in bytes. */
const BATCH_BYTES = 10_000 * 108;
/** 100 MB. */
const ROWS = 1_000_000;

let proxy: TcpProxy;
let spark: SparkSession;

beforeEach(async () => {
  proxy = await startTcpProxy(Number(process.env['TEST_SPARK_REMOTE']?.split(':').at(-1)));
  spark = await SparkSession.connect({ remote: proxy.remote });
});

afterEach(async () => {
  await spark.release();
  await proxy.close();
});

test(
  'a consumer that sleeps holds a flow-control window and a few answers, is not in the way of other calls, and gets every row',
  async () => {
    const seen: { bytes: number; held: number }[] = [];
    const sleepOnce = async (batches: number): Promise<void> => {
      if (batches !== 1) return;
      for (let time = 0; time < 6; time++) {
        await sleep(500);
        seen.push({ bytes: proxy.bytesDown(), held: process.memoryUsage().arrayBuffers });
      }
      // The stream that stands still takes nothing from the others on its connection.
      expect(await spark.range(0, 5).count()).toBe(5n);
    };
    expect(await readNumbers(spark, ROWS, { partitions: 20, afterBatch: sleepOnce })).toBe(ROWS);
    const [first, last] = [seen[2], seen.at(-1)];
    expect(last?.bytes).toBeLessThan(WINDOW_BYTES + FEW_ANSWERS_BYTES);
    // What was still on its way after a second and a half came long ago.
    expect(last?.bytes).toBe(first?.bytes);
    expect((last?.held ?? 0) - (first?.held ?? 0)).toBeLessThan(4 * MIB);
    expect(proxy.bytesDown()).toBeGreaterThan(ROWS * 100);
  },
  TEST_MS,
);

test(
  'a consumer that takes its time for every batch never has more than that ahead of it',
  async () => {
    let furthest = 0;
    const slowly = async (batches: number): Promise<void> => {
      await sleep(40);
      furthest = Math.max(furthest, proxy.bytesDown() - batches * BATCH_BYTES);
    };
    expect(await readNumbers(spark, ROWS / 4, { partitions: 5, afterBatch: slowly })).toBe(ROWS / 4);
    expect(furthest).toBeLessThan(WINDOW_BYTES + FEW_ANSWERS_BYTES);
  },
  TEST_MS,
);
