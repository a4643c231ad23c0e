import { afterEach, describe, expect, test } from '@jest/globals';
import { functions as F, Observation, SparkSession, type ConnectOptions } from '../../src/index.ts';
import {
  idBatch,
  idBatchInChunks,
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../../testing/index.ts';

const complete = { send: { responseType: { case: 'resultComplete' as const, value: {} } } };
const batch = (ids: number[], startOffset: number) => ({ send: idBatch(ids, startOffset) });
const unavailable = { fail: { status: 14, message: 'try later' } };
const notFound = { fail: { status: 13, message: '[INVALID_HANDLE.OPERATION_NOT_FOUND] The handle is invalid.' } };

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

const ids = async (): Promise<unknown[]> => (await spark.table('t').collect()).map((row) => row['id']);

/** The names of the calls that belong to operations. */
const streamCalls = (): string[] =>
  server.calls().filter((name) => /execute|release/i.test(name) && name !== 'releaseSession');

describe('a result', () => {
  test('that comes over three streams is whole, and the operation is released', async () => {
    await connect({
      executePlan: [[batch([1, 2], 0)]],
      reattachExecute: [[batch([3], 2)], [batch([4], 3), complete]],
    });
    expect(await ids()).toEqual([1, 2, 3, 4]);
    const [first, second] = server.requests('reattachExecute');
    expect(first?.lastResponseId).toBe('response-1');
    expect(second?.lastResponseId).toBe('response-2');
    await spark.release();
    expect(streamCalls()).toEqual(['executePlan', 'reattachExecute', 'reattachExecute', 'releaseExecute']);
    expect(new Set(server.requests('reattachExecute').map(({ operationId }) => operationId)).size).toBe(1);
  });

  test('survives a connection that is cut, and a server that is not there for a moment', async () => {
    await connect({
      executePlan: [[batch([1], 0), { cut: true }]],
      reattachExecute: [[unavailable], [batch([2], 1), { cut: true }], [complete]],
    });
    expect(await ids()).toEqual([1, 2]);
  });

  test('whose first answer is lost is asked for without a cursor, and sent again under the same id', async () => {
    await connect({
      executePlan: [[unavailable], [batch([1], 0), complete]],
      reattachExecute: [[notFound]],
    });
    expect(await ids()).toEqual([1]);
    expect(server.requests('reattachExecute')[0]?.lastResponseId).toBeUndefined();
    const sent = server.requests('executePlan').map(({ operationId }) => operationId);
    expect(sent).toHaveLength(2);
    expect(new Set(sent).size).toBe(1);
  });

  test('in chunks is put together, and chunks are asked for', async () => {
    const chunks = idBatchInChunks([1, 2, 3], 0, 4).map((send) => ({ send }));
    await connect({
      executePlan: [[...chunks.slice(0, 2), { cut: true }]],
      reattachExecute: [[...chunks.slice(2), complete]],
    });
    expect(await ids()).toEqual([1, 2, 3]);
    const options = server.requests('executePlan')[0]?.requestOptions.map(({ requestOption }) => requestOption.case);
    expect(options).toEqual(['reattachOptions', 'resultChunkingOptions']);
  });

  test('that is long lets the server drop what arrived, now and then', async () => {
    const ids = Array.from({ length: 300_000 }, (_, index) => index);
    const parts = Array.from({ length: 10 }, (_, part) => batch(ids, part * ids.length));
    await connect({ executePlan: [[...parts, complete]] });
    expect(await spark.table('t').collect()).toHaveLength(3_000_000);
    await spark.release();
    const released = server.requests('releaseExecute').map(({ release }) => release.case);
    const dropped = released.filter((what) => what === 'releaseUntil').length;
    // 1.2 MB or more a batch: a call for every four at most, and one for all at the end.
    expect(dropped).toBeGreaterThan(1);
    expect(dropped).toBeLessThan(parts.length);
    expect(released.at(-1)).toBe('releaseAll');
  });

  test('with a batch missing is refused', async () => {
    await connect({ executePlan: [[batch([1], 0), batch([3], 2), complete]] });
    await expect(ids()).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('begins at row 2'),
    });
  });

  test('that the server forgets in the middle is lost, not run again', async () => {
    await connect({ executePlan: [[batch([1], 0), unavailable]], reattachExecute: [[notFound]] });
    await expect(ids()).rejects.toMatchObject({ code: 'session-lost', retryable: true });
    expect(server.requests('executePlan')).toHaveLength(1);
  });

  test('waits as long as the server asks', async () => {
    await connect({
      executePlan: [[{ fail: { status: 8, message: 'busy', retryDelayMs: 300 } }]],
      reattachExecute: [[complete]],
    });
    const startedMs = performance.now();
    expect(await ids()).toEqual([]);
    expect(performance.now() - startedMs).toBeGreaterThan(290);
  });
});

