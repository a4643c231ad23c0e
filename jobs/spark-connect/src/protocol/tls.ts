/** Reads what TLS needs of a client: whom it trusts, and who it is. */
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { SparkError } from '../errors.ts';

/** PEM everywhere: a file, or its content. */
export interface TlsOptions {
  /** The authorities that are trusted, instead of those that Node trusts by itself. */
  readonly caFile?: string | undefined;
  readonly ca?: string | Uint8Array | undefined;
  /** The certificate of this client, and those between it and its authority; with the key. */
  readonly certFile?: string | undefined;
  readonly cert?: string | Uint8Array | undefined;
  /** Without a passphrase. */
  readonly keyFile?: string | undefined;
  readonly key?: string | Uint8Array | undefined;
}

export interface TlsMaterial {
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
}

/** @throws SparkError `usage` that names the option, and the file where there is one */
export async function loadTls(options: TlsOptions): Promise<TlsMaterial> {
  const [ca, cert, key] = await Promise.all([pem(options, 'ca'), pem(options, 'cert'), pem(options, 'key')]);
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] = cert === undefined ? ['key', 'cert'] : ['cert', 'key'];
    throw new SparkError('usage', `tls.${given} is given without tls.${missing}: a client certificate needs both.`);
  }
  try {
    createSecureContext({ ca, cert, key });
  } catch (cause) {
    const text = 'The certificates or the key of tls cannot be used';
    throw new SparkError('usage', `${text}: ${messageOf(cause)}. Check that cert and key belong together.`, { cause });
  }
  return { ca, cert, key };
}

async function pem(options: TlsOptions, name: 'ca' | 'cert' | 'key'): Promise<Buffer | undefined> {
  const { [name]: content, [`${name}File` as const]: file } = options;
  if (content !== undefined && file !== undefined)
    throw new SparkError('usage', `tls.${name} and tls.${name}File are both given: one must do.`);
  if (content === undefined && file === undefined) return undefined;
  const bytes = file === undefined ? Buffer.from(content as Uint8Array) : await contentOf(file, name);
  const where = file === undefined ? `tls.${name}` : `tls.${name}File (${file})`;
  if (!bytes.includes('-----BEGIN ')) throw new SparkError('usage', `${where} is no PEM text.`);
  return bytes;
}

async function contentOf(file: string, name: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new SparkError('usage', `tls.${name}File (${file}) cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
