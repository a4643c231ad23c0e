/** Stands between an S3 client and its server: writes down every request, and breaks the ones it is told to. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type S3Keys, signed } from './s3-signature.ts';

/** How a request ends that is broken. */
export type S3Fault =
  /** The connection is cut, and the server never sees the request. */
  | 'cut-before'
  /** The server acts, and its answer is lost with the connection. */
  | 'cut-after'
  /** The connection is cut, and the server acts when nobody waits any more. */
  | 'cut-first'
  /** An answer in place of the server, which never sees the request. */
  | '500'
  | '503'
  | '412'
  | '409'
  /** Answers of a store that knows the caller, and does not let it. */
  | 'denied'
  | 'expired'
  /** Neither an answer nor an end. */
  | 'hang';

/** Those after which it is known whether the server has acted. */
export const S3_FAULTS: readonly S3Fault[] = ['cut-before', 'cut-after', '500', '503', '412', '409', 'hang'];

export interface S3Request {
  /** Counted from 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
}

/** Of the jobs' own client; Spark has another. */
export const isOfJob = ({ headers }: Pick<S3Request, 'headers'>): boolean =>
  String(headers['user-agent']).includes('recipe-etl');

export interface S3ProxyOptions {
  /** Of a user of the server; needed where conditions are stripped, since they are part of the signature. */
  readonly keys?: S3Keys | undefined;
  /** PEM; the proxy then speaks TLS to its clients. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

export interface S3Proxy extends AsyncDisposable {
  readonly endpoint: string;
  /** In the order in which they came, since the last reset. */
  readonly requests: readonly S3Request[];
  /** Whether `If-Match` and `If-None-Match` are kept from the server, as by one that does not know them. */
  stripConditions: boolean;
  /** Awaited before a request is passed on, and before its answer is; may delay it, or kill somebody. */
  onRequest: ((request: S3Request, moment: 'before' | 'after') => unknown) | undefined;
  /** Breaks the n-th request, from 1. */
  failAt(n: number, fault: S3Fault): void;
  /** Breaks the first request of which this is true. */
  failWhen(isMeant: (request: S3Request) => boolean, fault: S3Fault): void;
  /** Forgets requests and faults. */
  reset(): void;
  close(): Promise<void>;
}

const PASSED_ON: ReadonlySet<S3Fault> = new Set(['cut-after', 'cut-first']);

/** What S3 says. */
const ANSWERS: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  '500': [500, 'InternalError', 'We encountered an internal error. Please try again.'],
  '503': [503, 'SlowDown', 'Please reduce your request rate.'],
  '412': [412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold'],
  '409': [409, 'ConditionalRequestConflict', 'A conflicting operation occurred during this request.'],
  denied: [403, 'AccessDenied', 'Access Denied'],
  expired: [400, 'ExpiredToken', 'The provided token has expired.'],
};

/** @param endpoint of the server, `http://host:port` */
export async function startS3Proxy(endpoint: string, { tls, keys }: S3ProxyOptions = {}): Promise<S3Proxy> {
  const proxy = new Proxy(endpoint, keys);
  const handle = (asked: IncomingMessage, answer: ServerResponse): void => void proxy.handle(asked, answer);
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return Object.assign(proxy, {
    endpoint: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    close,
    [Symbol.asyncDispose]: close,
  });
}

interface PlannedFault {
  readonly isMeant: (request: S3Request) => boolean;
  readonly fault: S3Fault;
}

class Proxy {
  stripConditions = false;
  onRequest: S3Proxy['onRequest'];
  readonly #server: URL;
  readonly #keys: S3Keys | undefined;
  #requests: S3Request[] = [];
  #faults: PlannedFault[] = [];

  constructor(endpoint: string, keys: S3Keys | undefined) {
    this.#server = new URL(endpoint);
    this.#keys = keys;
  }

  get requests(): readonly S3Request[] {
    return this.#requests;
  }

  failAt(n: number, fault: S3Fault): void {
    this.failWhen(({ number }) => number === n, fault);
  }

  failWhen(isMeant: PlannedFault['isMeant'], fault: S3Fault): void {
    this.#faults.push({ isMeant, fault });
  }

  reset(): void {
    this.#requests = [];
    this.#faults = [];
  }

  async handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = asked;
    const [path = '', query = ''] = url.split('?');
    const noted = { number: this.#requests.length + 1, method, path, query, headers };
    this.#requests.push(noted);
    const fault = this.#faultOf(noted);
    try {
      // Tests send little: whole bodies are easier to break than streams.
      const body = await buffer(asked);
      if (fault === 'hang') return;
      if (fault === 'cut-before') return void asked.socket.destroy();
      if (fault !== undefined && !PASSED_ON.has(fault)) return refuse(answer, fault, method);
      if (fault === 'cut-first') asked.socket.destroy();
      await this.onRequest?.(noted, 'before');
      const { status, headers: given, content } = await this.#passedOn(noted, url, body);
      await this.onRequest?.(noted, 'after');
      if (fault !== undefined) return void asked.socket.destroy();
      answer.writeHead(status, given).end(content);
    } catch {
      asked.socket.destroy();
    }
  }

  #faultOf(noted: S3Request): S3Fault | undefined {
    const index = this.#faults.findIndex(({ isMeant }) => isMeant(noted));
    return index === -1 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
  }

  async #passedOn({ method, headers }: S3Request, path: string, body: Buffer) {
    const { hostname, port } = this.#server;
    const { 'transfer-encoding': _, ...kept } = headers as Record<string, string>;
    const sent = this.stripConditions ? await this.#withoutConditions(method, path, kept) : kept;
    const passing = request({ hostname, port, method, path, headers: { ...sent, 'content-length': body.length } });
    passing.end(body);
    const [answer] = (await once(passing, 'response')) as [IncomingMessage];
    const { 'transfer-encoding': __, connection: ___, ...given } = answer.headers;
    return { status: answer.statusCode ?? 500, headers: given, content: await buffer(answer) };
  }

  async #withoutConditions(method: string, path: string, headers: Record<string, string>) {
    const { 'if-match': match, 'if-none-match': noneMatch, ...kept } = headers;
    if (match === undefined && noneMatch === undefined) return headers;
    if (this.#keys === undefined) throw new Error('Conditions can be stripped by a proxy with keys only.');
    return signed(this.#keys, method, new URL(path, this.#server), kept);
  }
}

function refuse(answer: ServerResponse, fault: keyof typeof ANSWERS, method: string): void {
  const [status = 500, code, message] = ANSWERS[fault] ?? [];
  const content = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  answer.writeHead(status, { 'content-type': 'application/xml' }).end(method === 'HEAD' ? '' : content);
}
