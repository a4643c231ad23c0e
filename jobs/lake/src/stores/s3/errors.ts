/** What an error of the S3 SDK means: an answer to a conditional request, or a failure with a sentence of its own. */
import { LakeError, type FailureCode } from '../../failure.ts';
import type { Answer } from '../store.ts';

/** Whom and what a message speaks of. */
export interface S3Attempt {
  /** Where it was not the job itself. */
  readonly who?: string;
  /** `read`, `write to`, `list` … */
  readonly doing: string;
  /** The object or bucket, as `s3://…`. */
  readonly uri: string;
  /** Who was asked. */
  readonly endpoint: string;
  readonly region: string;
}

interface Meaning {
  readonly code: FailureCode;
  readonly says: (attempt: S3Attempt) => string;
}

const CREDENTIALS = 'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY or the profile';
const config = (says: Meaning['says']): Meaning => ({ code: 'config', says });
const unreachable = (says: Meaning['says']): Meaning => ({ code: 'unreachable', says });

const WRONG_KEY = config(({ endpoint }) => `${endpoint} does not know the access key; check ${CREDENTIALS}`);
const WRONG_SECRET = config(
  ({ endpoint }) =>
    `${endpoint} did not accept the signature: the secret is not that of the access key; check ${CREDENTIALS}`,
);
const NO_CREDENTIALS = config(
  () =>
    `no credentials were found; set ${CREDENTIALS}, or run where a role gives them (web identity, container, instance)`,
);
const EXPIRED = config(() => 'the temporary credentials have expired; renew them');
const NO_BUCKET = config(
  ({ uri, endpoint }) => `${endpoint} has no such bucket, or is not an S3 store: make it, or correct ${uri}`,
);
const NO_RIGHTS = config(
  ({ doing, uri }) => `the credentials have no right to ${doing} ${uri}; ask whoever grants them`,
);
const OTHER_REGION = config(
  ({ region }) => `the bucket is not in the region ${region}; correct region in aws_config.yml`,
);
const CLOCK = config(() => "this machine's clock is too far off for a signature to be accepted; set it right");
const UNSUPPORTED = config(
  ({ endpoint, doing }) => `${endpoint} does not implement what it takes to ${doing} objects here`,
);
const UNKNOWN_CA = config(
  ({ endpoint }) =>
    `the certificate of ${endpoint} is signed by nobody that this machine trusts; name the authority's file in NODE_EXTRA_CA_CERTS`,
);
const WRONG_HOST = config(
  ({ endpoint }) => `the certificate is not one for ${endpoint}; correct endpoint in aws_config.yml`,
);
const OLD_CERTIFICATE = config(({ endpoint }) => `the certificate of ${endpoint} is not valid today; have it renewed`);
const NO_TLS = config(
  ({ endpoint }) => `${endpoint} does not speak TLS; write its endpoint with http://, or another port`,
);
const NOBODY = unreachable(
  ({ endpoint }) => `nobody answers at ${endpoint}; is it running, and is endpoint in aws_config.yml right?`,
);
const NO_NAME = unreachable(
  ({ endpoint }) => `the name of ${endpoint} is not known; is endpoint in aws_config.yml right?`,
);
const TOO_SLOW = unreachable(({ endpoint }) => `${endpoint} gave no answer in time; run it again`);
const CUT = unreachable(({ endpoint }) => `${endpoint} cut the connection; run it again`);
const BUSY = unreachable(({ endpoint }) => `another request to ${endpoint} was in the way; run it again`);
const FAILING = unreachable(({ endpoint }) => `${endpoint} answered with an error of its own; run it again later`);

