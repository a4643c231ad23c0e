import { expect, test } from '@jest/globals';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import { readAuthorities } from './authorities.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

test('the content of a PEM file', () => {
  expect(readAuthorities(writeFileIn(temporaryFolder(), 'ca.pem', PEM), 'ca_file')).toBe(PEM);
});

test('a file that is not there, and one without a certificate, are named with the key', () => {
  const folder = temporaryFolder();
  const failure = (message: RegExp) =>
    expect.objectContaining({ code: 'config', message: expect.stringMatching(message) });
  expect(() => readAuthorities(`${folder}/none.pem`, 'ca_file')).toThrow(failure(/^ca_file: .*none\.pem cannot be/));
  const key = writeFileIn(folder, 'key.pem', '-----BEGIN PRIVATE KEY-----\n');
  expect(() => readAuthorities(key, 'ca_file')).toThrow(failure(/^ca_file: .*key\.pem holds no certificate/));
});
