import { describe, expect, test } from '@jest/globals';
import { readFailure } from './failure.ts';
import { parseReference } from './reference.ts';

const PARAMETER = parseReference('ssm:/remote');
const SECRET = parseReference('secretsmanager:kafka#password');
const MESSAGE = 'hunter22 is what the request held';
const named = (name: string, more: object = {}): Error => Object.assign(new Error(MESSAGE), { name, ...more });
const answered = (httpStatusCode: number): Error => named('SyntaxError', { $metadata: { httpStatusCode } });
const cut = (code: string): Error => Object.assign(new Error(MESSAGE), { code });

describe('what no retry mends is a matter of configuration', () => {
  test.each([
    [named('ParameterNotFound'), 'there is no such parameter'],
    [named('ParameterVersionNotFound'), 'there is no such parameter'],
    [named('AccessDeniedException'), 'grant ssm:GetParameter, and kms:Decrypt'],
    [named('InvalidKeyId'), 'grant kms:Decrypt'],
    [named('UnrecognizedClientException'), 'does not accept the credentials'],
    [answered(403), 'does not accept the credentials, or they may not read it'],
    [named('CredentialsProviderError'), 'no credentials were found'],
    [named('ExpiredTokenException'), 'have expired'],
    [new Error('Region is missing'), 'set AWS_REGION'],
    [cut('SELF_SIGNED_CERT_IN_CHAIN'), 'NODE_EXTRA_CA_CERTS'],
    [cut('ERR_SSL_WRONG_VERSION_NUMBER'), 'TLS'],
  ])('%s', (error, why) => {
    expect(readFailure(error, PARAMETER)).toEqual({ code: 'config', why: expect.stringContaining(why) });
  });

  test.each([
    [named('ResourceNotFoundException'), 'there is no such secret'],
    [named('AccessDeniedException'), 'grant secretsmanager:GetSecretValue, and kms:Decrypt'],
    [named('DecryptionFailure'), 'grant kms:Decrypt'],
    [named('InvalidRequestException'), 'about to be deleted'],
  ])('of a secret: %s', (error, why) => {
    expect(readFailure(error, SECRET)).toEqual({ code: 'config', why: expect.stringContaining(why) });
  });
});

test.each([
  named('ThrottlingException'),
  named('TooManyRequestsException'),
  named('TimeoutError'),
  named('InternalServiceError', { $metadata: { httpStatusCode: 500 } }),
  answered(503),
  answered(429),
  cut('ECONNREFUSED'),
  cut('ENOTFOUND'),
])('%s may be over soon', (error) => {
  expect(readFailure(error, PARAMETER)).toMatchObject({
    code: 'unreachable',
    why: expect.stringContaining('run it again'),
  });
});

test.each([named('ThrottlingException'), named('AccessDeniedException'), named('Strange'), answered(418)])(
  'what the SDK says of %s is not passed on',
  (error) => {
    expect(readFailure(error, SECRET).why).not.toContain('hunter22');
  },
);
