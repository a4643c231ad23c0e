import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SparkSession } from '../../src/index.ts';
import { idBatch, type Script, type ScriptedServer, startScriptedServer } from '../../testing/index.ts';

let server: ScriptedServer | undefined;
let spark: SparkSession | undefined;
let abort: AbortController;

async function connect(script: Script): Promise<SparkSession> {
  abort = new AbortController();
  server = await startScriptedServer(script);
  spark = await SparkSession.connect({ remote: server.remote, signal: abort.signal, connectTimeoutMs: 2_000 });
  return spark;
}

afterEach(async () => {
  await spark?.release();
  await server?.close();
  server = spark = undefined;
});

async function timed(work: Promise<unknown>): Promise<{ error: unknown; tookMs: number }> {
  const startedMs = performance.now();
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, tookMs: performance.now() - startedMs };
}

describe('aborting', () => {
  test('interrupts on the server, then rejects', async () => {
    const session = await connect({ executePlan: [[{ hang: true }]] });
    const running = timed(session.table('t').collect());
    await sleep(50);
    abort.abort();
    const { error, tookMs } = await running;
    expect(error).toMatchObject({ code: 'interrupted' });
    expect(tookMs).toBeLessThan(1_000);
    const [interrupt] = server?.requests('interrupt') ?? [];
    const [executed] = server?.requests('executePlan') ?? [];
    expect(interrupt?.interrupt).toEqual({ case: 'operationId', value: executed?.operationId });
  });

  test('rejects within about a second where the server does not answer', async () => {
    const session = await connect({ executePlan: [[{ hang: true }]], interrupt: [{ hang: true }] });
    const running = timed(session.table('t').collect());
    await sleep(50);
    abort.abort();
    const { error, tookMs } = await running;
    expect(error).toMatchObject({ code: 'interrupted' });
    expect(tookMs).toBeLessThan(1_500);
  });

  test('rejects within about a second where nothing passes any more, and the release is as quick', async () => {
    const session = await connect({ executePlan: [[{ hang: true }]] });
    const running = timed(session.table('t').collect());
    await sleep(50);
    server?.proxy.freeze();
    abort.abort();
    expect((await running).tookMs).toBeLessThan(1_500);
    expect((await timed(session.release())).tookMs).toBeLessThan(2_000);
  });

  test('ends a wait between two tries', async () => {
    const unavailable = { fail: { status: 14, message: 'later', retryDelayMs: 60_000 } };
    const session = await connect({ executePlan: [[unavailable]], reattachExecute: [[unavailable]] });
    const running = timed(session.table('t').collect());
    await sleep(100);
    abort.abort();
    const { error, tookMs } = await running;
    expect(error).toMatchObject({ code: 'interrupted' });
    expect(tookMs).toBeLessThan(1_500);
  });

  test('reaches the server also while the consumer does something else', async () => {
    const session = await connect({ executePlan: [[{ send: idBatch([1], 0) }, { hang: true }]] });
    const reading = (async () => {
      for await (const _ of session.table('t').batches()) {
        abort.abort();
        await sleep(200);
        expect(server?.requests('interrupt')).toHaveLength(1);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'interrupted' });
  });

  test('rejects pending questions and later calls, and the session is still released', async () => {
    const session = await connect({
      analyzePlan: [{ answer: { result: { case: 'sparkVersion', value: { version: '4.2.0' } } } }, { hang: true }],
    });
    const pending = timed(session.table('t').schema());
    await sleep(50);
    abort.abort();
    expect(await pending).toMatchObject({ error: { code: 'interrupted' } });
    await expect(session.table('t').collect()).rejects.toMatchObject({ code: 'interrupted' });
    await session.release();
    expect(server?.calls().at(-1)).toBe('releaseSession');
  });

  test('of one action leaves the others alone', async () => {
    const session = await connect({
      executePlan: [[{ hang: true }], [{ send: { responseType: { case: 'resultComplete', value: {} } } }]],
    });
    const own = new AbortController();
    const running = session.table('t').collect({ signal: own.signal });
    await sleep(50);
    own.abort();
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
    expect(await session.table('t').collect()).toEqual([]);
  });
});

describe('connecting', () => {
  test('to a port where nobody listens fails within the time, naming host and port', async () => {
    const { error, tookMs } = await timed(SparkSession.connect({ remote: 'sc://127.0.0.1:1', connectTimeoutMs: 500 }));
    expect(error).toMatchObject({
      code: 'unreachable',
      retryable: true,
      message: expect.stringContaining('127.0.0.1:1'),
    });
    expect((error as Error).message).toContain('ECONNREFUSED');
    expect(tookMs).toBeLessThan(1_000);
  });

  test('to a name that does not exist fails within the time', async () => {
    const { error, tookMs } = await timed(
      SparkSession.connect({ remote: 'sc://nowhere.invalid', connectTimeoutMs: 500 }),
    );
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('nowhere.invalid:15002') });
    expect(tookMs).toBeLessThan(2_000);
  });

  test('to something that accepts and says nothing fails within the time', async () => {
    const accepted: Socket[] = [];
    const silent = createServer((socket) => accepted.push(socket));
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { port } = silent.address() as AddressInfo;
    const { error, tookMs } = await timed(
      SparkSession.connect({ remote: `sc://127.0.0.1:${port}`, connectTimeoutMs: 500 }),
    );
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining(`127.0.0.1:${port}`) });
    expect(tookMs).toBeLessThan(1_000);
    for (const socket of accepted) socket.destroy();
    silent.close();
  });

  test('can be aborted', async () => {
    const { error, tookMs } = await timed(
      SparkSession.connect({ remote: 'sc://127.0.0.1:1', signal: AbortSignal.timeout(200) }),
    );
    expect(error).toMatchObject({ code: 'interrupted' });
    expect(tookMs).toBeLessThan(700);
  });

  test('waits for a server that is about to start', async () => {
    const later = await startScriptedServer();
    later.proxy.refuse();
    const connecting = SparkSession.connect({ remote: later.remote, connectTimeoutMs: 5_000 });
    await sleep(400);
    later.proxy.accept();
    const session = await connecting;
    expect(session.version).toBe('4.2.0');
    await session.release();
    await later.close();
  });

  test('with a bad address says which part is bad', async () => {
    await expect(SparkSession.connect({ remote: 'sc://h:x' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('"x"'),
    });
  });
});

describe('a released session', () => {
  test('says so', async () => {
    const session = await connect({});
    await session.release();
    await session.release();
    await expect(session.table('t').collect()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('released'),
    });
    expect(server?.calls().filter((name) => name === 'releaseSession')).toHaveLength(1);
  });
});
