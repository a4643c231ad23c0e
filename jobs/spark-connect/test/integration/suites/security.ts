import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ConnectOptions, SparkSession } from '../../../src/index.ts';
import { type LocalServer, startLocalServer } from '../../../src/local-server/local-server.ts';
import { type Certificates, makeCertificates, startTlsProxy, type TlsProxyOptions } from '../../../testing/index.ts';
import type { Live } from './live.ts';

const START_MS = 180_000;
const TOKEN = 'the right; token';

/** A second server, that wants a token, and gateways with TLS in front of it. */
export function securitySuite({ path }: Live): void {
  let server: LocalServer | undefined;
  let made: Certificates;

  beforeAll(async () => {
    mkdirSync(path('certificates'));
    made = makeCertificates(path('certificates'));
    server = await startLocalServer({
      jarsDir: process.env['SPARK_JARS'] ?? '',
      logFile: path('security.log'),
      heap: '1g',
      conf: { 'spark.connect.authenticate.token': TOKEN },
    });
  }, START_MS);

  afterAll(async () => {
    await server?.stop();
  }, START_MS);

  const port = (): number => Number(server?.remote.split(':').at(-1));

  /** @returns what the connection came to, and how many attempts it took */
  async function through(
    proxyOptions: Partial<TlsProxyOptions>,
    parameters: string,
    options: Partial<ConnectOptions> = {},
  ): Promise<{ outcome: unknown; attempts: number; address: string }> {
    await using proxy = await startTlsProxy({ targetPort: port(), identity: made.server, ...proxyOptions });
    const address = `127.0.0.1:${proxy.port}`;
    try {
      await using own = await SparkSession.connect({ remote: `sc://${address}/;${parameters}`, ...options });
      return { outcome: await own.range(0, 3).count(), attempts: proxy.attempts(), address };
    } catch (outcome) {
      return { outcome, attempts: proxy.attempts(), address };
    }
  }

  const token = `token=${encodeURIComponent(TOKEN)}`;
  const trusting = (): Partial<ConnectOptions> => ({ tls: { caFile: made.caFile } });

  test('the right token goes over TLS', async () => {
    expect(await through({}, token, trusting())).toMatchObject({ outcome: 3n, attempts: 1 });
  });

  test.each([
    ['a wrong token', 'token=wrong'],
    ['no token', 'use_ssl=true'],
  ])('%s is a mistake that is told at once', async (_, parameters) => {
    const startedMs = performance.now();
    const { outcome, attempts, address } = await through({}, parameters, trusting());
    expect(outcome).toMatchObject({ code: 'usage', retryable: false });
    expect((outcome as Error).message).toContain(`${address} refused the token, or wants one`);
    expect((outcome as Error).message).not.toContain('wrong token');
    expect(attempts).toBe(1);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  test('a token goes to this machine as plain text only where that is allowed', async () => {
    const remote = `${server?.remote}/;use_ssl=false;${token}`;
    await using own = await SparkSession.connect({ remote, allowPlaintextToken: true });
    expect(await own.range(0, 3).count()).toBe(3n);
    await expect(SparkSession.connect({ remote })).rejects.toMatchObject({ code: 'usage' });
  });

  // By TLS 1.3 a client learns that it is refused after its own greeting; what it has sent by then makes the server's
  // system reset the connection, which may overtake the reason: then only another attempt tells.
  const TOLD_LATE = [1, 2, 3];
  test.each<[string, () => Partial<TlsProxyOptions>, () => Partial<ConnectOptions>, RegExp, number[]]>([
    ['an unknown authority', () => ({}), () => ({}), /verify the first certificate.*tls\.caFile/s, [1]],
    [
      'another authority',
      () => ({}),
      () => ({ tls: { caFile: made.stranger.certFile } }),
      /certificate.*tls\.caFile/s,
      [1],
    ],
    ["another host's certificate", () => ({ identity: made.elsewhere }), trusting, /altnames.*other host names/s, [1]],
    [
      'no client certificate',
      () => ({ clientCaFile: made.caFile }),
      trusting,
      /certificate required.*tls\.certFile/s,
      TOLD_LATE,
    ],
  ])('%s is an end, with host and port and what to do', async (_, proxyOptions, options, message, allowed) => {
    const { outcome, attempts, address } = await through(proxyOptions(), token, options());
    expect(outcome).toMatchObject({ code: 'unreachable', retryable: false, message: expect.stringMatching(message) });
    expect((outcome as Error).message).toContain(address);
    expect(allowed).toContain(attempts);
  });

  test('a client certificate opens where one is wanted', async () => {
    const options = { tls: { caFile: made.caFile, ...made.client } };
    expect(await through({ clientCaFile: made.caFile }, token, options)).toMatchObject({ outcome: 3n });
  });
}
