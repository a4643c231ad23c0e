import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { hashContent } from './content-hash.ts';

const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

function parquetLike(body: Uint8Array, footer: Uint8Array): Buffer {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(footer.length);
  end.write('PAR1', 4, 'latin1');
  return Buffer.concat([body, footer, end]);
}

function* chunked(content: Uint8Array, bytes: number): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += bytes) yield content.subarray(at, at + bytes);
}

const BODY = Buffer.alloc(20_000_000, 'body ');

test.each([1_000, 65_536, 50_000_000])('the hashes of Parquet in chunks of %i bytes', async (bytes) => {
  const content = parquetLike(BODY, Buffer.from('footer'));
  const hashes = await hashContent(chunked(content, bytes));
  expect(hashes).toEqual({ sizeBytes: content.length, sha256: sha256Of(content), bodySha256: sha256Of(BODY) });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('text, as long as it likes')],
  ['the magic number alone', Buffer.from('PAR1')],
  ['a footer longer than the file', Buffer.concat([Buffer.from([255, 255, 0, 0]), Buffer.from('PAR1')])],
  ['a footer that is too long to be held back', parquetLike(BODY, Buffer.alloc(17_000_000))],
])('%s has no body', async (_name, content) => {
  const hashes = await hashContent(chunked(content, 65_536));
  expect(hashes).toEqual({ sizeBytes: content.length, sha256: sha256Of(content) });
});
