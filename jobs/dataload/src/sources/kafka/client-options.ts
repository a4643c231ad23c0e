/** How a Kafka client of Node is set up: brokers, limits, certificates and credentials. */
import type { BaseOptions } from '@platformatic/kafka';
import { LakeError } from 'lake';
import { type Config, type Environment, readAuthorities } from 'runtime';

const CLIENT_ID = 'recipe-etl';
/** A broker that is there answers within this time; others of the list are asked sooner. */
const MAX_CONNECT_MS = 5_000;
const IP_ADDRESS = /^[\d.]+:\d+$|^\[/;

/**
 * @param variables where KAFKA_USERNAME and KAFKA_PASSWORD are looked for
 * @throws LakeError config: no brokers, no credentials, or no such file of authorities
 */
export function clientOptions(kafka: Config['kafka'], variables: Environment): BaseOptions {
  const { brokers, security, timeoutSeconds } = kafka;
  if (brokers.length === 0) {
    throw new LakeError('config', 'there are no brokers in kafka_config.yml; name some, or set KAFKA_BROKER');
  }
  const timeoutMs = timeoutSeconds * 1000;
  return {
    clientId: CLIENT_ID,
    bootstrapBrokers: [...brokers],
    // Whoever calls tries again, as long as the time allows.
    retries: 0,
    connectTimeout: Math.min(timeoutMs, MAX_CONNECT_MS),
    requestTimeout: timeoutMs,
    autocreateTopics: false,
    ...(security.protocol.endsWith('SSL') ? tlsOptions(kafka) : {}),
    ...(security.protocol.startsWith('SASL') ? { sasl: saslOptions(security.mechanism, variables) } : {}),
  };
}

function tlsOptions({ brokers, security: { caFile } }: Config['kafka']): Pick<BaseOptions, 'tls' | 'tlsServerName'> {
  // Servers may choose a certificate by this name; TLS allows no address here.
  const tlsServerName = !brokers.some((broker) => IP_ADDRESS.test(broker));
  const tls = caFile === null ? {} : { ca: readAuthorities(caFile, 'security.ca_file of kafka_config.yml') };
  return { tls, tlsServerName };
}

function saslOptions(mechanism: Config['kafka']['security']['mechanism'], variables: Environment) {
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = variables;
  if (username && password) return { mechanism, username, password };
  const missing = [...(username ? [] : ['KAFKA_USERNAME']), ...(password ? [] : ['KAFKA_PASSWORD'])];
  throw new LakeError('config', `SASL needs ${missing.join(' and ')} in the environment; set them for Spark too`);
}
