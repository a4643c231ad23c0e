/** Certificates for one test run, made by `openssl`: an authority, a server and a client signed by it, and a stranger. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface Certificates {
  readonly caFile: string;
  /** For localhost and 127.0.0.1. */
  readonly server: CertificateFiles;
  /** For other.example only. */
  readonly elsewhere: CertificateFiles;
  readonly client: CertificateFiles;
  /** Signed by nobody but itself. */
  readonly stranger: CertificateFiles;
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * @param folder where the files go; it must be there
 * @throws where there is no openssl
 */
export function makeCertificates(folder: string): Certificates {
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const files = (name: string): CertificateFiles => ({
    certFile: join(folder, `${name}.pem`),
    keyFile: join(folder, `${name}.key`),
  });
  const selfSigned = (name: string): CertificateFiles => {
    const { certFile, keyFile } = files(name);
    openssl('req', '-x509', ...EC_KEY, '-days', '2', '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', certFile);
    return { certFile, keyFile };
  };
  const ca = selfSigned('ca');
  const signed = (name: string, extensions: string): CertificateFiles => {
    const { certFile, keyFile } = files(name);
    const [request, extensionFile] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
    writeFileSync(extensionFile, extensions);
    openssl('req', '-new', ...EC_KEY, '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', request);
    const by = ['-CA', ca.certFile, '-CAkey', ca.keyFile, '-CAcreateserial', '-extfile', extensionFile];
    openssl('x509', '-req', '-in', request, ...by, '-days', '2', '-out', certFile);
    return { certFile, keyFile };
  };
  return {
    caFile: ca.certFile,
    server: signed('server', 'subjectAltName=DNS:localhost,IP:127.0.0.1\n'),
    elsewhere: signed('elsewhere', 'subjectAltName=DNS:other.example\n'),
    client: signed('client', 'extendedKeyUsage=clientAuth\n'),
    stranger: selfSigned('stranger'),
  };
}
