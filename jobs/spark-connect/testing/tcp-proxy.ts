/** A TCP proxy that can cut or freeze its connections: what networks do, on demand. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** `sc://127.0.0.1:port` */
  readonly remote: string;
  /** How many connections were made so far. */
  connections(): number;
  /** Bytes that came from the server so far. */
  bytesDown(): number;
  /** Breaks every connection; new ones are accepted. */
  cut(): void;
  /** Connections stay open, but nothing passes any more, in either direction; new ones are silent from the start. */
  freeze(): void;
  thaw(): void;
  /** Breaks every connection, and new ones at once, until {@link accept}. */
  refuse(): void;
  accept(): void;
  /** Ends it; then connections are refused. */
  close(): Promise<void>;
}

/** @param targetPort of a server on 127.0.0.1 */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isFrozen = false;
  let isRefusing = false;
  let connections = 0;
  let bytesDown = 0;
  const server = createServer((client) => {
    connections += 1;
    if (isRefusing) {
      client.on('error', () => undefined).destroy();
      return;
    }
    const target = connect(targetPort, '127.0.0.1');
    const pair = [client, target] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
      if (isFrozen) socket.pause();
    }
    target.on('data', (bytes: Buffer) => {
      bytesDown += bytes.length;
    });
    client.pipe(target);
    target.pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const everySocket = (act: (socket: Socket) => void): void => {
    for (const pair of pairs) for (const socket of pair) act(socket);
  };
  const cut = (): void => everySocket((socket) => socket.destroy());
  const close = async (): Promise<void> => {
    cut();
    server.close();
    if (server.listening) await once(server, 'close');
  };
  return {
    port,
    remote: `sc://127.0.0.1:${port}`,
    connections: () => connections,
    bytesDown: () => bytesDown,
    cut,
    freeze: () => {
      isFrozen = true;
      everySocket((socket) => socket.unpipe().pause());
    },
    thaw: () => {
      isFrozen = false;
      for (const [client, target] of pairs) {
        client.pipe(target);
        target.pipe(client);
      }
    },
    refuse: () => {
      isRefusing = true;
      cut();
    },
    accept: () => {
      isRefusing = false;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
