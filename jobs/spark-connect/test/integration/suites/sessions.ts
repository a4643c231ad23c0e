import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { functions as F, SparkSession } from '../../../src/index.ts';
import type { Live } from './live.ts';

/** Some seconds of work, in tasks that notice an interrupt. */
const longWork = (spark: SparkSession) =>
  spark.range(0, 16_000_000, 1, 400).select(F.max(F.sha2(F.col('id').cast('string'), 512)).as('hash'));

/** A session that tells which of its operations have got as far as to end tasks. */
async function watched(remote: string): Promise<{ own: SparkSession; next: () => Promise<string> }> {
  const busy = new Set<string>();
  const own = await SparkSession.connect({
    remote,
    conf: { 'spark.connect.progress.reportInterval': '100ms' },
    onProgress: ({ operationId, completedTasks }) => void (completedTasks > 0 && busy.add(operationId)),
  });
  const told = new Set<string>();
  /** Spark does not always stop the tasks of an operation that has only just begun, so wait for the first ones to end. */
  const next = async (): Promise<string> => {
    for (let tries = 0; tries < 150; tries++) {
      const operationId = [...busy].find((id) => !told.has(id));
      if (operationId !== undefined) {
        told.add(operationId);
        return operationId;
      }
      await sleep(100);
    }
    throw new Error('No operation has begun.');
  };
  return { own, next };
}

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

export function sessionsSuite({ remote }: Live): void {
  test('a large plan is compressed, and means the same', async () => {
    await using own = await SparkSession.connect({
      remote: remote(),
      conf: { 'spark.connect.session.planCompression.threshold': '70000' },
    });
    const long = own.range(1).select(F.length(F.lit('x'.repeat(100_000))).as('n'));
    expect([await long.collect(), (await long.schema()).toDDL()]).toEqual([[{ n: 100_000 }], 'n INT NOT NULL']);
  });

  test('a session has confs of its own', async () => {
    await using own = await SparkSession.connect({ remote: remote() });
    await using other = await SparkSession.connect({ remote: remote() });
    const key = 'spark.sql.shuffle.partitions';
    const before = await own.conf.get(key);
    await own.conf.set({ [key]: 7, 'my.own.key': 'x', 'my.own.other': true });
    expect(await own.conf.get(key)).toBe('7');
    expect(await own.conf.getAll('my.own.')).toEqual({ 'my.own.key': 'x', 'my.own.other': 'true' });
    expect(await own.conf.getAll()).toMatchObject({ [key]: '7', 'my.own.key': 'x' });
    expect(await other.conf.get(key)).toBe(before);
    await own.conf.unset(key, 'my.own.key');
    expect(await own.conf.get(key)).toBe('200');
    expect(await own.conf.get('my.own.key', 'default')).toBe('default');
    await expect(own.conf.get('my.own.key')).rejects.toMatchObject({
      code: 'server',
      errorClass: 'SQL_CONF_NOT_FOUND',
    });
    await expect(own.conf.set({ 'spark.sql.warehouse.dir': '/x' })).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('spark.sql.warehouse.dir'),
    });
  });

  test("a session need not have the server's settings; those that no session can change stay", async () => {
    await using inheriting = await SparkSession.connect({ remote: remote() });
    const served = await inheriting.conf.getAll('spark.sql.');
    const asked: string[] = [];
    await using own = await SparkSession.connect({
      remote: remote(),
      conf: { 'spark.sql.caseSensitive': 'true' },
      inheritsConf(key) {
        asked.push(key);
        return key !== 'spark.sql.shuffle.partitions' && key !== 'spark.sql.ui.retainedExecutions';
      },
    });
    expect(asked.toSorted()).toEqual(Object.keys(served).toSorted());
    const { 'spark.sql.shuffle.partitions': partitions, ...kept } = served;
    expect(partitions).toBeDefined();
    expect(await own.conf.getAll('spark.sql.')).toEqual({ ...kept, 'spark.sql.caseSensitive': 'true' });
  });

  test('a tag says what is interrupted, and what goes on', async () => {
    const { own, next } = await watched(remote());
    await using _ = own;
    own.addTag('long');
    const tagged = failureOf(longWork(own).collect());
    const taggedId = await next();
    own.clearTags();
    const untagged = failureOf(longWork(own).collect());
    expect(await own.interruptTag('nobody')).toEqual([]);
    expect(await own.interruptTag('long')).toEqual([taggedId]);
    expect(await tagged).toMatchObject({ code: 'interrupted' });
    const untaggedId = await next();
    expect(await own.interruptAll()).toEqual([untaggedId]);
    expect(await untagged).toMatchObject({ code: 'interrupted' });
  });

  test('an operation is interrupted by its id', async () => {
    const { own, next } = await watched(remote());
    await using _ = own;
    const failure = failureOf(longWork(own).collect());
    const operationId = await next();
    expect(await own.interruptOperation(operationId)).toEqual([operationId]);
    expect(await failure).toMatchObject({ code: 'interrupted', operationId });
  });

  test('a ping reaches the server and does no harm', async () => {
    await using own = await SparkSession.connect({ remote: remote(), keepAliveMs: 100 });
    await sleep(500);
    expect(await own.range(0, 3).count()).toBe(3n);
  });
}
