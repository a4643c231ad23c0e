/** The secrets of a configuration, which must not appear in a log, a summary or a manifest. */
import type { AwsValue, Config } from './schema.ts';
import type { Environment } from './variables.ts';

/** What stands where a secret was. */
export const BLANK = '***';
/** Parameters of a remote that say how, not who; every other one may be a credential. */
const HARMLESS = new Set(['use_ssl', 'user_agent', 'grpc_max_message_size']);
/** Names of session confs that Spark itself keeps out of its logs. */
export const SECRET_CONF = /secret|password|token|credential|access[.]?key/i;
/** Shorter ones would blank half of a log. */
const MIN_SECRET_LENGTH = 4;
const BROKERS = /^([^,:\s]+:\d+(,|$))+$/;

/** `sc://host:15002/;token=***`: everything but where the server is and how it is spoken to. */
export function redactRemote(remote: string): string {
  return remote
    .replace(/^([a-z0-9+.-]+:\/\/)[^/@]*@/i, `$1${BLANK}@`)
    .replaceAll(/;([^=;]*)=([^;]*)/g, (all, key: string) => (HARMLESS.has(key) ? all : `;${key}=${BLANK}`));
}

type Secretive = Pick<Config, 'spark'> & Partial<Pick<Config, 'fromAws'>>;

/** The same configuration without credentials and user names: fit for a log, and for a fingerprint. */
export function redacted<C extends Secretive>(config: C): C {
  const { fromAws = [], ...own } = config;
  const { spark, ...rest } = fromAws.length === 0 ? own : withReferences(own, fromAws);
  const conf = Object.entries(spark.conf).map(([key, value]) => [key, SECRET_CONF.test(key) ? BLANK : value]);
  const safe = { ...spark, remote: redactRemote(spark.remote), conf: Object.fromEntries(conf) };
  return { ...rest, spark: safe } as unknown as C;
}

/** What is from AWS as its reference, of whatever type it became; what holds it in part without it. */
function withReferences<V>(value: V, fromAws: readonly AwsValue[]): V {
  const secrets = forms(fromAws.flatMap(({ value: text }) => partsOf(text)));
  const shown = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(shown);
    if (item !== null && typeof item === 'object') {
      return Object.fromEntries(Object.entries(item).map(([key, of]) => [key, shown(of)]));
    }
    const whole = fromAws.find(({ value: text }) => text === String(item));
    if (whole !== undefined) return whole.reference;
    return typeof item === 'string' ? scrub(item, secrets) : item;
  };
  return shown(value) as V;
}

/** What the SDK of the store, the Kafka clients and the sender of lineage take from the environment. */
export const SECRET_VARIABLES: readonly string[] = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'KAFKA_PASSWORD',
  'OPENLINEAGE_API_KEY',
];

/**
 * Every secret text of a configuration and of the environment, as written, as decoded, and as JSON writes both. User names
 * are not secret, unless they come from AWS.
 */
export function secretsOf({ spark, fromAws = [] }: Secretive, variables: Environment = {}): string[] {
  const confs = Object.entries(spark.conf)
    .filter(([key]) => SECRET_CONF.test(key))
    .map(([, value]) => value);
  const given = SECRET_VARIABLES.flatMap((name) => variables[name] ?? []);
  return forms([...credentialsIn(spark.remote), ...confs, ...given, ...fromAws.flatMap(({ value }) => partsOf(value))]);
}

function credentialsIn(remote: string): string[] {
  const parameters = [...remote.matchAll(/;([^=;]*)=([^;]*)/g)]
    .filter(([, key = '']) => key !== 'user_id' && !HARMLESS.has(key))
    .map(([, , value = '']) => value);
  const password = /^[a-z0-9+.-]+:\/\/[^/@:]*:([^/@]*)@/i.exec(remote)?.[1];
  return [...parameters, ...(password === undefined ? [] : [password])];
}

/** A value from AWS, and what our own messages take out of one: a broker of a list, the address in a remote. */
function partsOf(value: string): string[] {
  const brokers = BROKERS.test(value) ? value.split(',') : [];
  const address = /^[a-z0-9+.-]+:\/\/(?:[^/@]*@)?([^/;?#]+)/i.exec(value)?.[1];
  return [value, value.trim(), ...brokers, ...(address === undefined ? [] : [address])];
}

/** Texts in all forms in which they may be written, the longest first: one may hold another. */
function forms(texts: readonly string[]): string[] {
  const known = [...texts, ...texts.map(decoded)].filter((text) => text.length >= MIN_SECRET_LENGTH);
  // A summary is JSON, and its message may hold JSON of somebody else.
  const quoted = known.map(inJson);
  const secrets = new Set([...known, ...quoted, ...quoted.map(inJson)]);
  return [...secrets].toSorted((a, b) => b.length - a.length);
}

/** @param secrets as {@link secretsOf} returns them */
export function scrub(text: string, secrets: readonly string[]): string {
  return secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, BLANK), text);
}

/** The same value with every text in it scrubbed, and nothing else: what is JSON stays JSON. */
export function scrubTexts(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return scrub(value, secrets);
  if (Array.isArray(value)) return value.map((item) => scrubTexts(item, secrets));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [scrub(key, secrets), scrubTexts(item, secrets)]),
  );
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
