/** How Spark reads the frozen offsets of a topic: connection, limits and security, without any secret. */
import { LakeError } from 'lake';
import type { Config, Environment } from 'runtime';
import { type FrozenOffsets, offsetsJson } from './freeze-decision.ts';

const LOGIN_MODULES = {
  PLAIN: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  'SCRAM-SHA-256': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  'SCRAM-SHA-512': 'org.apache.kafka.common.security.scram.ScramLoginModule',
} as const;

/** Where the Spark server runs Kafka replaces the names by its own environment, so a plan holds names only. */
const CREDENTIALS = {
  'kafka.config.providers': 'env',
  'kafka.config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
  'kafka.config.providers.env.param.allowlist.pattern': 'KAFKA_USERNAME|KAFKA_PASSWORD',
} as const;

/**
 * Options of Spark's Kafka source; the offsets name every partition, and a record that is gone is an error.
 *
 * @param variables where KAFKA_USERNAME and KAFKA_PASSWORD are looked at; what they hold is not told
 * @throws LakeError config where Spark cannot be given such a name or password
 */
export function sparkOptions(
  kafka: Config['kafka'],
  frozen: FrozenOffsets,
  variables: Environment,
): Record<string, string> {
  return {
    'kafka.bootstrap.servers': kafka.brokers.join(','),
    subscribe: frozen.topic,
    startingOffsets: offsetsJson(frozen, 'start'),
    endingOffsets: offsetsJson(frozen, 'end'),
    failOnDataLoss: 'true',
    includeHeaders: 'true',
    'kafka.isolation.level': 'read_committed',
    ...limits(kafka.timeoutSeconds * 1000),
    ...security(kafka.security, variables),
  };
}

/** The source asks twice before it gives up, a consumer waits once: each stays below the limit. */
function limits(timeoutMs: number): Record<string, string> {
  const half = String(Math.floor(timeoutMs / 2));
  return {
    'fetchOffset.numRetries': '1',
    'kafkaConsumer.pollTimeoutMs': half,
    'kafka.default.api.timeout.ms': half,
    'kafka.request.timeout.ms': String(Math.floor(timeoutMs / 3)),
    'kafka.socket.connection.setup.timeout.ms': String(Math.min(5_000, Math.floor(timeoutMs / 3))),
  };
}

function security(
  { protocol, mechanism, caFile }: Config['kafka']['security'],
  variables: Environment,
): Record<string, string> {
  const isSasl = protocol.startsWith('SASL');
  const [username, password] = isSasl
    ? ['KAFKA_USERNAME', 'KAFKA_PASSWORD'].map((name) => quotedVariable(name, variables[name]))
    : [];
  const sasl = {
    ...CREDENTIALS,
    'kafka.sasl.mechanism': mechanism,
    'kafka.sasl.jaas.config': `${LOGIN_MODULES[mechanism]} required username=${username} password=${password};`,
  };
  return {
    'kafka.security.protocol': protocol,
    ...(isSasl ? sasl : {}),
    ...(protocol.endsWith('SSL') && caFile !== null
      ? { 'kafka.ssl.truststore.type': 'PEM', 'kafka.ssl.truststore.location': caFile }
      : {}),
  };
}

/** Kafka puts the value between the quotes as it is, and only then looks for their end: so they are a kind that it does not hold. */
function quotedVariable(name: string, value = ''): string {
  const quote = ['"', "'"].find((kind) => !value.includes(kind));
  if (quote === undefined || /[\\\n\r]/.test(value)) {
    const what = 'a backslash, a line end, or both kinds of quotes';
    throw new LakeError('config', `${name} holds ${what}, which Spark's Kafka client cannot read: choose another`);
  }
  return `${quote}\${env:${name}}${quote}`;
}
