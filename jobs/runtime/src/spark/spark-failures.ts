/**
 * What a failure of Spark means. Spark wraps: the deepest cause says what happened, such as a full disk below
 * TASK_WRITE_FAILED. What the store answered to Spark gets the code and the sentence of the same answer to the job itself.
 */
import { type FailureCode, LakeError, s3Failure } from 'lake';

/** Where the lake is, as messages name it. */
export interface SparkPlace {
  /** Where the error names no object. */
  readonly uri: string;
  readonly endpoint: string | null;
  readonly region: string;
}

/** Structural, so that nothing of a Spark client is imported here. */
interface SparkFailure extends Error {
  readonly code: string;
  readonly classes: readonly string[];
  readonly errorClass?: string | undefined;
  readonly messageParameters?: Readonly<Record<string, string>> | undefined;
}

/** `…S3Exception: Slow down. (Service: S3, Status Code: 503, Request ID: x) (SDK Attempt Count: 4):SlowDown` */
const S3_ANSWER = /([^:]*)\(Service: S3, Status Code: (\d+)[^)]*\)(?: \(SDK Attempt Count: \d+\))?(?::(?!null)(\w+))?/;

/** What the S3 client of Java says where no answer came, by the code that Node's network has for it. The first that fits. */
const NETWORK: readonly (readonly [said: RegExp, code: string])[] = [
  [
    /NoAuthWithAWSException|NoAwsCredentialsException|Unable to load credentials|No AWS Credentials/,
    'CredentialsProviderError',
  ],
  [/Connection refused/, 'ECONNREFUSED'],
  [/UnknownHostException/, 'ENOTFOUND'],
  [/NoRouteToHost|Network is unreachable/, 'EHOSTUNREACH'],
  [/Unsupported or unrecognized SSL message/, 'EPROTO'],
  [/timed out|TimeoutException|exceeded the configured timeout/i, 'ETIMEDOUT'],
  [/awssdk|HttpChannelEOFException|NoHttpResponseException|Connection reset/, 'ECONNRESET'],
];

interface Meaning {
  readonly pattern: RegExp;
  readonly code: FailureCode;
  /** Goes on from "Spark cannot write to /lake: ". */
  readonly says: string;
}

/** Of the server's own disk and its rights there. The first that fits. */
const DISK: readonly Meaning[] = [
  {
    pattern: /No space left on device|Disk quota exceeded/,
    code: 'unreachable',
    says: 'no space is left there, or in spark.local.dir of the server; make room and run it again',
  },
  { pattern: /Read-only file system/, code: 'config', says: 'the file system is mounted read-only where Spark runs' },
  {
    pattern: /Permission denied|Operation not permitted|AccessDeniedException|AccessControlException|Mkdirs failed/,
    code: 'config',
    says: 'the user whom the Spark server runs as has no right to; run both as one user, or give it the right',
  },
];

/** @returns undefined where the error is none that a Spark server answered with */
export function sparkFailure(error: unknown, place: SparkPlace): LakeError | undefined {
  const chain = sparkCauses(error);
  const [top] = chain;
  if (top?.code !== 'server') return undefined;
  const said = chain.map(({ classes, message }) => `${classes.join(' ')} ${message}`).join('\n');
  const uri = chain.map(objectOf).find((name) => name !== undefined) ?? place.uri;
  const isWrite = chain.some(({ errorClass }) => errorClass === 'TASK_WRITE_FAILED');
  const doing = !isWrite && /FAILED_READ_FILE|getFileStatus|re-?open/i.test(said) ? 'read' : 'write to';
  return storeFailure(said, doing, uri, place, error) ?? diskFailure(said, doing, uri, error) ?? unknown(chain, error);
}

/** An error of the Spark client with its causes, the deepest last. */
export function sparkCauses(error: unknown): readonly SparkFailure[] {
  const { classes, cause } = (error ?? {}) as Partial<SparkFailure>;
  return error instanceof Error && Array.isArray(classes) ? [error as SparkFailure, ...sparkCauses(cause)] : [];
}

function storeFailure(
  said: string,
  doing: string,
  uri: string,
  { endpoint, region }: SparkPlace,
  cause: unknown,
): LakeError | undefined {
  const answer = answerIn(said);
  if (answer === undefined) return undefined;
  const attempt = { who: 'Spark', doing, uri, endpoint: endpoint ?? 'S3', region };
  const { code, message } = s3Failure(answer, attempt);
  return new LakeError(code, message, { cause });
}

/** As the job's own SDK would have thrown it. */
function answerIn(said: string): object | undefined {
  const [, text = '', status, code = 'S3Exception'] = S3_ANSWER.exec(said) ?? [];
  if (status !== undefined) {
    // Nothing that Spark writes for us has a condition of ours: what did not hold is that nobody else was at it.
    const httpStatusCode = status === '412' ? 409 : Number(status);
    return { name: code, message: text.trim(), $metadata: { httpStatusCode } };
  }
  if (!/s3a|awssdk/.test(said)) return undefined;
  const network = NETWORK.find(([pattern]) => pattern.test(said))?.[1];
  return network === undefined ? undefined : { code: network, message: network };
}

function diskFailure(said: string, doing: string, uri: string, cause: unknown): LakeError | undefined {
  const meaning = DISK.find(({ pattern }) => pattern.test(said));
  return meaning && new LakeError(meaning.code, `Spark cannot ${doing} ${uri}: ${meaning.says}`, { cause });
}

/** Nothing that is known: what Spark says of it, and what it began with. */
function unknown(chain: readonly SparkFailure[], cause: unknown): LakeError {
  const [top, deepest] = [chain[0]!, chain.at(-1)!];
  const why = top.message.includes(deepest.message) ? '' : `: ${deepest.message}`;
  return new LakeError('unexpected', `${top.message}${why}`, { cause });
}

/** The object that an error names, by its parameter or in its text. */
function objectOf({ messageParameters, message }: SparkFailure): string | undefined {
  return messageParameters?.['path'] ?? /s3a:\/\/[^\s'`",:]+/.exec(message)?.[0];
}
