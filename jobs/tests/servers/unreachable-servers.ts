/** Addresses at which there is no Spark: where nobody listens, and where somebody listens and never says a word. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface DeadEnd extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** `sc://127.0.0.1:port` */
  readonly remote: string;
}

/** Connections are refused. */
export async function closedPort(): Promise<DeadEnd> {
  const server = await listening(createServer());
  const address = addressOf(server);
  await closed(server);
  return { address, remote: `sc://${address}`, [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** Connections are accepted, and that is all. */
export async function silentPort(): Promise<DeadEnd> {
  const sockets = new Set<Socket>();
  const server = await listening(createServer((socket) => void sockets.add(socket.on('error', () => undefined))));
  const address = addressOf(server);
  return {
    address,
    remote: `sc://${address}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await closed(server);
    },
  };
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function addressOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