describe('a server', () => {
  test('that stays away is given up after the budget, by name', async () => {
    await connect({ executePlan: [[unavailable]], reattachExecute: [[unavailable]] }, { retryBudgetMs: 400 });
    await expect(ids()).rejects.toMatchObject({
      code: 'unreachable',
      retryable: true,
      message: expect.stringContaining(`127.0.0.1:${server.proxy.port}`),
    });
  });

  test('that was restarted is found out, and every later call fails', async () => {
    await connect({});
    await spark.range(0, 1).collect();
    server.restart();
    await expect(ids()).rejects.toMatchObject({ code: 'session-lost' });
    await expect(spark.range(0, 1).schema()).rejects.toMatchObject({ code: 'session-lost' });
  });

  test('of another version says so', async () => {
    await connect({ version: '3.5.1' }, { conf: { a: 'b', c: 'd' } });
    expect(spark.version).toBe('3.5.1');
    expect(server.requests('config')).toHaveLength(1);
  });

  test.each(['3.5.1', '4.1.9'])('of version %s is too old where 4.2.0 is needed, and is let go', async (version) => {
    await using old = await startScriptedServer({ version });
    const connecting = SparkSession.connect({ remote: old.remote, minVersion: '4.2.0', conf: { a: 'b' } });
    await expect(connecting).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`${version}; 4.2.0 or newer`),
    });
    expect(old.calls()).toEqual(['analyzePlan', 'releaseSession']);
  });

  test.each(['4.2.0', '4.2.0-SNAPSHOT', '4.10.0', '5.0.0'])(
    'of version %s will do where 4.2.0 is needed',
    async (version) => {
      await connect({ version }, { minVersion: '4.2.0' });
      expect(spark.version).toBe(version);
    },
  );

  test('that fails is quoted in full', async () => {
    const metadata = { errorClass: 'CUT', errorId: 'e-1', sqlState: '42000' };
    await connect({
      executePlan: [[{ fail: { status: 13, message: 'cut…', metadata } }]],
      fetchErrorDetails: [
        {
          answer: {
            rootErrorIdx: 0,
            errors: [{ message: 'whole', sparkThrowable: { errorClass: 'WHOLE', messageParameters: { a: 'b' } } }],
          },
        },
      ],
    });
    await expect(ids()).rejects.toMatchObject({
      code: 'server',
      message: 'whole',
      errorClass: 'WHOLE',
      messageParameters: { a: 'b' },
    });
    expect(server.requests('fetchErrorDetails')[0]?.errorId).toBe('e-1');
  });

  test('whose details cannot be had does not hide its error', async () => {
    const metadata = { errorClass: 'CUT', errorId: 'e-1' };
    await connect({
      executePlan: [[{ fail: { status: 13, message: 'cut…', metadata } }]],
      fetchErrorDetails: [{ fail: { status: 12, message: 'no such call' } }],
    });
    await expect(ids()).rejects.toMatchObject({ code: 'server', message: 'cut…', errorClass: 'CUT' });
  });
});

describe('observed values', () => {
  const long = (value: bigint) => ({ literalType: { case: 'long' as const, value } });
  const metrics = (keys: string[], values: ReturnType<typeof long>[]) => ({
    send: { observedMetrics: [{ name: 'seen', keys, values }] },
  });

  test('are kept by name', async () => {
    await connect({ executePlan: [[metrics(['rows'], [long(5n)]), complete]] });
    const seen = new Observation('seen');
    await spark.table('t').observe(seen, { rows: F.count() }).collect();
    expect(seen.values).toEqual({ rows: 5n });
  });

  test('that come empty are unknown, also after an action that had some', async () => {
    await connect({
      executePlan: [
        [metrics(['rows'], [long(5n)]), complete],
        [metrics([], []), complete],
      ],
    });
    const seen = new Observation('seen');
    const frame = spark.table('t').observe(seen, { rows: F.count() });
    await frame.collect();
    await frame.collect();
    expect(seen.values).toBeUndefined();
  });
});

describe('leaving early', () => {
  test('interrupts and releases the operation', async () => {
    await connect({ executePlan: [[batch([1], 0), batch([2], 1), { hang: true }]] });
    for await (const rows of spark.table('t').batches()) {
      expect(rows).toEqual([{ id: 1 }]);
      break;
    }
    await spark.release();
    expect(server.calls().slice(-3)).toEqual(['interrupt', 'releaseExecute', 'releaseSession']);
  });
});
