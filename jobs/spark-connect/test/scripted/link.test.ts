/** What the way does to calls: silence from the start, answers that come too late, a server that hangs up on pings. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { grpcTransport, type LinkOptions } from '../../src/protocol/grpc-transport.ts';
import type { RetryPolicy } from '../../src/protocol/retry.ts';
import { idBatch, type Script, type ScriptedServer, startScriptedServer } from '../../testing/index.ts';
import { type LinkSession, linkSession } from '../../testing/link-session.ts';

const complete = { send: { responseType: { case: 'resultComplete' as const, value: {} } } };
const batch = (ids: number[], startOffset: number) => ({ send: idBatch(ids, startOffset) });
const quick = { keepAliveMs: 200, keepAliveTimeoutMs: 300 };

let server: ScriptedServer;
let link: LinkSession;

async function connect(script: Script, options: LinkOptions, retryPolicy: Partial<RetryPolicy> = {}): Promise<void> {
  server = await startScriptedServer(script);
  link = await linkSession({
    remote: server.remote,
    transport: (address) => grpcTransport(address, undefined, options),
    retryPolicy: { maxWaitMs: 200, ...retryPolicy },
  });
}

afterEach(async () => {
  server?.proxy.thaw();
  await link?.[Symbol.asyncDispose]();
  await server?.close();
});

const ids = async (): Promise<unknown[]> => (await link.session.table('t').collect()).map((row) => row['id']);

describe('a link that lets nothing pass any more', () => {
  test.each([
    ['from the server', { down: { isFrozen: true } }],
    ['from the client', { up: { isFrozen: true } }],
    ['in either direction', { up: { isFrozen: true }, down: { isFrozen: true } }],
  ])('%s is noticed, and the result comes over another', async (_, conditions) => {
    await connect(
      { executePlan: [[batch([1], 0), { hang: true }]], reattachExecute: [[batch([2], 1), complete]] },
      quick,
    );
    const seen: unknown[] = [];
    for await (const rows of link.session.table('t').batches<{ id: number }>()) {
      seen.push(...rows.map(({ id }) => id));
      if (seen.length === 1) server.proxy.impair(conditions, 'standing');
    }
    expect(seen).toEqual([1, 2]);
    expect(server.proxy.connections()).toBe(2);
  });

  test('also over new connections is given up after the budget, by name, query and question alike', async () => {
    await connect({ executePlan: [[{ hang: true }]] }, { ...quick, linkMs: 300 }, { budgetMs: 1_000 });
    const failing = { code: 'unreachable', message: expect.stringContaining('There was no connection within 0.3 s.') };
    const query = ids();
    await sleep(50);
    server.proxy.freeze();
    await expect(query).rejects.toMatchObject(failing);
    await expect(link.session.conf.get('a')).rejects.toMatchObject(failing);
    // Nobody keeps connecting behind the scenes.
    expect(server.proxy.connections()).toBeLessThan(20);
  });

  test('for a while only is no harm, although a connection was silent from its start', async () => {
    await connect(
      { executePlan: [[{ hang: true }]], reattachExecute: [[batch([1], 0), complete]] },
      { ...quick, linkMs: 500 },
    );
    const query = ids();
    await sleep(50);
    server.proxy.freeze();
    await sleep(1_500);
    // What stands stays silent for ever: only a new connection helps.
    server.proxy.impair({ up: { isFrozen: false }, down: { isFrozen: false } }, 'new');
    expect(await query).toEqual([1]);
  });
});

/** Until the test says so. */
const HELD_MS = 600_000;

describe('what comes too late', () => {
  test('is an answer whose question was asked again: it is given once', async () => {
    const answer = (value: string) => ({ answer: { pairs: [{ key: 'a', value }] } });
    await connect({ config: [answer('first'), answer('second'), answer('third')] }, quick);
    server.proxy.impair({ down: { delayMs: HELD_MS } }, 'standing');
    expect(await link.session.conf.get('a')).toBe('second');
    server.proxy.deliver();
    expect(await link.session.conf.get('a')).toBe('third');
    expect(server.requests('config')).toHaveLength(3);
  });

  test('is a plan that was sent again meanwhile: it arrives twice under one id', async () => {
    const notFound = { fail: { status: 13, message: '[INVALID_HANDLE.OPERATION_NOT_FOUND] The handle is invalid.' } };
    await connect({ executePlan: [[batch([1], 0), complete]], reattachExecute: [[notFound]] }, quick);
    server.proxy.impair({ up: { delayMs: HELD_MS } }, 'standing');
    expect(await ids()).toEqual([1]);
    expect(server.requests('executePlan')).toHaveLength(1);
    server.proxy.deliver();
    while (server.requests('executePlan').length < 2) await sleep(20);
    const sent = server.requests('executePlan').map(({ operationId }) => operationId);
    expect(new Set(sent).size).toBe(1);
  });

  test('is the end of the old connection: its answers are not mixed into the new stream', async () => {
    await connect(
      {
        executePlan: [[batch([1], 0), { waitMs: 100 }, batch([2], 1), batch([3], 2), { hang: true }]],
        reattachExecute: [[batch([2], 1), { waitMs: 1_500 }, batch([3], 2), complete]],
      },
      quick,
    );
    const seen: unknown[] = [];
    for await (const rows of link.session.table('t').batches<{ id: number }>()) {
      seen.push(...rows.map(({ id }) => id));
      if (seen.length === 1) server.proxy.impair({ up: { delayMs: 1_000 }, down: { delayMs: 1_000 } }, 'standing');
    }
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('a server that finds the pings too many', () => {
  /** An HTTP/2 frame: the last stream is 0x7fffffff, the error ENHANCE_YOUR_CALM. */
  const goAway = (): Buffer => {
    const words = Buffer.from('too_many_pings');
    return Buffer.concat([
      Buffer.from([0, 0, 8 + words.length, 7, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 11]),
      words,
    ]);
  };

  test('and hangs up is connected to anew, and the result is whole', async () => {
    await connect({ executePlan: [[batch([1], 0), { hang: true }]], reattachExecute: [[batch([2], 1), complete]] }, {});
    const seen: unknown[] = [];
    for await (const rows of link.session.table('t').batches<{ id: number }>()) {
      seen.push(...rows.map(({ id }) => id));
      if (seen.length > 1) continue;
      // What the server sends by itself must have come to its end: a frame in a frame is none.
      await sleep(100);
      server.proxy.say(goAway());
      await sleep(50);
      server.proxy.cut();
    }
    expect(seen).toEqual([1, 2]);
    expect(server.proxy.connections()).toBe(2);
  });
});
