/** Minutes of cuts, freezes and delays at random: exact results or errors that say why, and no process that dies of them. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { underChaos } from '../../testing/chaos.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const DURATION_MS = 60_000;
const TEST_MS = 180_000;

let proxy: TcpProxy;

beforeEach(async () => {
  proxy = await startTcpProxy(Number(process.env['TEST_SPARK_REMOTE']?.split(':').at(-1)));
});

afterEach(async () => {
  await proxy.close();
});

test.each([1, 2, 3])(
  'a minute of chaos with seed %i',
  async (seed) => {
    const { exitCode, stderr, report } = await underChaos(proxy, { seed, durationMs: DURATION_MS });
    console.info(`seed ${seed}: ${proxy.connections()} connections, ${JSON.stringify(report)}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report.wrong).toEqual([]);
    expect(report.exact).toBeGreaterThan(10);
  },
  TEST_MS,
);
