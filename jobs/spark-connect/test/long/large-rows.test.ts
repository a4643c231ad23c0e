/** Rows of this process that are more than a message of gRPC holds. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startClientProcess } from '../../testing/client-process.ts';
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts';

const TEST_MS = 300_000;
const MB = 1_000_000;
const ROWS_BYTES = 164 * MB;
/** Beyond the default of a server and of its clients. */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

let proxy: TcpProxy;

beforeEach(async () => {
  proxy = await startTcpProxy(Number(process.env['TEST_SPARK_REMOTE']?.split(':').at(-1)));
});

afterEach(async () => {
  await proxy.close();
});

test(
  '164 MB of rows go to the server once, in pieces, arrive whole, and are let go here',
  async () => {
    const client = startClientProcess('large-rows-client.ts', proxy.remote);
    await client.begun;
    const sentBytes = proxy.bytesUp();
    const { exitCode, stderr, report } = await client.end();
    console.info(`large rows: ${JSON.stringify(report)}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report).toMatchObject({ counted: 40_000, isWhole: true });
    expect(sentBytes).toBeGreaterThan(MAX_MESSAGE_BYTES);
    expect(proxy.bytesUp() - sentBytes).toBeLessThan(MB);
    const { madeMb, sentMb, heldMb } = report as Readonly<Record<'madeMb' | 'sentMb' | 'heldMb', number>>;
    // The rows themselves, their columns, and the stream of bytes made of them; sending them takes pieces only.
    expect(madeMb).toBeLessThan((6 * ROWS_BYTES) / MB);
    expect(sentMb - madeMb).toBeLessThan(100);
    expect(heldMb).toBeLessThan(16);
  },
  TEST_MS,
);
