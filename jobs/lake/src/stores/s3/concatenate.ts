/** One object out of pieces of others, in their order: an upload whose parts the store copies where they are large enough. */
import { UploadPartCommand } from '@aws-sdk/client-s3';
import type { S3Bucket } from './bucket.ts';
import { copyPart, rangeText } from './copy.ts';
import { type FillPart, uploadWhole } from './multipart.ts';
import { readRange } from './objects.ts';
import { MIN_PART_BYTES, uploadParts } from './upload-parts.ts';
import type { Piece } from '../store.ts';

/** @throws LakeError as the store's answers say; nothing is left of the upload then */
export async function concatenate(
  bucket: S3Bucket,
  pieces: readonly Piece[],
  key: string,
  partBytes: number,
): Promise<void> {
  const fill = uploadParts(pieces, Math.max(partBytes, 2 * MIN_PART_BYTES)).map((part): FillPart => {
    if (part.kind === 'send') return sendPart(bucket, part.pieces);
    const { object, startByte, endByte } = part.range;
    return copyPart(bucket, object, rangeText(startByte, endByte));
  });
  await uploadWhole(bucket, key, {}, fill).catch(bucket.cannot('write to', key));
}

function sendPart(bucket: S3Bucket, pieces: readonly Piece[]): FillPart {
  return async (target) => {
    const contents: Uint8Array[] = [];
    for (const piece of pieces) {
      const isHere = piece instanceof Uint8Array;
      contents.push(isHere ? piece : await readRange(bucket, piece.object.key, piece.startByte, piece.endByte));
    }
    const { ETag } = await bucket.client.send(new UploadPartCommand({ ...target, Body: Buffer.concat(contents) }));
    return ETag;
  };
}
