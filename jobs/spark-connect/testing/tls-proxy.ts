/** A TLS proxy in front of a server without TLS: what a gateway does. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { CertificateFiles } from './certificates.ts';

export interface TlsProxy extends AsyncDisposable {
  readonly port: number;
  /** Attempts so far, also those that came to nothing. */
  attempts(): number;
  close(): Promise<void>;
}

export interface TlsProxyOptions {
  /** Of a server on 127.0.0.1. */
  readonly targetPort: number;
  readonly identity: CertificateFiles;
  /** Only clients that this authority has signed. */
  readonly clientCaFile?: string;
}

export async function startTlsProxy({ targetPort, identity, clientCaFile }: TlsProxyOptions): Promise<TlsProxy> {
  const sockets = new Set<Socket>();
  let attempts = 0;
  const clients = clientCaFile === undefined ? {} : { ca: readFileSync(clientCaFile), requestCert: true };
  const options = {
    cert: readFileSync(identity.certFile),
    key: readFileSync(identity.keyFile),
    ALPNProtocols: ['h2'],
    ...clients,
  };
  const server = createServer(options, (client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    client.pipe(target);
    target.pipe(client);
  });
  server.on('connection', () => {
    attempts += 1;
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return {
    port: (server.address() as AddressInfo).port,
    attempts: () => attempts,
    close,
    [Symbol.asyncDispose]: close,
  };
}
