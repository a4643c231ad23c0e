/** How Spark's own S3 client is set up to match ours: session confs, built from the configuration alone and without credentials. */
import type { S3Settings } from 'lake';

/**
 * With Hadoop's own limits a dead endpoint is asked for minutes. The looks at the bucket with which a run begins come
 * first, so these only meet a store that dies on the way, or one that the Spark server cannot reach.
 */
const LIMITS: Readonly<Record<string, string>> = {
  'fs.s3a.connection.establish.timeout': '3s',
  'fs.s3a.connection.timeout': '30s',
  'fs.s3a.attempts.maximum': '3',
  'fs.s3a.retry.limit': '2',
  'fs.s3a.retry.interval': '300ms',
  'fs.s3a.retry.throttle.limit': '8',
};

/** The order of our own chain; Hadoop's default leaves out profiles and web identity. */
const PROVIDERS = [
  'org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider',
  'org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider',
  'software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider',
  'software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider',
  'software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider',
  'org.apache.hadoop.fs.s3a.auth.IAMInstanceCredentialsProvider',
];

const ALGORITHMS = { 'sse-s3': 'AES256', 'sse-kms': 'SSE-KMS' } as const;

/**
 * A Spark server keeps one S3 client a bucket for all sessions: the first session's confs count until it ends.
 *
 * The server takes the credentials from its own environment or role: none is ever sent to it.
 */
export function s3aConf(settings: S3Settings): Record<string, string> {
  const { region, endpoint, pathStyle, encryption, kmsKey } = settings;
  return {
    ...LIMITS,
    'fs.s3a.aws.credentials.provider': PROVIDERS.join(','),
    'fs.s3a.endpoint.region': region,
    'fs.s3a.path.style.access': String(pathStyle),
    ...(endpoint === null ? {} : { 'fs.s3a.endpoint': endpoint }),
    ...(encryption === 'none' ? {} : { 'fs.s3a.encryption.algorithm': ALGORITHMS[encryption] }),
    ...(encryption === 'sse-kms' && kmsKey !== null ? { 'fs.s3a.encryption.key': kmsKey } : {}),
  };
}
