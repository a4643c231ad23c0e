import { describe, expect, test } from '@jest/globals';
import { LakeError } from '../../failure.ts';
import { answerOf, isMissing, isUnsupported, s3Failure } from './errors.ts';

const ATTEMPT = { doing: 'write to', uri: 's3://b/k', endpoint: 'https://store.example', region: 'eu-north-1' };

function sdkError(name: string, status?: number, more: object = {}): Error {
  const $metadata = status === undefined ? {} : { httpStatusCode: status };
  return Object.assign(new Error(`${name} was said`), { name, $metadata }, more);
}

describe('the answer to a conditional request', () => {
  test.each([
    ['PreconditionFailed', 412, 'refused'],
    ['NoSuchKey', 404, 'missing'],
    ['NoSuchUpload', 404, 'missing'],
    ['ConditionalRequestConflict', 409, 'conflict'],
    ['InternalError', 500, 'failed'],
    ['SlowDown', 503, 'failed'],
    ['TooManyRequests', 429, 'failed'],
    ['RequestTimeout', 400, 'failed'],
    // A Complete begins its answer before it knows its end.
    ['InternalError', 200, 'failed'],
  ] as const)('%s with status %i is %s', (name, status, answer) => {
    expect(answerOf(sdkError(name, status))).toBe(answer);
  });

  test.each(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'])(
    'a connection that ended with %s is silent',
    (code) => {
      expect(answerOf(sdkError('Error', undefined, { code }))).toBe('no-answer');
      expect(answerOf(sdkError('TimeoutError'))).toBe('no-answer');
    },
  );

  test.each([
    ['AccessDenied', 403],
    ['InvalidAccessKeyId', 403],
    ['NoSuchBucket', 404],
    ['InvalidRequest', 400],
    ['NotImplemented', 501],
    ['CredentialsProviderError', undefined],
  ])('%s is none', (name, status) => {
    expect(answerOf(sdkError(name, status))).toBeUndefined();
  });
});

describe('a failure', () => {
  test.each([
    ['InvalidAccessKeyId', 403, 'config', 'does not know the access key'],
    ['XAdminUserNotFound', 404, 'config', 'does not know the access key'],
    ['SignatureDoesNotMatch', 403, 'config', 'the secret is not that of the access key'],
    ['CredentialsProviderError', undefined, 'config', 'no credentials were found'],
    ['ExpiredToken', 400, 'config', 'have expired'],
    ['NoSuchBucket', 404, 'config', 'no such bucket'],
    ['AccessDenied', 403, 'config', 'no right to write to s3://b/k'],
    ['Forbidden', 403, 'config', 'no right to write to s3://b/k'],
    ['PermanentRedirect', 301, 'config', 'not in the region eu-north-1'],
    ['RequestTimeTooSkewed', 403, 'config', 'clock'],
    ['NotImplemented', 501, 'config', 'does not implement'],
    ['OperationAborted', 409, 'unreachable', 'was in the way'],
    ['InternalError', 500, 'unreachable', 'an error of its own'],
    ['SlowDown', 503, 'unreachable', 'an error of its own'],
    ['TimeoutError', undefined, 'unreachable', 'no answer in time'],
  ] as const)('%s with status %s is %s and says: %s', (name, status, code, text) => {
    const failure = s3Failure(sdkError(name, status), ATTEMPT);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(text) });
    expect(failure.message).toContain('cannot write to s3://b/k: ');
  });

  test.each([
    ['ECONNREFUSED', 'unreachable', 'nobody answers at https://store.example'],
    ['ECONNRESET', 'unreachable', 'cut the connection'],
    ['ENOTFOUND', 'unreachable', 'the name of https://store.example is not known'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'config', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'config', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'config', 'not valid today'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'config', 'not one for https://store.example'],
    ['EPROTO', 'config', 'does not speak TLS'],
  ] as const)('the code %s of the network is %s and says: %s', (code, failureCode, text) => {
    const failure = s3Failure(sdkError('Error', undefined, { code }), ATTEMPT);
    expect(failure).toMatchObject({ code: failureCode, message: expect.stringContaining(text) });
  });

  test('what is not known is told as the store told it', () => {
    const failure = s3Failure(sdkError('Strange', 418), ATTEMPT);
    expect(failure).toMatchObject({ code: 'unexpected' });
    expect(failure.message).toContain('https://store.example answered Strange 418 Strange was said');
  });

  test('nothing of the request is kept: its headers hold a signature', () => {
    const failure = s3Failure(sdkError('Strange', 418, { $response: { headers: { authorization: 's' } } }), ATTEMPT);
    expect(failure.cause).toStrictEqual(new Error('Strange: Strange was said'));
  });

  test('one that is ours already stays', () => {
    const ours = new LakeError('config', 'x');
    expect(s3Failure(ours, ATTEMPT)).toBe(ours);
  });
});

test('a missing object is told from a missing bucket and from an unknown key', () => {
  expect(isMissing(sdkError('NotFound', 404))).toBe(true);
  expect(isMissing(sdkError('NoSuchBucket', 404))).toBe(false);
  expect(isMissing(sdkError('XAdminUserNotFound', 404))).toBe(false);
});

test('what a store does not have is told by status or name', () => {
  expect(isUnsupported(sdkError('Strange', 501))).toBe(true);
  expect(isUnsupported(sdkError('MethodNotAllowed', 405))).toBe(true);
  expect(isUnsupported(sdkError('AccessDenied', 403))).toBe(false);
});
