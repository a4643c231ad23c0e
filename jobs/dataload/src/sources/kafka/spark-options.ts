/** How Spark reads the frozen offsets of a topic: connection, limits and security, without any secret. */
import type { Config } from 'runtime';
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

/** Options of Spark's Kafka source; the offsets name every partition, and a record that is gone is an error. */
export function sparkOptions(kafka: Config['kafka'], frozen: FrozenOffsets): Record<string, string> {
  return {
    'kafka.bootstrap.servers': kafka.brokers.join(','),
    subscribe: frozen.topic,
    startingOffsets: offsetsJson(frozen, 'start'),
    endingOffsets: offsetsJson(frozen, 'end'),
    failOnDataLoss: 'true',
    includeHeaders: 'true',
    'kafka.isolation.level': 'read_committed',
    ...limits(kafka.timeoutSeconds * 1000),
    ...security(kafka.security),
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

function security({ protocol, mechanism, caFile }: Config['kafka']['security']): Record<string, string> {
  const user = 'username="${env:KAFKA_USERNAME}" password="${env:KAFKA_PASSWORD}"';
  const sasl = {
    ...CREDENTIALS,
    'kafka.sasl.mechanism': mechanism,
    'kafka.sasl.jaas.config': `${LOGIN_MODULES[mechanism]} required ${user};`,
  };
  return {
    'kafka.security.protocol': protocol,
    ...(protocol.startsWith('SASL') ? sasl : {}),
    ...(protocol.endsWith('SSL') && caFile !== null
      ? { 'kafka.ssl.truststore.type': 'PEM', 'kafka.ssl.truststore.location': caFile }
      : {}),
  };
}