/** By the name of the error, or by the code of the network's. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  InvalidAccessKeyId: WRONG_KEY,
  InvalidAccessKey: WRONG_KEY,
  XAdminUserNotFound: WRONG_KEY,
  SignatureDoesNotMatch: WRONG_SECRET,
  CredentialsProviderError: NO_CREDENTIALS,
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  InvalidToken: EXPIRED,
  NoSuchBucket: NO_BUCKET,
  AccessDenied: NO_RIGHTS,
  AllAccessDisabled: NO_RIGHTS,
  PermanentRedirect: OTHER_REGION,
  AuthorizationHeaderMalformed: OTHER_REGION,
  IllegalLocationConstraintException: OTHER_REGION,
  RequestTimeTooSkewed: CLOCK,
  NotImplemented: UNSUPPORTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CA,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_CA,
  CERT_HAS_EXPIRED: OLD_CERTIFICATE,
  CERT_NOT_YET_VALID: OLD_CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: WRONG_HOST,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  EPROTO: NO_TLS,
  ECONNREFUSED: NOBODY,
  EHOSTUNREACH: NOBODY,
  ENETUNREACH: NOBODY,
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
  TimeoutError: TOO_SLOW,
  AbortError: TOO_SLOW,
  ETIMEDOUT: TOO_SLOW,
  ECONNRESET: CUT,
  EPIPE: CUT,
};

/** Where the error says no more than a status, as after a HEAD. */
const BY_STATUS: Readonly<Record<number, Meaning>> = {
  301: OTHER_REGION,
  401: NO_RIGHTS,
  403: NO_RIGHTS,
  404: NO_BUCKET,
  409: BUSY,
  501: UNSUPPORTED,
};

/** The parts of an SDK error that are looked at. */
interface Foreign {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly status: number | undefined;
}

function foreign(error: unknown): Foreign {
  const { name, message, code, $metadata, cause } = error as Partial<Error> & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const inner = (cause as { code?: unknown } | undefined)?.code;
  const text = typeof code === 'string' ? code : inner;
  return {
    name: name ?? 'Error',
    message: message ?? String(error),
    code: typeof text === 'string' ? text : undefined,
    status: $metadata?.httpStatusCode,
  };
}

export const statusOf = (error: unknown): number | undefined => foreign(error).status;
export const nameOf = (error: unknown): string => foreign(error).name;

/** The object is not there; a missing bucket is another matter. */
export const isMissing = (error: unknown): boolean =>
  statusOf(error) === 404 && nameOf(error) !== 'NoSuchBucket' && !isWrongKey(error);

/** Some stores answer an unknown access key with 404. */
const isWrongKey = (error: unknown): boolean => MEANINGS[nameOf(error)] === WRONG_KEY;

/** The store does not have what was asked of it. */
export function isUnsupported(error: unknown): boolean {
  const { name, status } = foreign(error);
  return status === 501 || status === 405 || name === 'NotImplemented' || name === 'MethodNotAllowed';
}

/**
 * What a conditional request was answered.
 *
 * @returns undefined for what no caller can handle: wrong credentials, no rights, a wrong request
 */
export function answerOf(error: unknown): Exclude<Answer, 'ok'> | undefined {
  const { name, code, status } = foreign(error);
  if (status === undefined) return isOurs(name, code) ? undefined : 'no-answer';
  if (isMissing(error)) return 'missing';
  if (status === 412) return 'refused';
  if (status === 409) return 'conflict';
  if (status === 501) return undefined;
  if (status >= 500 || status === 429 || status === 408 || name === 'RequestTimeout') return 'failed';
  // A Complete is answered with 200 before it is done; the error comes after.
  return status < 300 ? 'failed' : undefined;
}

/** Nothing was sent at all. */
const isOurs = (name: string, code: string | undefined): boolean =>
  (MEANINGS[name] ?? MEANINGS[code ?? ''])?.code === 'config';

/** An error of the SDK in our words, without the request, which holds signatures. */
export function s3Failure(error: unknown, attempt: S3Attempt): LakeError {
  if (error instanceof LakeError) return error;
  const { name, message, code, status } = foreign(error);
  const meaning = own(MEANINGS, code) ?? own(MEANINGS, name) ?? byStatus(status);
  const cause = new Error(`${name}: ${message}`);
  const who = attempt.who === undefined ? '' : `${attempt.who} `;
  const start = `${who}cannot ${attempt.doing} ${attempt.uri}`;
  if (meaning !== undefined) return new LakeError(meaning.code, `${start}: ${meaning.says(attempt)}`, { cause });
  const said = [name, status, message].filter((part) => part !== undefined && part !== '').join(' ');
  return new LakeError('unexpected', `${start}: ${attempt.endpoint} answered ${said}`, { cause });
}

function byStatus(status: number | undefined): Meaning | undefined {
  if (status === undefined) return undefined;
  return BY_STATUS[status] ?? (status >= 500 || status === 429 ? FAILING : undefined);
}

function own(meanings: Readonly<Record<string, Meaning>>, name: string | undefined): Meaning | undefined {
  return name !== undefined && Object.hasOwn(meanings, name) ? meanings[name] : undefined;
}
