import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { functions as F, type Progress, SparkSession } from '../../../src/index.ts';
import type { Live } from './live.ts';

/** Some seconds of work: Spark may go on with an operation that is interrupted at its very start, and others need the cores. */
const endless = (spark: SparkSession) =>
  spark.range(0, 12_000_000, 1, 400).select(F.max(F.sha2(F.col('id').cast('string'), 512)).as('hash'));

export function controlSuite({ spark, remote }: Live): void {
  test('an abort interrupts the operation, rejects at once, and the session can be released', async () => {
    const abort = new AbortController();
    const own = await SparkSession.connect({ remote: remote(), signal: abort.signal });
    const work = endless(own).collect();
    const failure = work.catch((error: unknown) => error);
    await sleep(1_000);
    const startedMs = performance.now();
    abort.abort();
    expect(await failure).toMatchObject({ code: 'interrupted' });
    expect(performance.now() - startedMs).toBeLessThan(1_500);
    await expect(own.range(0, 1).count()).rejects.toMatchObject({ code: 'interrupted' });
    await own.release();
  });

  test('an operation that someone else interrupts says so', async () => {
    const failure = endless(spark())
      .collect()
      .catch((error: unknown) => error);
    await sleep(1_000);
    expect(await spark().interruptAll()).toHaveLength(1);
    expect(await failure).toMatchObject({ code: 'interrupted' });
  });

  test('progress is reported while an operation runs', async () => {
    const reports: Progress[] = [];
    await using own = await SparkSession.connect({
      remote: remote(),
      conf: { 'spark.connect.progress.reportInterval': '200ms' },
      onProgress: (progress) => void reports.push(progress),
    });
    await own
      .range(0, 400_000, 1, 8)
      .select(F.max(F.sha2(F.col('id').cast('string'), 512)).as('hash'))
      .collect();
    const last = reports.at(-1);
    expect(last?.tasks).toBeGreaterThanOrEqual(8);
    expect(last?.completedTasks).toBeGreaterThan(0);
    expect(new Set(reports.map(({ operationId }) => operationId)).size).toBe(1);
  });

  test('confs are set by connecting', async () => {
    await using own = await SparkSession.connect({
      remote: remote(),
      conf: { 'spark.sql.session.timeZone': 'Asia/Tokyo', 'spark.sql.ansi.enabled': 'false' },
    });
    expect(
      await own
        .sql(
          "SELECT cast(timestamp'2019-11-29 00:00:00' as string) AS t, timestamp'2019-11-29 00:00:00' AS at, 1 / 0 AS none",
        )
        .collect(),
    ).toEqual([{ t: '2019-11-29 00:00:00', at: new Date('2019-11-28T15:00:00Z'), none: null }]);
  });

  test('a released session is closed on the server', async () => {
    const sessionId = randomUUID();
    const joined = `${remote()}/;session_id=${sessionId}`;
    const own = await SparkSession.connect({ remote: joined });
    await own.range(0, 1).collect();
    await own.release();
    await expect(SparkSession.connect({ remote: joined })).rejects.toMatchObject({
      code: 'session-lost',
      errorClass: 'INVALID_HANDLE.SESSION_CLOSED',
    });
  });

  test('actions run beside each other', async () => {
    const counts = await Promise.all(Array.from({ length: 6 }, (_, index) => spark().range(0, index).count()));
    expect(counts).toEqual([0n, 1n, 2n, 3n, 4n, 5n]);
  });

  test('a command is run once, a query as a command gives its rows', async () => {
    await spark().execute('CREATE TABLE once (n INT) USING parquet');
    expect(await spark().execute('INSERT INTO once VALUES (1)')).toEqual([]);
    expect(await spark().execute('SELECT n FROM once')).toEqual([{ n: 1 }]);
    await spark().execute('DROP TABLE once');
  });
}
