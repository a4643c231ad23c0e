import { expect, test } from '@jest/globals';
import { isReference, parseReference } from './reference.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:etl/kafka-AbCdEf';

test.each([
  ['ssm:/recipe-etl/prod/remote', { service: 'ssm', name: '/recipe-etl/prod/remote' }],
  ['ssm:/remote:3', { service: 'ssm', name: '/remote:3' }],
  ['secretsmanager:etl/kafka', { service: 'secretsmanager', name: 'etl/kafka', key: undefined }],
  ['secretsmanager:etl/kafka#password', { service: 'secretsmanager', name: 'etl/kafka', key: 'password' }],
  ['secretsmanager:etl#a#b', { service: 'secretsmanager', name: 'etl', key: 'a#b' }],
  [`secretsmanager:${ARN}`, { service: 'secretsmanager', name: ARN, key: undefined }],
  [`secretsmanager:${ARN}#password`, { service: 'secretsmanager', name: ARN, key: 'password' }],
])('%s names what AWS holds', (text, reference) => {
  expect(isReference(text)).toBe(true);
  expect(parseReference(text)).toStrictEqual(reference);
});

test.each(['', 'sc://h', 's3://ssm:/x', ' ssm:/x', '/ssm:/x', 'SSM:/x'])('%j is no reference', (text) => {
  expect(isReference(text)).toBe(false);
});

test.each([
  ['ssm:', 'ssm:/path'],
  ['ssm:x', 'ssm:/path'],
  ['ssm://x', 'ssm:/path'],
  ['ssm:/x y', 'ssm:/path'],
  ['ssm:/x\n', 'ssm:/path'],
  ['secretsmanager:', 'secretsmanager:name#key'],
  ['secretsmanager:#key', 'secretsmanager:name#key'],
  ['secretsmanager:name#', 'secretsmanager:name#key'],
  ['secretsmanager:a:b', 'secretsmanager:name#key'],
  ['secretsmanager:arn:aws:s3:::bucket', 'secretsmanager:name#key'],
])('%j is ill-formed, and the message shows the form', (text, form) => {
  expect(isReference(text)).toBe(true);
  expect(() => parseReference(text)).toThrow(`is ill-formed; write ${form.split('#')[0]}`);
});
