/** A server that takes OpenLineage events, or treats them as a test says. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LineageRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** @param answer to a request; by default it is taken */
export async function lineageServer(answer = (response: ServerResponse): unknown => response.writeHead(201).end()) {
  const requests: LineageRequest[] = [];
  const { promise: asked, resolve } = Promise.withResolvers<readonly [ServerResponse]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = `${request.method} ${request.url}`;
      requests.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response);
      resolve([response]);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** Resolves with the first request, to what answers it. */
    asked,
    get events(): unknown[] {
      return requests.map(({ body }) => JSON.parse(body) as unknown);
    },
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
