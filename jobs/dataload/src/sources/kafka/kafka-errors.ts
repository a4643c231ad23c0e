/** What an error of the Kafka client means: a code, and a message that names brokers and topic. */
import { LakeError, type Config, type FailureCode } from 'lake';

interface Meaning {
  readonly code: FailureCode;
  readonly text: (kafka: Config['kafka'], detail: string) => string;
}

const brokersOf = ({ brokers }: Config['kafka']): string => brokers.join(', ');
const config = (text: Meaning['text']): Meaning => ({ code: 'config', text });

const NO_TOPIC = config(
  (kafka) =>
    `there is no topic ${kafka.topic} at ${brokersOf(kafka)}; create it, or name another in topic of kafka_config.yml`,
);
const NOT_ALLOWED = config(
  (kafka) =>
    `the user may not read topic ${kafka.topic} at ${brokersOf(kafka)}: it needs Read, Describe and DescribeConfigs`,
);
const WRONG_LOGIN = config(
  (kafka) =>
    `${brokersOf(kafka)} refuses the login by ${kafka.security.mechanism}; check KAFKA_USERNAME, KAFKA_PASSWORD and security.mechanism`,
);
const UNTRUSTED = config(
  (kafka, detail) =>
    `the certificate of ${brokersOf(kafka)} is not trusted (${detail}); name who signed it in security.ca_file`,
);
const NO_TLS = config(
  (kafka) => `${brokersOf(kafka)} does not speak TLS; check security.protocol, or use another port`,
);
const UNREACHABLE: Meaning = {
  code: 'unreachable',
  text: (kafka, detail) =>
    `Kafka at ${brokersOf(kafka)} gave no answer within ${kafka.timeoutSeconds} s (${detail}); see that it runs, and that its listener speaks ${kafka.security.protocol}`,
};

/** By the code of the error, or of Kafka's answer, anywhere in the chain of causes. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  UNKNOWN_TOPIC_OR_PARTITION: NO_TOPIC,
  INVALID_TOPIC_EXCEPTION: NO_TOPIC,
  TOPIC_AUTHORIZATION_FAILED: NOT_ALLOWED,
  CLUSTER_AUTHORIZATION_FAILED: NOT_ALLOWED,
  PLT_KFK_AUTHENTICATION: WRONG_LOGIN,
  SASL_AUTHENTICATION_FAILED: WRONG_LOGIN,
  UNSUPPORTED_SASL_MECHANISM: WRONG_LOGIN,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  CERT_HAS_EXPIRED: UNTRUSTED,
  CERT_NOT_YET_VALID: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: UNTRUSTED,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  EPROTO: NO_TLS,
};

/** @returns config where trying again is useless, else unreachable */
export function kafkaError(thrown: unknown, kafka: Config['kafka']): LakeError {
  if (thrown instanceof LakeError) return thrown;
  const chain = errorsIn(thrown);
  const known = chain.flatMap(namesOf).find((name) => Object.hasOwn(MEANINGS, name));
  const { code, text } = (known === undefined ? undefined : MEANINGS[known]) ?? UNREACHABLE;
  // The innermost says most.
  const detail = chain.at(-1)?.message || String(thrown);
  return new LakeError(code, text(kafka, detail), { cause: thrown });
}

/** An error, what it consists of, and what caused it; the outermost first. */
function errorsIn(thrown: unknown): Error[] {
  if (!(thrown instanceof Error)) return [];
  const parts = thrown instanceof AggregateError ? (thrown.errors as unknown[]) : [];
  return [thrown, ...parts.flatMap(errorsIn), ...errorsIn(thrown.cause)];
}

function namesOf(error: Error): string[] {
  const { code, apiId } = error as { code?: unknown; apiId?: unknown };
  // The client finds out about the topic by itself, and keeps Kafka's own word.
  if (code === 'PLT_KFK_USER' && error.message.startsWith('Unknown topic')) return ['UNKNOWN_TOPIC_OR_PARTITION'];
  return [code, apiId].filter((name) => typeof name === 'string');
}
