import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { functions as F, SparkSession } from '../../../src/index.ts';
import { startTcpProxy } from '../../../testing/tcp-proxy.ts';
import type { Live } from './live.ts';

const ROWS = 200_000;
/** More than one message of 128 MiB may hold. */
const HUGE_TEXT = 140_000_000;

export function cutsSuite({ spark, remote }: Live): void {
  const port = (): number => Number(remote().split(':').at(-1));
  const numbers = (session: SparkSession) =>
    session.range(0, ROWS, 1, 8).select('id', F.repeat(F.lit('x'), 50).as('filler'));

  test('a result larger than one stream is whole', async () => {
    expect(await idsOf(numbers(spark()).batches())).toEqual({ rows: ROWS, isInOrder: true });
  });

  test('one row that is larger than any message arrives, in chunks', async () => {
    const query = spark().sql('SELECT repeat(:letter, :times) AS text, 7 AS n', { letter: 'x', times: HUGE_TEXT });
    const [row] = await query.collect<{ text: string; n: number }>();
    expect(row?.n).toBe(7);
    expect(row?.text.length).toBe(HUGE_TEXT);
    // Not by a matcher, which would print the text.
    expect(/[^x]/.test(row?.text ?? 'nothing')).toBe(false);
  });

  test('a result is exact although its connection is cut three times', async () => {
    await using proxy = await startTcpProxy(port());
    await using own = await SparkSession.connect({ remote: proxy.remote });
    let batches = 0;
    const cutting = async function* () {
      for await (const batch of numbers(own).batches<{ id: bigint }>()) {
        batches += 1;
        if (batches % 5 === 0 && batches <= 15) proxy.cut();
        yield batch;
      }
    };
    expect(await idsOf(cutting())).toEqual({ rows: ROWS, isInOrder: true });
    // A cut while no connection stands cuts nothing.
    expect(proxy.connections()).toBeGreaterThan(1);
  });

  test('a command is run once although its connection is cut while it runs', async () => {
    await using proxy = await startTcpProxy(port());
    await using own = await SparkSession.connect({ remote: proxy.remote });
    await own.execute('CREATE TABLE cut_once (n BIGINT) USING parquet');
    const inserting = own.execute('INSERT INTO cut_once SELECT max(id) FROM range(0, 5000000, 1, 4)');
    for (const _ of [1, 2, 3]) {
      await sleep(100);
      proxy.cut();
    }
    await inserting;
    expect(await spark().table('cut_once').collect()).toEqual([{ n: 4_999_999n }]);
    await spark().execute('DROP TABLE cut_once');
  });

  test('a link that lets nothing pass any more does not keep an abort waiting', async () => {
    await using proxy = await startTcpProxy(port());
    const abort = new AbortController();
    const own = await SparkSession.connect({ remote: proxy.remote, signal: abort.signal });
    // The interrupt cannot reach the server, which goes on: the work must end by itself soon.
    const failure = own
      .range(0, 6_000_000, 1, 100)
      .agg({ hash: F.max(F.sha2(F.col('id').cast('string'), 512)) })
      .collect()
      .catch((error: unknown) => error);
    await sleep(300);
    proxy.freeze();
    abort.abort();
    const startedMs = performance.now();
    expect(await failure).toMatchObject({ code: 'interrupted' });
    expect(performance.now() - startedMs).toBeLessThan(1_500);
    await own.release();
  });

  test('a server that goes away is given up after the budget, by name', async () => {
    const proxy = await startTcpProxy(port());
    const own = await SparkSession.connect({ remote: proxy.remote, retryBudgetMs: 600 });
    await proxy.close();
    await expect(own.range(0, 1).collect()).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${proxy.port}`),
    });
    await own.release();
  });
}

async function idsOf(batches: AsyncIterable<{ id?: unknown }[]>): Promise<{ rows: number; isInOrder: boolean }> {
  let rows = 0;
  let isInOrder = true;
  for await (const batch of batches) {
    for (const { id } of batch) {
      isInOrder &&= id === BigInt(rows);
      rows += 1;
    }
  }
  return { rows, isInOrder };
}
