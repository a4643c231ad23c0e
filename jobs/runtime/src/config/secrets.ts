/** The secrets of a configuration, which must not appear in a log, a summary or a manifest. */
import type { Config } from './schema.ts';
import type { Environment } from './variables.ts';

const BLANK = '***';
/** Parameters of a remote that say how, not who; every other one may be a credential. */
const HARMLESS = new Set(['use_ssl', 'user_agent', 'grpc_max_message_size']);
/** Names of session confs that Spark itself keeps out of its logs. */
const SECRET_CONF = /secret|password|token|credential|access[.]?key/i;
/** Shorter ones would blank half of a log. */
const MIN_SECRET_LENGTH = 4;

/** `sc://host:15002/;token=***`: everything but where the server is and how it is spoken to. */
export function redactRemote(remote: string): string {
  return remote
    .replace(/^([a-z0-9+.-]+:\/\/)[^/@]*@/i, `$1${BLANK}@`)
    .replaceAll(/;([^=;]*)=([^;]*)/g, (all, key: string) => (HARMLESS.has(key) ? all : `;${key}=${BLANK}`));
}

/** The same configuration without credentials and user names: fit for a log, and for a fingerprint. */
export function redacted<C extends Pick<Config, 'spark'>>(config: C): C {
  const conf = Object.entries(config.spark.conf).map(([key, value]) => [key, SECRET_CONF.test(key) ? BLANK : value]);
  return {
    ...config,
    spark: { ...config.spark, remote: redactRemote(config.spark.remote), conf: Object.fromEntries(conf) },
  };
}

/** What the SDK of the store and the Kafka clients take from the environment. */
const SECRET_VARIABLES = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'KAFKA_PASSWORD',
];

/** Every secret text of a configuration and of the environment, as written, as decoded, and as JSON writes both. User names are not secret. */
export function secretsOf({ spark }: Pick<Config, 'spark'>, variables: Environment = {}): string[] {
  const parameters = [...spark.remote.matchAll(/;([^=;]*)=([^;]*)/g)]
    .filter(([, key = '']) => key !== 'user_id' && !HARMLESS.has(key))
    .map(([, , value = '']) => value);
  const password = /^[a-z0-9+.-]+:\/\/[^/@:]*:([^/@]*)@/i.exec(spark.remote)?.[1];
  const confs = Object.entries(spark.conf)
    .filter(([key]) => SECRET_CONF.test(key))
    .map(([, value]) => value);
  const given = SECRET_VARIABLES.flatMap((name) => variables[name] ?? []);
  const written = [...parameters, ...confs, ...given, ...(password === undefined ? [] : [password])];
  const known = [...written, ...written.map(decoded)].filter((text) => text.length >= MIN_SECRET_LENGTH);
  // A summary is JSON, and its message may hold JSON of somebody else.
  const quoted = known.map(inJson);
  const secrets = new Set([...known, ...quoted, ...quoted.map(inJson)]);
  // The longest first: one may hold another.
  return [...secrets].toSorted((a, b) => b.length - a.length);
}

/** @param secrets as {@link secretsOf} returns them */
export function scrub(text: string, secrets: readonly string[]): string {
  return secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, BLANK), text);
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
