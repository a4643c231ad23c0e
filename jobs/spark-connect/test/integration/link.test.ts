/** Exact on bad links to a real server: late, cut, frozen in one direction or both, overtaken by new connections. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { grpcTransport, type LinkOptions } from '../../src/protocol/grpc-transport.ts';
import { underChaos } from '../../testing/chaos.ts';
import { type LinkSession, linkSession } from '../../testing/link-session.ts';
import { quietQuery, readNumbers } from '../../testing/numbers.ts';
import { sized } from '../../testing/size.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const TEST_MS = 180_000;
const SEEDS = sized([20_191_129], [20_191_129, 1, 2, 3]);
const CHAOS_MS = sized(6_000, 60_000);
/** Far more than the link check takes, far less than the calls' own deadlines. */
const NOTICED_MS = 30_000;
const ROWS = 300_000;
const check = { keepAliveMs: 1_000, keepAliveTimeoutMs: 1_000 };
/** Does not take a server that is busy for a second or two for dead, which would cost one more connection. */
const patientCheck = { keepAliveMs: 1_000, keepAliveTimeoutMs: 5_000 };
/** A server counts pings only where it says nothing itself. */
const talkative = { 'spark.connect.progress.reportInterval': '500ms' };

let proxy: TcpProxy;

beforeEach(async () => {
  proxy = await startTcpProxy(Number(process.env['TEST_SPARK_REMOTE']?.split(':').at(-1)));
});

afterEach(async () => {
  await proxy.close();
});

const connect = (options: LinkOptions = {}, conf: Record<string, string> = talkative): Promise<LinkSession> =>
  linkSession({
    remote: proxy.remote,
    transport: (address) => grpcTransport(address, undefined, options),
    conf,
    retryPolicy: { maxWaitMs: 500 },
  });

describe('a late link', () => {
  test(
    'gives every row once and in order, also where it is cut now and then',
    async () => {
      await using link = await connect();
      proxy.impair({ up: { delayMs: 10, jitterMs: 40 }, down: { delayMs: 10, jitterMs: 40 } });
      const cutSometimes = (batches: number): void => void (batches % 7 === 0 && proxy.cut());
      expect(await readNumbers(link.session, ROWS, { afterBatch: cutSometimes })).toBe(ROWS);
      expect(proxy.connections()).toBeGreaterThan(1);
    },
    TEST_MS,
  );

  test(
    'gives every row once, although the old connection goes on while a new one answers',
    async () => {
      await using link = await connect(check);
      const delayOnce = (batches: number): void => {
        if (batches === 2) proxy.impair({ up: { delayMs: 4_000 }, down: { delayMs: 4_000 } }, 'standing');
      };
      expect(await readNumbers(link.session, ROWS, { afterBatch: delayOnce })).toBe(ROWS);
      expect(proxy.connections()).toBeGreaterThan(1);
    },
    TEST_MS,
  );

  test(
    'runs a command once, although its plan arrives after it was sent again',
    async () => {
      await using link = await connect(check);
      await link.session.execute('CREATE OR REPLACE TEMPORARY VIEW one AS SELECT 1L AS n');
      await link.session.execute('CREATE TABLE arrives_twice (n BIGINT) USING parquet');
      proxy.impair({ up: { delayMs: 3_000 } }, 'standing');
      await link.session.execute('INSERT INTO arrives_twice SELECT n FROM one');
      // The first plan must have had the time to arrive.
      await sleep(3_000);
      expect(await link.session.table('arrives_twice').collect()).toEqual([{ n: 1n }]);
      await link.session.execute('DROP TABLE arrives_twice');
      expect(proxy.connections()).toBeGreaterThan(1);
    },
    TEST_MS,
  );
});

describe('a link on which nothing passes any more', () => {
  test.each([
    ['from the server', { down: { isFrozen: true } }],
    ['from the client', { up: { isFrozen: true } }],
    ['in either direction', { up: { isFrozen: true }, down: { isFrozen: true } }],
  ])(
    '%s is noticed in the middle of a result, which is whole all the same',
    async (_, conditions) => {
      await using link = await connect(patientCheck);
      const startedMs = performance.now();
      const freezeOnce = (batches: number): void => {
        if (batches === 3) proxy.impair(conditions, 'standing');
      };
      expect(await readNumbers(link.session, ROWS, { afterBatch: freezeOnce })).toBe(ROWS);
      expect(performance.now() - startedMs).toBeLessThan(NOTICED_MS);
      expect(proxy.connections()).toBe(2);
    },
    TEST_MS,
  );

  test(
    'is noticed while the server has nothing to say, and the rows come over another',
    async () => {
      await using link = await connect(patientCheck);
      const startedMs = performance.now();
      const napping = quietQuery(link.session, 4_000).collect<{ id: bigint }>();
      await sleep(500);
      proxy.freeze('standing');
      expect(await napping).toMatchObject([{ id: 0n }]);
      expect(performance.now() - startedMs).toBeLessThan(NOTICED_MS);
      expect(proxy.connections()).toBe(2);
    },
    TEST_MS,
  );
});

test(
  'a server that hangs up because of too many pings costs a connection, not the query',
  async () => {
    await using link = await connect(
      { keepAliveMs: 200, keepAliveTimeoutMs: 5_000 },
      { 'spark.connect.progress.reportInterval': '-1' },
    );
    expect(await quietQuery(link.session, 2_500).collect<{ id: bigint }>()).toMatchObject([{ id: 0n }]);
    expect(proxy.connections()).toBeGreaterThan(1);
  },
  TEST_MS,
);

test.each(SEEDS)(
  'a process whose link is cut, frozen and thawed at random (seed %i) ends well, with exact results or errors that say why',
  async (seed) => {
    const { exitCode, stderr, report } = await underChaos(proxy, { seed, durationMs: CHAOS_MS });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report.wrong).toEqual([]);
    expect(report.exact).toBeGreaterThan(0);
    expect(proxy.connections()).toBeGreaterThan(2);
  },
  TEST_MS,
);
