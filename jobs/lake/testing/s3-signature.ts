/** Signs a request anew whose headers were changed on the way. */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error('A hash is used once.');
  }
}

/** @param headers as they are to be sent, the old signature included. @returns them with the new one */
export async function signed(
  keys: S3Keys,
  method: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    credentials: keys,
    region: 'us-east-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const { authorization: _, 'x-amz-date': __, ...kept } = headers;
  const request = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: kept,
  };
  return (await signer.sign(request)).headers;
}
