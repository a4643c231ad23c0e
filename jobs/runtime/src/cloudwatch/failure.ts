/** What an error of CloudWatch Logs means for the log, in our words: the SDK's own may hold parts of a request. */

export interface SendFailure {
  /** Whether the same request may succeed later. */
  readonly passes: boolean;
  readonly why: string;
}

const lasting = (why: string): SendFailure => ({ passes: false, why });
const passing = (why: string): SendFailure => ({ passes: true, why });

const NO_RIGHTS = lasting(
  'the credentials lack a right; grant logs:CreateLogGroup, logs:PutRetentionPolicy, logs:CreateLogStream and logs:PutLogEvents',
);
const WRONG_CREDENTIALS = lasting('it does not accept the credentials; check them');
const BUSY = passing('it refused too many requests');
const NOBODY = passing('it does not answer; check the network, AWS_REGION and AWS_ENDPOINT_URL_CLOUDWATCH_LOGS');
const TOO_SLOW = passing('it gave no answer in time');

/** By the name of the error, or by the code of the network's. */
const MEANINGS: Readonly<Record<string, SendFailure>> = {
  AccessDeniedException: NO_RIGHTS,
  UnrecognizedClientException: WRONG_CREDENTIALS,
  InvalidClientTokenId: WRONG_CREDENTIALS,
  InvalidSignatureException: WRONG_CREDENTIALS,
  IncompleteSignature: WRONG_CREDENTIALS,
  SignatureDoesNotMatch: WRONG_CREDENTIALS,
  CredentialsProviderError: lasting('no credentials were found'),
  ExpiredTokenException: lasting('the temporary credentials have expired'),
  LimitExceededException: lasting('the account has no room for another log group'),
  ResourceNotFoundException: lasting('the log group or stream was removed meanwhile'),
  ThrottlingException: BUSY,
  Throttling: BUSY,
  TooManyRequestsException: BUSY,
  OperationAbortedException: passing('another request for the log group was under way'),
  ServiceUnavailableException: passing('it is not available'),
  ECONNREFUSED: NOBODY,
  EHOSTUNREACH: NOBODY,
  ENETUNREACH: NOBODY,
  ENOTFOUND: NOBODY,
  EAI_AGAIN: NOBODY,
  ECONNRESET: NOBODY,
  EPIPE: NOBODY,
  ETIMEDOUT: TOO_SLOW,
  TimeoutError: TOO_SLOW,
};

/** @param error of the SDK */
export function sendFailure(error: unknown): SendFailure {
  const { name, message, code, $metadata } = error as Partial<Error> & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const meaning = own(String(code)) ?? own(String(name));
  if (meaning !== undefined) return meaning;
  if (/^Region (is missing|not accepted)/.test(message ?? '')) return lasting('no region is known; set AWS_REGION');
  const status = $metadata?.httpStatusCode;
  const why = `it answered ${[name, status].join(' ').trim()}`;
  return status !== undefined && (status >= 500 || status === 429) ? passing(why) : lasting(why);
}

const own = (name: string): SendFailure | undefined => (Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined);
