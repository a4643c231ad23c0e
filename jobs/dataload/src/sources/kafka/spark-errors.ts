/** What it means when Spark fails on Kafka: which failures are ours to name, and what to do about them. */
import { type FailureCode, LakeError } from 'lake';

interface Meaning {
  /** Of the error's class and message. */
  readonly pattern: RegExp;
  readonly code: FailureCode;
  readonly text: string;
}

/** The first that fits. */
const MEANINGS: readonly Meaning[] = [
  {
    pattern: /SaslAuthenticationException|SslAuthenticationException|AuthorizationException/,
    code: 'config',
    text: 'Kafka refuses the Spark server: KAFKA_USERNAME, KAFKA_PASSWORD and ca_file count where Spark runs, too',
  },
  {
    pattern: /ConfigException|InvalidConfigurationException|Failed to load PEM/,
    code: 'config',
    text: 'the Spark server cannot be set up for Kafka: see kafka_config.yml',
  },
  {
    pattern: /^KAFKA_START_OFFSET_DOES_NOT_MATCH_ASSIGNED|^KAFKA_END_OFFSET/,
    code: 'input-changed',
    text: 'the partitions of the topic changed while it was read; run it again',
  },
  {
    pattern: /UnknownTopicOrPartitionException/,
    code: 'input-changed',
    text: 'the topic was there a moment ago, and is not where Spark looks; run it again',
  },
  {
    pattern:
      /TimeoutException|DisconnectException|NetworkException|No resolvable bootstrap|Failed to (?:construct|create)/,
    code: 'unreachable',
    text: 'the Spark server does not reach Kafka, or lost it; run it again',
  },
  {
    pattern: /^KAFKA_DATA_LOSS|OffsetOutOfRangeException/,
    code: 'input-changed',
    text: 'records were gone, or did not come in time, while they were read; run it again',
  },
];

/** Waits for Spark's reading of a topic. @throws LakeError config, input-changed, unreachable; anything else as it came */
export async function readingKafka<T>(topic: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, errorClass = '', message = '' } = error as { code?: string; errorClass?: string; message?: string };
    const said = `${errorClass} ${message}`;
    const meaning = code === 'server' ? MEANINGS.find(({ pattern }) => pattern.test(said)) : undefined;
    if (meaning === undefined) throw error;
    const why = message.replaceAll(/\s+/g, ' ').trim();
    throw new LakeError(meaning.code, `topic ${topic}: ${meaning.text} (${why})`, { cause: error });
  }
}
