/** Exact over a long time: a stream ten times as long as that of the integration tests, cut as often. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { SparkSession } from '../../src/index.ts';
import { readNumbers } from '../../testing/numbers.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const TEST_MS = 900_000;
const CUT_EVERY_MS = 400;
const ROWS = 30_000_000;

test(
  '30,000,000 rows arrive exactly once and in order although the socket is cut every 400 ms',
  async () => {
    const remote = process.env['TEST_SPARK_REMOTE'] ?? '';
    await using proxy = await startTcpProxy(Number(remote.split(':').at(-1)));
    await using spark = await SparkSession.connect({ remote: proxy.remote });
    const over = new AbortController();
    const cutting = cutUntil(over.signal, proxy);
    try {
      expect(await readNumbers(spark, ROWS, { fillerLength: 10 })).toBe(ROWS);
    } finally {
      over.abort();
    }
    expect(await cutting).toBeGreaterThan(10);
    expect(proxy.connections()).toBeGreaterThan(10);
  },
  TEST_MS,
);

/** @returns how often the connections were cut */
async function cutUntil(over: AbortSignal, proxy: TcpProxy): Promise<number> {
  for (let cuts = 0; ; cuts++) {
    await sleep(CUT_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return cuts;
    proxy.cut();
  }
}
