import { expect, test } from '@jest/globals';
import { S3_SETTINGS } from 'lake/testing/s3-settings';
import { s3aConf } from './s3a-conf.ts';

const AWS = { ...S3_SETTINGS, region: 'eu-north-1' };

test('Spark speaks to the same place in the same way', () => {
  const conf = s3aConf({ ...AWS, endpoint: 'http://store:7070', pathStyle: true });
  expect(conf).toMatchObject({
    'fs.s3a.endpoint': 'http://store:7070',
    'fs.s3a.endpoint.region': 'eu-north-1',
    'fs.s3a.path.style.access': 'true',
  });
  expect(Object.keys(s3aConf(AWS))).not.toContain('fs.s3a.endpoint');
});

test('Spark encrypts with the same', () => {
  const encryption = (conf: Record<string, string>) => [
    conf['fs.s3a.encryption.algorithm'],
    conf['fs.s3a.encryption.key'],
  ];
  expect(encryption(s3aConf(AWS))).toStrictEqual([undefined, undefined]);
  expect(encryption(s3aConf({ ...AWS, encryption: 'sse-s3', kmsKey: 'k' }))).toStrictEqual(['AES256', undefined]);
  expect(encryption(s3aConf({ ...AWS, encryption: 'sse-kms' }))).toStrictEqual(['SSE-KMS', undefined]);
  expect(encryption(s3aConf({ ...AWS, encryption: 'sse-kms', kmsKey: 'k' }))).toStrictEqual(['SSE-KMS', 'k']);
});

test('no conf carries a credential', () => {
  const names = Object.keys(s3aConf({ ...AWS, encryption: 'sse-kms' }));
  expect(names.filter((name) => /access\.key|secret|session\.token/.test(name))).toStrictEqual([]);
});
