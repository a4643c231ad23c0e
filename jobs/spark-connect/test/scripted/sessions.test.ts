import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SparkSession, type ConnectOptions } from '../../src/index.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../testing/index.ts';

let server: ScriptedServer;
let spark: SparkSession;

async function connect(script: Script, options: Partial<ConnectOptions> = {}): Promise<void> {
  server = await startScriptedServer(script);
  spark = await SparkSession.connect({ remote: server.remote, ...options });
}

afterEach(async () => {
  await spark?.release();
  await server?.close();
});

const operations = () => server.requests('config').map(({ operation }) => operation?.opType);

describe('confs', () => {
  test('are one call each', async () => {
    const pairs = [{ key: 'a', value: '1' }];
    await connect({ config: [{ answer: { pairs } }] });
    expect(await spark.conf.get('a')).toBe('1');
    expect(await spark.conf.get('a', '2')).toBe('1');
    expect(await spark.conf.getAll('spark.')).toEqual({ 'spark.a': '1' });
    await spark.conf.set({ a: 1, b: true });
    await spark.conf.unset('a', 'b');
    expect(operations()).toMatchObject([
      { case: 'get', value: { keys: ['a'] } },
      { case: 'getWithDefault', value: { pairs: [{ key: 'a', value: '2' }] } },
      { case: 'getAll', value: { prefix: 'spark.' } },
      {
        case: 'set',
        value: {
          pairs: [
            { key: 'a', value: '1' },
            { key: 'b', value: 'true' },
          ],
        },
      },
      { case: 'unset', value: { keys: ['a', 'b'] } },
    ]);
  });

  test('that are none are no call', async () => {
    await connect({});
    await spark.conf.set({});
    await spark.conf.unset();
    expect(operations()).toEqual([]);
  });
});

describe('tags', () => {
  test('of the session and of the action go with each operation', async () => {
    await connect({});
    spark.addTag('nightly');
    spark.addTag('etl');
    await spark.execute('SELECT 1', {}, { tags: ['once', 'etl'] });
    spark.removeTag('etl');
    await spark.execute('SELECT 1');
    expect(spark.getTags()).toEqual(['nightly']);
    spark.clearTags();
    await spark.execute('SELECT 1');
    expect(server.requests('executePlan').map(({ tags }) => tags)).toEqual([
      ['nightly', 'etl', 'once'],
      ['nightly'],
      [],
    ]);
    expect(() => spark.addTag('a,b')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  test('name what is interrupted, as ids do', async () => {
    await connect({ interrupt: [{ answer: { interruptedIds: ['x'] } }] });
    expect(await spark.interruptTag('etl')).toEqual(['x']);
    expect(await spark.interruptOperation('x')).toEqual(['x']);
    expect(server.requests('interrupt').map(({ interrupt }) => interrupt)).toEqual([
      { case: 'operationTag', value: 'etl' },
      { case: 'operationId', value: 'x' },
    ]);
  });
});

describe('an idle session', () => {
  const answer = { pairs: [{ key: 'k', value: 'v' }] };
  /** The limit is that of the test. */
  const asked = async (times: number): Promise<void> => {
    while (operations().length < times) await sleep(20);
  };

  test('is asked something now and then, until it is released', async () => {
    await connect({ config: [{ answer }] }, { keepAliveMs: 50 });
    await asked(2);
    await spark.release();
    const before = operations().length;
    await sleep(150);
    expect(operations()).toHaveLength(before);
  });

  test('is left alone where that is wanted', async () => {
    await connect({}, { keepAliveMs: 0 });
    await sleep(100);
    expect(operations()).toEqual([]);
  });

  test('outlives a ping that fails', async () => {
    await connect({ config: [{ fail: { status: 14, message: 'later' } }, { answer }] }, { keepAliveMs: 40 });
    await asked(2);
    expect(await spark.conf.get('k')).toBe('v');
  });

  test('that the server lost in the meantime says so to the next caller', async () => {
    await connect({ config: [{ answer }] }, { keepAliveMs: 50 });
    server.restart();
    await sleep(200);
    await expect(spark.execute('SELECT 1')).rejects.toMatchObject({ code: 'session-lost', retryable: true });
    expect(server.calls()).not.toContain('executePlan');
  });
});

describe('a session that is lost', () => {
  test('because the server began anew fails every call, and a new connect is clean', async () => {
    await connect({ config: [{ answer: { pairs: [{ key: 'a', value: '1' }] } }] });
    server.restart();
    await expect(spark.conf.get('a')).rejects.toMatchObject({ code: 'session-lost' });
    await expect(spark.conf.get('a')).rejects.toMatchObject({ code: 'session-lost' });
    expect(operations()).toHaveLength(1);
    await using next = await SparkSession.connect({ remote: server.remote });
    expect(await next.conf.get('a')).toBe('1');
    const [first, second] = server.requests('config').map(({ sessionId }) => sessionId);
    expect(second).not.toBe(first);
    expect(server.requests('analyzePlan').at(-1)?.clientObservedServerSideSessionId).toBeUndefined();
  });

  test('because the server closed it says so at once, and is not asked again', async () => {
    const message = '[INVALID_HANDLE.SESSION_CLOSED] The handle is invalid. Session was closed.';
    await connect({ config: [{ fail: { status: 13, message } }] });
    for (const _ of [1, 2]) {
      await expect(spark.conf.get('a')).rejects.toMatchObject({
        code: 'session-lost',
        message: expect.stringContaining('Connect again'),
      });
    }
    expect(operations()).toHaveLength(1);
  });
});
