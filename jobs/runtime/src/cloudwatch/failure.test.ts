import { expect, test } from '@jest/globals';
import { sendFailure } from './failure.ts';

const named = (name: string, more: object = {}): Error =>
  Object.assign(new Error('part of a request'), { name, ...more });

test.each<[string, Error, boolean, string]>([
  ['throttling', named('ThrottlingException', { $metadata: { httpStatusCode: 400 } }), true, 'too many requests'],
  ['an error of the service', named('Other', { $metadata: { httpStatusCode: 503 } }), true, 'it answered Other 503'],
  ['a closed port', named('Error', { code: 'ECONNREFUSED' }), true, 'does not answer'],
  ['silence', named('TimeoutError'), true, 'in time'],
  ['a missing right', named('AccessDeniedException'), false, 'grant logs:CreateLogGroup'],
  ['no credentials', named('CredentialsProviderError'), false, 'no credentials'],
  ['no region', new Error('Region is missing'), false, 'set AWS_REGION'],
  ['what is unknown', named('toString', { $metadata: { httpStatusCode: 400 } }), false, 'it answered toString 400'],
])('%s is worth a second try or not, and is told in our own words', (_, error, passes, why) => {
  expect(sendFailure(error)).toEqual({ passes, why: expect.stringContaining(why) });
  expect(sendFailure(error).why).not.toContain('part of');
});
