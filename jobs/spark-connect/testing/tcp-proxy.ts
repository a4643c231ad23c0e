/** A TCP proxy that can cut, freeze and delay its connections: what networks do, on demand. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Lane, type LaneConditions } from './proxy-direction.ts';
import { randomOf } from './random.ts';

/** What is not named stays as it is. */
export interface Conditions {
  /** From the client to the server. */
  readonly up?: Partial<LaneConditions>;
  /** From the server to the client. */
  readonly down?: Partial<LaneConditions>;
}

/** The connections that stand, those that will be made, or both. */
export type Which = 'standing' | 'new' | 'all';

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** `sc://127.0.0.1:port` */
  readonly remote: string;
  /** How many connections were made so far. */
  connections(): number;
  /** How many stand now; one whose end has not got through yet stands for the other side. */
  standing(): number;
  /** Bytes that were handed on to the server so far. */
  bytesUp(): number;
  /** Bytes that were handed on to the client so far. */
  bytesDown(): number;
  /** Breaks every connection; new ones are accepted. */
  cut(): void;
  /**
   * Bytes of one connection stay in order. Connections overtake each other where those that stand are slower than new ones.
   * @param which all, without it
   */
  impair(conditions: Conditions, which?: Which): void;
  /** Connections stay open, but nothing passes any more, in either direction. @param which all, without it */
  freeze(which?: Which): void;
  /** Nothing is frozen or delayed any more; what is held back already keeps its time. */
  thaw(): void;
  /** What is held back by a delay goes on now. */
  deliver(): void;
  /** Breaks every connection, and new ones at once, until {@link accept}. */
  refuse(): void;
  accept(): void;
  /** New connections go to another server on 127.0.0.1. */
  retarget(port: number): void;
  /** Something the server never said; for the oldest connection that stands. */
  say(bytes: Buffer): void;
  /** Ends it; then connections are refused. */
  close(): Promise<void>;
}

const CLEAR: LaneConditions = { isFrozen: false, delayMs: 0, jitterMs: 0 };

interface Link {
  readonly client: Socket;
  readonly target: Socket;
  readonly up: Lane;
  readonly down: Lane;
}

/** @param targetPort of a server on 127.0.0.1 @param seed of the jitter */
export async function startTcpProxy(targetPort: number, seed = 1): Promise<TcpProxy> {
  const random = randomOf(seed).next;
  const links = new Set<Link>();
  const gone = { up: 0, down: 0 };
  const fresh = { up: CLEAR, down: CLEAR };
  let port = targetPort;
  let isRefusing = false;
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    if (isRefusing) {
      client.on('error', () => undefined).destroy();
      return;
    }
    const target = connect(port, '127.0.0.1');
    const up = new Lane(client, target, fresh.up, random);
    const down = new Lane(target, client, fresh.down, random);
    const link = { client, target, up, down };
    links.add(link);
    for (const socket of [client, target]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!client.destroyed || !target.destroyed || !links.delete(link)) return;
        gone.up += up.passedBytes;
        gone.down += down.passedBytes;
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ownPort } = server.address() as AddressInfo;
  const passed = (way: 'up' | 'down'): number =>
    [...links].reduce((bytes, link) => bytes + link[way].passedBytes, gone[way]);
  const cut = (): void => {
    for (const { client, target } of links) for (const socket of [client, target]) socket.destroy();
  };
  const impair = (conditions: Conditions, which: Which = 'all'): void => {
    for (const way of ['up', 'down'] as const) {
      const change = conditions[way];
      if (change === undefined) continue;
      if (which !== 'standing') fresh[way] = { ...fresh[way], ...change };
      if (which !== 'new') for (const link of links) link[way].change(change);
    }
  };
  const close = async (): Promise<void> => {
    cut();
    server.close();
    if (server.listening) await once(server, 'close');
  };
  return {
    port: ownPort,
    remote: `sc://127.0.0.1:${ownPort}`,
    connections: () => connections,
    standing: () => links.size,
    bytesUp: () => passed('up'),
    bytesDown: () => passed('down'),
    cut,
    impair,
    freeze: (which) => impair({ up: { isFrozen: true }, down: { isFrozen: true } }, which),
    thaw: () => impair({ up: CLEAR, down: CLEAR }),
    deliver: () => {
      for (const { up, down } of links) for (const lane of [up, down]) lane.deliver();
    },
    refuse: () => {
      isRefusing = true;
      cut();
    },
    accept: () => {
      isRefusing = false;
    },
    retarget: (newPort) => {
      port = newPort;
    },
    say: (bytes) => void [...links][0]?.client.write(bytes),
    close,
    [Symbol.asyncDispose]: close,
  };
}
