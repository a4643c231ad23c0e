import { expect, test } from '@jest/globals';
import { tlsAdvice, tokenRefused } from './tls-advice.ts';
import { isRetryable } from './retry.ts';
import { unreachable } from './server-error.ts';
import { RpcFailure } from './transport.ts';

test.each([
  ['Error: unable to verify the first certificate; if the root CA is installed locally', 'tls.caFile'],
  ['Error: self-signed certificate', 'tls.caFile'],
  ['Error: self-signed certificate in certificate chain', 'tls.caFile'],
  ['Error: unable to get local issuer certificate', 'tls.caFile'],
  ['Error: certificate has expired', 'out of date'],
  ["Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list", 'other host names'],
  ['SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:x.c:918:SSL alert number 116\n', 'tls.certFile'],
  ['SSL routines:tls_validate_record_header:wrong version number:x.c:77:\n', 'use_ssl=false'],
])('%s: says what to do, and is not tried again', (said, advice) => {
  const failure = new RpcFailure(14, `No connection established. Last error: ${said}`);
  expect(tlsAdvice(failure)).toContain(advice);
  expect(isRetryable(failure)).toBe(false);
  const error = unreachable(failure, { server: 'spark.example:443' });
  expect(error).toMatchObject({ code: 'unreachable', retryable: false });
  expect(error.message).toMatch(/^The Spark Connect server at spark\.example:443 could not be reached: .*\.$/s);
  expect(error.message).toContain(advice);
});

test.each(['connect ECONNREFUSED 127.0.0.1:15002', 'Failed to connect (2026-11-24T22:00:07.885Z)', 'read ECONNRESET'])(
  '%s is tried again',
  (message) => {
    expect(tlsAdvice({ status: 14, message })).toBeUndefined();
    expect(isRetryable(new RpcFailure(14, message))).toBe(true);
  },
);

test('a message of Spark itself is never about TLS', () => {
  expect(tlsAdvice({ status: 13, message: 'self-signed certificate' })).toBeUndefined();
});

test('a refused token is a mistake of the caller', () => {
  expect(tokenRefused(new RpcFailure(16, 'Invalid authentication token'), 'h:1')).toMatchObject({
    code: 'usage',
    retryable: false,
    message: expect.stringMatching(/at h:1 refused the token.*Invalid authentication token\. Check "token"/),
  });
});
