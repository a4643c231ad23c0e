/** Hashes of a content in one pass: of all of it, and of what lies before the footer of a Parquet file. */
import { createHash } from 'node:crypto';

export interface ContentHash {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Of a Parquet file: of the bytes before its footer. Undefined for other content, and where the footer is longer than 8 MiB. */
  readonly bodySha256?: string;
}

/** Where the footer begins is known at the end only, so that much is held back. */
const MAX_FOOTER_BYTES = 8 * 1024 * 1024;
const MAGIC = 'PAR1';
/** The footer's length in four bytes, and the magic number. */
const END_BYTES = 8;

export async function hashContent(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ContentHash> {
  const hash = createHash('sha256');
  const held: Uint8Array[] = [];
  let [heldBytes, sizeBytes] = [0, 0];
  for await (const chunk of chunks) {
    held.push(chunk);
    heldBytes += chunk.length;
    sizeBytes += chunk.length;
    while (heldBytes - held[0]!.length >= MAX_FOOTER_BYTES) {
      const oldest = held.shift()!;
      heldBytes -= oldest.length;
      hash.update(oldest);
    }
  }
  const tail = Buffer.concat(held);
  const bodyEnd = endOfBody(tail);
  if (bodyEnd === undefined) return { sizeBytes, sha256: hash.update(tail).digest('hex') };
  hash.update(tail.subarray(0, bodyEnd));
  const bodySha256 = hash.copy().digest('hex');
  return { sizeBytes, sha256: hash.update(tail.subarray(bodyEnd)).digest('hex'), bodySha256 };
}

function endOfBody(tail: Buffer): number | undefined {
  if (tail.length < END_BYTES || tail.toString('latin1', tail.length - MAGIC.length) !== MAGIC) return undefined;
  const bodyEnd = tail.length - END_BYTES - tail.readUInt32LE(tail.length - END_BYTES);
  return bodyEnd < 0 ? undefined : bodyEnd;
}
