/** Decides what an `sc://` text means: `sc://host[:port][/;key=value;…]`. */
import { SparkError } from '../errors.ts';

const DEFAULT_PORT = 15_002;
const DEFAULT_MAX_MESSAGE_BYTES = 128 * 1024 * 1024;
const SCHEME = 'sc://';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HEADER_NAME = /^[0-9a-z_.-]+$/;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

export interface Address {
  /** Without brackets, also for IPv6. */
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** Sent as `authorization: Bearer …`; switches TLS on. */
  readonly token: string | undefined;
  readonly userId: string | undefined;
  readonly userAgent: string | undefined;
  /** Lower-case UUID; the session is joined instead of made. */
  readonly sessionId: string | undefined;
  readonly maxMessageBytes: number;
  /** Every parameter that is not Spark's own: sent with each call as metadata. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the caller says beside the address. */
export interface Wishes {
  /** Certificates are given: switches TLS on. */
  readonly hasTls?: boolean | undefined;
  /** A token may go over plain text, to this machine itself. */
  readonly allowPlaintextToken?: boolean | undefined;
}

/**
 * The port is 15002 unless it is given, with TLS or without.
 * @param remote such as `sc://127.0.0.1:15002` or `sc://spark.example:443/;token=abc;user_id=etl`
 * @throws SparkError `usage` that names the bad part; values are not repeated, since they may be secret
 */
export function parseAddress(remote: string | undefined, wishes: Wishes = {}): Address {
  if (remote === undefined || remote === '') throw bad('neither the option "remote" nor SPARK_REMOTE names one');
  if (typeof remote !== 'string') throw bad('the option "remote" must be a text');
  if (!remote.startsWith(SCHEME)) throw bad(`it must begin with ${SCHEME}`);
  const rest = remote.slice(SCHEME.length);
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? '' : rest.slice(slash + 1);
  if (authority.includes(';')) throw bad('parameters come after "/;"');
  if (path !== '' && !path.startsWith(';')) throw bad('it must not have a path, only parameters after "/;"');
  const { useTls, ...parameters } = parseParameters(path.slice(1));
  const hostAndPort = parseAuthority(authority);
  const hasSecret = parameters.token !== undefined || 'authorization' in parameters.headers;
  const isTls = useTls ?? (hasSecret || wishes.hasTls === true);
  if (!isTls && wishes.hasTls === true) throw bad('the option "tls" is given, but "use_ssl" is false');
  if (!isTls && hasSecret) assertPlaintext(hostAndPort.host, wishes);
  return { ...hostAndPort, isTls, ...parameters };
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Whoever listens to the network could use a token for himself; nobody listens to the loopback who could not do worse. */
function assertPlaintext(host: string, { allowPlaintextToken }: Wishes): void {
  const hint = 'allowPlaintextToken lets it go to this machine itself as plain text';
  if (allowPlaintextToken !== true) throw bad(`"token" needs TLS, but "use_ssl" is false (${hint})`);
  if (!isLoopback(host)) throw bad(`"token" needs TLS, and ${host} is not this machine (${hint}, and nowhere else)`);
}

/** As people and gRPC write it: `host:port`, IPv6 in brackets. */
export function hostAndPort({ host, port }: Pick<Address, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseAuthority(authority: string): Pick<Address, 'host' | 'port'> {
  const match = /^(?:\[(?<v6>[0-9A-Fa-f:.%]+)\]|(?<name>[^:[\]@?#\s]+))(?::(?<port>.*))?$/s.exec(authority);
  const host = match?.groups?.['v6'] ?? match?.groups?.['name'];
  if (host === undefined) throw bad(`the host "${authority}" is not a name or an address (IPv6 needs brackets)`);
  const portText = match?.groups?.['port'];
  if (portText === undefined) return { host, port: DEFAULT_PORT };
  const port = Number(portText);
  if (!/^[0-9]{1,5}$/.test(portText) || port < 1 || port > 65_535) throw bad(`the port "${portText}" is not 1..65535`);
  return { host, port };
}

type Parameters = Omit<Address, 'host' | 'port' | 'isTls'> & { readonly useTls: boolean | undefined };

function parseParameters(text: string): Parameters {
  const pairs = new Map<string, string>();
  for (const part of text.split(';')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    if (equals < 1 || equals === part.length - 1)
      throw bad(`the parameter "${key}" has no ${equals === 0 ? 'name' : 'value'}`);
    if (pairs.has(key)) throw bad(`the parameter "${key}" is there twice`);
    pairs.set(key, decoded(key, part.slice(equals + 1)));
  }
  const take = (key: string): string | undefined => {
    const value = pairs.get(key);
    pairs.delete(key);
    return value;
  };
  const token = take('token');
  const useTls = flag('use_ssl', take('use_ssl'));
  if (token !== undefined && pairs.has('authorization')) throw bad('"token" and "authorization" are the same header');
  const sessionId = take('session_id');
  if (sessionId !== undefined && !UUID.test(sessionId)) throw bad('"session_id" is not a lower-case UUID');
  const known = {
    token,
    useTls,
    userId: take('user_id'),
    userAgent: take('user_agent'),
    sessionId,
    maxMessageBytes: bytes('grpc_max_message_size', take('grpc_max_message_size')),
  };
  for (const key of pairs.keys()) {
    if (!HEADER_NAME.test(key) || key.endsWith('-bin'))
      throw bad(`the parameter "${key}" is unknown and cannot be a header`);
  }
  return { ...known, headers: Object.fromEntries(pairs) };
}

function decoded(key: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw bad(`the value of "${key}" is not percent-encoded text`);
  }
}

function flag(key: string, value: string | undefined): boolean | undefined {
  if (value === undefined || value === 'true') return value === undefined ? undefined : true;
  if (value === 'false') return false;
  throw bad(`"${key}" must be true or false`);
}

function bytes(key: string, value: string | undefined): number {
  if (value === undefined) return DEFAULT_MAX_MESSAGE_BYTES;
  if (!/^[1-9][0-9]{0,9}$/.test(value) || Number(value) > 0x7fffffff)
    throw bad(`"${key}" must be a number of bytes below 2 GiB`);
  return Number(value);
}

function bad(reason: string): SparkError {
  return new SparkError(
    'usage',
    `The remote address cannot be used: ${reason}. Expected sc://host[:port][/;key=value;…].`,
  );
}
