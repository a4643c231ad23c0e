/** A server that is killed and comes back knows nobody any more: an error that says so, not a hang. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalServer, startLocalServer } from '../../src/local-server/local-server.ts';
import { startClientProcess } from '../../testing/client-process.ts';
import { startTcpProxy } from '../../testing/tcp-proxy.ts';

const START_MS = 180_000;
/** The waits between tries grow: the one after five seconds has thirteen. */
const TEST_MS = 120_000;
const AWAY_MS = 1_000;
const folder = mkdtempSync(join(tmpdir(), 'spark-connect-restart-'));
const portOf = (remote: string | undefined): number => Number(remote?.split(':').at(-1));
let server: LocalServer;

beforeAll(async () => {
  server = await startLocalServer({
    jarsDir: process.env['SPARK_JARS'] ?? '',
    logFile: join(folder, 'server.log'),
  });
}, START_MS);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}, START_MS);

test(
  'a server that is killed in the middle of a result loses the session, and a new one works',
  async () => {
    await using proxy = await startTcpProxy(portOf(server.remote));
    const client = startClientProcess('restart-client.ts', proxy.remote);
    await client.begun;
    process.kill(server.pid, 'SIGKILL');
    await sleep(AWAY_MS);
    // The server that comes back is one that runs already: it knows as little of the session.
    proxy.retarget(portOf(process.env['TEST_SPARK_REMOTE']));
    expect(await client.end()).toEqual({
      exitCode: 0,
      stderr: '',
      report: {
        streaming: 'session-lost',
        quiet: 'session-lost',
        conf: 'session-lost',
        schema: 'session-lost',
        query: 'session-lost',
        release: 'done',
        anew: 'done',
      },
    });
  },
  TEST_MS,
);
