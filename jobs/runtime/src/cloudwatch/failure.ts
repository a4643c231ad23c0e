/** What an error of CloudWatch Logs means for the log, in our words: the SDK's own may hold parts of a request. */
import { awsError, entry, type ErrorKind, isServerFault } from '../config/aws/error-kind.ts';

export interface SendFailure {
  /** Whether the same request may succeed later. */
  readonly passes: boolean;
  readonly why: string;
}

const lasting = (why: string): SendFailure => ({ passes: false, why });
const passing = (why: string): SendFailure => ({ passes: true, why });

const BY_KIND: Readonly<Record<ErrorKind, SendFailure>> = {
  'no-rights': lasting(
    'the credentials lack a right; grant logs:CreateLogGroup, logs:PutRetentionPolicy, logs:CreateLogStream and logs:PutLogEvents',
  ),
  'wrong-credentials': lasting('it does not accept the credentials; check them'),
  'no-credentials': lasting('no credentials were found'),
  expired: lasting('the temporary credentials have expired'),
  'no-region': lasting('no region is known; set AWS_REGION'),
  busy: passing('it refused too many requests'),
  nobody: passing('it does not answer; check the network, AWS_REGION and AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'),
  'too-slow': passing('it gave no answer in time'),
};

const BY_NAME: Readonly<Record<string, SendFailure>> = {
  LimitExceededException: lasting('the account has no room for another log group'),
  ResourceNotFoundException: lasting('the log group or stream was removed meanwhile'),
  OperationAbortedException: passing('another request for the log group was under way'),
  ServiceUnavailableException: passing('it is not available'),
};

/** @param error of the SDK */
export function sendFailure(error: unknown): SendFailure {
  const { kind, name, status, answer } = awsError(error);
  if (kind !== undefined) return BY_KIND[kind];
  const why = `it answered ${answer}`;
  return entry(BY_NAME, name) ?? (isServerFault(status) ? passing(why) : lasting(why));
}
