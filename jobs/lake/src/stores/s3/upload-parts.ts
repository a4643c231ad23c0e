/**
 * Cuts what an object is made of into parts of an upload. S3 takes no part below 5 MiB but the last, so that what is smaller is
 * read and sent along with the beginning of what follows; the rest is copied by the store.
 */
import type { ObjectRange, Piece } from '../store.ts';

export type UploadPart =
  { readonly kind: 'copy'; readonly range: ObjectRange } | { readonly kind: 'send'; readonly pieces: readonly Piece[] };

/** What S3 takes of a part that is not the last. */
export const MIN_PART_BYTES = 5 * 1024 ** 2;

export const lengthOf = (piece: Piece): number =>
  piece instanceof Uint8Array ? piece.length : piece.endByte - piece.startByte;

/** @param maxBytes of a part that the store copies, at least twice {@link MIN_PART_BYTES} */
export function uploadParts(pieces: readonly Piece[], maxBytes: number): UploadPart[] {
  const parts: UploadPart[] = [];
  let small: Piece[] = [];
  let smallBytes = 0;
  const send = (): void => {
    if (small.length > 0) parts.push({ kind: 'send', pieces: small });
    [small, smallBytes] = [[], 0];
  };
  for (const whole of pieces) {
    let rest = whole;
    if (smallBytes > 0) {
      const missing = Math.min(MIN_PART_BYTES - smallBytes, lengthOf(rest));
      small.push(slice(rest, 0, missing));
      smallBytes += missing;
      rest = slice(rest, missing, lengthOf(rest));
      if (smallBytes >= MIN_PART_BYTES) send();
    }
    if (lengthOf(rest) === 0) continue;
    if (rest instanceof Uint8Array || lengthOf(rest) < MIN_PART_BYTES) {
      small.push(rest);
      smallBytes += lengthOf(rest);
      if (smallBytes >= MIN_PART_BYTES) send();
    } else {
      parts.push(...evenly(rest, maxBytes));
    }
  }
  send();
  return parts;
}

/** Parts of about the same size: none is too small. */
function evenly(range: ObjectRange, maxBytes: number): UploadPart[] {
  const count = Math.ceil(lengthOf(range) / maxBytes);
  const bytes = Math.ceil(lengthOf(range) / count);
  return Array.from({ length: count }, (_, index) => {
    return { kind: 'copy', range: slice(range, index * bytes, Math.min((index + 1) * bytes, lengthOf(range))) };
  });
}

function slice<P extends Piece>(piece: P, from: number, to: number): P;
function slice(piece: Piece, from: number, to: number): Piece {
  if (piece instanceof Uint8Array) return piece.subarray(from, to);
  return { ...piece, startByte: piece.startByte + from, endByte: piece.startByte + to };
}
