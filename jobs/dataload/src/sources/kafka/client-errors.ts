/** What an error of the Kafka client means: a code, and a message that names brokers and topic. */
import { type FailureCode, LakeError } from 'lake';
import type { Config } from 'runtime';

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
const WANTS_TLS = config((kafka) => `${brokersOf(kafka)} speaks TLS; check security.protocol, or use another port`);
const UNREACHABLE: Meaning = {
  code: 'unreachable',
  text: (kafka, detail) =>
    `Kafka at ${brokersOf(kafka)} gave no answer within ${kafka.timeoutSeconds} s (${detail}); see that it runs, and that its listener speaks ${kafka.security.protocol}`,
};

const REFUSED: Meaning = {
  code: 'unexpected',
  text: (kafka, detail) => `Kafka at ${brokersOf(kafka)} refuses what topic ${kafka.topic} was asked: ${detail}`,
};

/** By the code of the error, of Kafka's answer, or of what the client found out itself; anywhere in the chain of causes. */
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
  'Unknown topic': NO_TOPIC,
  'Broker requires TLS': WANTS_TLS,
};

/** The client has one code for all mistakes of its caller; only the text says which. */
const OWN_WORDS = /^(Unknown topic|Broker requires TLS)/;

/** @returns config or unexpected where trying again is useless, else unreachable */
export function kafkaError(thrown: unknown, kafka: Config['kafka']): LakeError {
  if (thrown instanceof LakeError) return thrown;
  const chain = errorsIn(thrown);
  const known = chain.flatMap(namesOf).find((name) => Object.hasOwn(MEANINGS, name));
  const refusal = chain.find(({ apiId, canRetry }) => apiId !== undefined && canRetry === false);
  const { code, text } = (known === undefined ? undefined : MEANINGS[known]) ?? (refusal ? REFUSED : UNREACHABLE);
  // The innermost says most.
  const detail = refusal ? `${String(refusal.apiId)}, ${refusal.message}` : chain.at(-1)?.message || String(thrown);
  return new LakeError(code, text(kafka, detail), { cause: thrown });
}

/** Told by its shape: errors of Node's own may come from elsewhere than ours. */
interface Thrown {
  readonly message: string;
  readonly code?: unknown;
  readonly apiId?: unknown;
  readonly canRetry?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
}

/** An error, what it consists of, and what caused it; the outermost first. */
function errorsIn(thrown: unknown): Thrown[] {
  if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return [];
  const error = thrown as Thrown;
  const parts = Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  return [error, ...parts.flatMap(errorsIn), ...errorsIn(error.cause)];
}

function namesOf({ message, code, apiId }: Thrown): string[] {
  const words = code === 'PLT_KFK_USER' ? OWN_WORDS.exec(message)?.[1] : undefined;
  return [words, code, apiId].filter((name) => typeof name === 'string');
}
