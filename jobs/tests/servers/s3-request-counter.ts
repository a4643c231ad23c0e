/** Stands before an S3 server, lets everything through as it comes, and counts requests and bytes. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isOfJob } from 'lake/testing/s3-proxy';

export interface RequestCounter extends AsyncDisposable {
  readonly endpoint: string;
  /** Since the last time it was asked. */
  taken(): Taken;
}

export interface Taken {
  /** Method -> how many. */
  readonly requests: Readonly<Record<string, number>>;
  /** Of all bodies both ways. */
  readonly bytes: number;
  /** Those of them that the job sent or got, and not Spark. */
  readonly jobBytes: number;
}

/** @param endpoint of the server, `http://host:port` */
export async function startRequestCounter(endpoint: string): Promise<RequestCounter> {
  const { hostname, port } = new URL(endpoint);
  let requests: Record<string, number> = {};
  let [bytes, jobBytes] = [0, 0];
  const weighed = (isJob: boolean): Transform =>
    new Transform({
      transform(chunk: Uint8Array, _, done) {
        bytes += chunk.length;
        if (isJob) jobBytes += chunk.length;
        done(null, chunk);
      },
    });
  const pass = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', headers } = asked;
    requests[method] = (requests[method] ?? 0) + 1;
    const isJob = isOfJob(asked);
    const passing = request({ hostname, port, method, path, headers });
    // A client that has read enough hangs up; so does this side then.
    answer.on('close', () => void passing.destroy());
    const [[given]] = await Promise.all([
      once(passing, 'response') as Promise<[IncomingMessage]>,
      pipeline(asked, weighed(isJob), passing),
    ]);
    answer.writeHead(given.statusCode ?? 500, given.headers);
    await pipeline(given, weighed(isJob), answer);
  };
  const server = createServer((asked, answer) => void pass(asked, answer).catch(() => asked.socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken() {
      const taken = { requests, bytes, jobBytes };
      [requests, bytes, jobBytes] = [{}, 0, 0];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
