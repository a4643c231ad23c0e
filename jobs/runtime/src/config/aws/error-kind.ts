/** What the errors of all AWS services and of the way to them have in common. */

export type ErrorKind =
  'no-rights' | 'wrong-credentials' | 'no-credentials' | 'expired' | 'no-region' | 'busy' | 'nobody' | 'too-slow';

/** By the name of the error, or by the code of the network's. */
const KINDS: Readonly<Record<string, ErrorKind>> = {
  AccessDeniedException: 'no-rights',
  UnrecognizedClientException: 'wrong-credentials',
  InvalidClientTokenId: 'wrong-credentials',
  InvalidSignatureException: 'wrong-credentials',
  IncompleteSignature: 'wrong-credentials',
  SignatureDoesNotMatch: 'wrong-credentials',
  CredentialsProviderError: 'no-credentials',
  ExpiredTokenException: 'expired',
  ThrottlingException: 'busy',
  Throttling: 'busy',
  TooManyRequestsException: 'busy',
  ECONNREFUSED: 'nobody',
  EHOSTUNREACH: 'nobody',
  ENETUNREACH: 'nobody',
  ENOTFOUND: 'nobody',
  EAI_AGAIN: 'nobody',
  ECONNRESET: 'nobody',
  EPIPE: 'nobody',
  ETIMEDOUT: 'too-slow',
  TimeoutError: 'too-slow',
};

export interface AwsError {
  readonly code: string;
  /** Undefined for an error that is a service's own, or unknown. */
  readonly kind: ErrorKind | undefined;
  readonly name: string;
  /** Of the answer; undefined where there was none. */
  readonly status: number | undefined;
  /** Such as `Other 503`. */
  readonly answer: string;
}

/** @param error of the SDK */
export function awsError(error: unknown): AwsError {
  const { name, message, code, $metadata } = error as Partial<Error> & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const isRegion = /^Region (is missing|not accepted)/.test(message ?? '');
  const [ownCode, ownName, status] = [String(code), String(name), $metadata?.httpStatusCode];
  return {
    code: ownCode,
    kind: entry(KINDS, ownCode) ?? entry(KINDS, ownName) ?? (isRegion ? 'no-region' : undefined),
    name: ownName,
    status,
    answer: [name, status].join(' ').trim(),
  };
}

/** What a service names itself may be named as what every object has. */
export const entry = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export const isServerFault = (status: number | undefined): boolean =>
  status !== undefined && (status >= 500 || status === 429);
