import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Certificates, makeCertificates } from '../../testing/certificates.ts';
import { loadTls, type TlsOptions } from './tls.ts';

const folder = mkdtempSync(join(tmpdir(), 'tls-test-'));
const text = join(folder, 'text.pem');
const BROKEN = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
let made: Certificates;

beforeAll(() => {
  made = makeCertificates(folder);
  writeFileSync(text, 'no certificate');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('certificates', () => {
  test('come from files and from content alike', async () => {
    const fromFiles = await loadTls({ caFile: made.caFile, ...made.client });
    const fromContent = await loadTls({
      ca: readFileSync(made.caFile, 'utf8'),
      cert: readFileSync(made.client.certFile),
      key: readFileSync(made.client.keyFile, 'utf8'),
    });
    expect(fromContent).toEqual(fromFiles);
    expect(await loadTls({})).toEqual({ ca: undefined, cert: undefined, key: undefined });
  });

  test.each<[string, () => TlsOptions, string]>([
    ['a file that is not there', () => ({ caFile: join(folder, 'none') }), 'tls.caFile'],
    ['a file that holds something else', () => ({ caFile: text }), `tls.caFile (${text}) is no PEM`],
    ['content that is something else', () => ({ ca: 'x' }), 'tls.ca is no PEM'],
    ['both', () => ({ ca: 'x', caFile: text }), 'tls.ca and tls.caFile are both given'],
    ['a certificate without its key', () => ({ certFile: made.client.certFile }), 'tls.cert is given without tls.key'],
    ['a key alone', () => ({ keyFile: made.client.keyFile }), 'tls.key is given without tls.cert'],
    ["another one's key", () => ({ ...made.client, keyFile: made.stranger.keyFile }), 'belong together'],
    ['broken PEM', () => ({ cert: BROKEN, keyFile: made.client.keyFile }), 'cannot be used'],
  ])('%s: is refused', async (_, options, message) => {
    await expect(loadTls(options())).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });
});
