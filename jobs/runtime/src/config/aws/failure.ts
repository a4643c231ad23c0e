/** What an error of SSM or Secrets Manager means, in our words: the SDK's own may hold parts of a request. */
import type { FailureCode } from 'lake';
import { awsError, entry, type ErrorKind, isServerFault } from './error-kind.ts';
import type { Reference } from './reference.ts';

export interface ReadFailure {
  readonly code: Extract<FailureCode, 'config' | 'unreachable' | 'unexpected'>;
  /** The end of a sentence that begins with the reference. */
  readonly why: string;
}

type Meaning = (reference: Reference) => ReadFailure;

const config =
  (why: (reference: Reference) => string): Meaning =>
  (reference) => ({ code: 'config', why: why(reference) });
const unreachable =
  (why: string): Meaning =>
  ({ service }) => ({ code: 'unreachable', why: `${titleOf(service)} ${why}` });

const titleOf = (service: Reference['service']): string => (service === 'ssm' ? 'SSM' : 'Secrets Manager');
const kindOf = ({ service }: Reference): string => (service === 'ssm' ? 'parameter' : 'secret');
const actionOf = ({ service }: Reference): string =>
  service === 'ssm' ? 'ssm:GetParameter' : 'secretsmanager:GetSecretValue';

const CREDENTIALS = 'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY or the profile';
const MISSING = config(
  (reference) => `there is no such ${kindOf(reference)} in this account and region; make it, or correct the reference`,
);
const NO_RIGHTS = config(
  (reference) => `the credentials may not read it; grant ${actionOf(reference)}, and kms:Decrypt on its key`,
);
const REFUSED = config(
  (reference) =>
    `${titleOf(reference.service)} does not accept the credentials, or they may not read it; check ${CREDENTIALS}, and grant ${actionOf(reference)}`,
);
const NO_KEY = config(() => 'its KMS key cannot be used; grant kms:Decrypt on it, and see that it is enabled');
const DELETED = config(() => 'the secret has no current value or is about to be deleted; restore it, or name another');
const WRONG_CREDENTIALS = config(
  ({ service }) => `${titleOf(service)} does not accept the credentials; check ${CREDENTIALS}`,
);
const NO_CREDENTIALS = config(
  () =>
    `no credentials were found; set ${CREDENTIALS}, or run where a role gives them (web identity, container, instance)`,
);
const EXPIRED = config(() => 'the temporary credentials have expired; renew them');
const NO_REGION = config(() => 'no region is known; set AWS_REGION');
const ILL_FORMED = config(({ service }) => `${titleOf(service)} takes this for no name; correct the reference`);
const NO_TLS = config(
  ({ service }) =>
    `the TLS connection to ${titleOf(service)} failed; check its AWS_ENDPOINT_URL_… and NODE_EXTRA_CA_CERTS`,
);
const NOBODY = unreachable('does not answer; check the network, AWS_REGION and AWS_ENDPOINT_URL_…, and run it again');
const TOO_SLOW = unreachable('gave no answer in time; run it again');
const BUSY = unreachable('refused for too many requests; run it again later');
const FAILING = unreachable('answered with an error of its own; run it again later');

const BY_KIND: Readonly<Record<ErrorKind, Meaning>> = {
  'no-rights': NO_RIGHTS,
  'wrong-credentials': WRONG_CREDENTIALS,
  'no-credentials': NO_CREDENTIALS,
  expired: EXPIRED,
  'no-region': NO_REGION,
  busy: BUSY,
  nobody: NOBODY,
  'too-slow': TOO_SLOW,
};

/** What only these services say. */
const BY_NAME: Readonly<Record<string, Meaning>> = {
  ParameterNotFound: MISSING,
  ParameterVersionNotFound: MISSING,
  ResourceNotFoundException: MISSING,
  AccessDenied: NO_RIGHTS,
  InvalidKeyId: NO_KEY,
  DecryptionFailure: NO_KEY,
  InvalidRequestException: DELETED,
  InvalidParameterException: ILL_FORMED,
  ValidationException: ILL_FORMED,
  MissingAuthenticationTokenException: WRONG_CREDENTIALS,
  ExpiredToken: EXPIRED,
  RequestLimitExceeded: BUSY,
  AbortError: TOO_SLOW,
};
const TLS_CODE = /CERT|^ERR_SSL|^ERR_TLS|^EPROTO$|SIGNATURE$/;

/** @param error of the SDK */
export function readFailure(error: unknown, reference: Reference): ReadFailure {
  const { code, kind, name, status, answer } = awsError(error);
  const meaning = kind === undefined ? entry(BY_NAME, name) : BY_KIND[kind];
  if (meaning !== undefined) return meaning(reference);
  if (TLS_CODE.test(code)) return NO_TLS(reference);
  if (status === 401 || status === 403) return REFUSED(reference);
  if (isServerFault(status)) return FAILING(reference);
  return { code: 'unexpected', why: `${titleOf(reference.service)} answered ${answer}` };
}
