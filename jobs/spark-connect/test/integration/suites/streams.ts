import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { functions as F, SparkError } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function streamsSuite({ spark, path }: Live): void {
  const rate = () => spark().readStream.format('rate').option('rowsPerSecond', 20).load();

  test('the files of a folder go through once, and those that come later by the next start', async () => {
    const [source, target] = [path('stream-in'), path('stream-out')];
    const start = () =>
      spark()
        .readStream.schema('id BIGINT')
        .parquet(source)
        .withColumn('double', F.col('id').times(2))
        .writeStream.format('parquet')
        .option('checkpointLocation', path('stream-checkpoint'))
        .trigger({ availableNow: true })
        .start(target);
    const rows = () => spark().read.parquet(target).orderBy('id').collect({ bigints: 'numbers' });
    await spark().range(2).write.parquet(source);
    const first = await start();
    expect(await first.awaitTermination()).toBe(true);
    expect(await rows()).toEqual([
      { id: 0, double: 0 },
      { id: 1, double: 2 },
    ]);
    await spark().range(2, 3).write.mode('append').parquet(source);
    const second = await start();
    await second.awaitTermination();
    expect([(await rows()).length, second.id === first.id, second.runId === first.runId]).toEqual([3, true, false]);
    expect(readdirSync(target)).toContain('_spark_metadata');
  });

  test('a stream says what it does until it is stopped, and is found among others', async () => {
    const query = await rate()
      .withWatermark('timestamp', '1 minute')
      .writeStream.format('memory')
      .outputMode('append')
      .queryName('rated')
      .start();
    expect(await query.awaitTermination({ timeoutMs: 1 })).toBe(false);
    await query.processAllAvailable();
    expect([query.name, await query.isActive(), (await query.status()).message]).toEqual([
      'rated',
      true,
      expect.any(String),
    ]);
    const progress = await query.lastProgress();
    expect(progress).toMatchObject({
      id: query.id,
      runId: query.runId,
      sources: [{ description: expect.stringContaining('Rate') }],
    });
    expect((await query.recentProgress()).length).toBeGreaterThan(0);
    expect(await query.explain()).toContain('Physical Plan');
    expect((await spark().streams.active()).map(({ id }) => id)).toContain(query.id);
    expect((await spark().streams.get(query.id))?.runId).toBe(query.runId);
    expect(await spark().table('rated').columns()).toEqual(['timestamp', 'value']);
    await query.stop();
    expect([await query.isActive(), await query.exception(), await spark().streams.get(query.id)]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    expect(await spark().streams.awaitAnyTermination({ timeoutMs: 60_000 })).toBe(true);
    await spark().streams.resetTerminated();
    expect(await spark().streams.awaitAnyTermination({ timeoutMs: 1 })).toBe(false);
  });

  test('a stream that ends by an error says which', async () => {
    const failing = rate()
      .select(F.raiseError(F.lit('boom')).as('x'))
      .writeStream.format('noop');
    const query = await failing.start();
    const failure = await query.awaitTermination().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'server', message: expect.stringContaining('boom') });
    const cause = await query.exception();
    expect(cause).toBeInstanceOf(SparkError);
    expect(cause?.message).toContain('boom');
    await expect(spark().streams.awaitAnyTermination()).rejects.toMatchObject({ code: 'server' });
    await spark().streams.resetTerminated();
  });

  test('a signal ends the waiting for a stream, not the stream', async () => {
    const query = await rate().writeStream.format('noop').start();
    const waiting = query.awaitTermination({ signal: AbortSignal.timeout(200) });
    await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
    expect(await query.isActive()).toBe(true);
    await query.stop();
  });
}
