import { describe, expect, test } from '@jest/globals';
import type { ListedObject, ObjectRange, Piece } from '../store.ts';
import { lengthOf, MIN_PART_BYTES, uploadParts } from './upload-parts.ts';

const MIB = 1024 ** 2;
const MAX = 64 * MIB;

const object = (key: string, sizeBytes: number): ListedObject => ({
  key,
  sizeBytes,
  etag: key,
  modifiedAt: new Date(0),
});
const range = (key: string, endByte: number, startByte = 0): ObjectRange => {
  return { object: object(key, endByte), startByte, endByte };
};
const bytes = (length: number): Uint8Array => new Uint8Array(length);

/** `a 0..9`, `copy` or `send`, with the lengths of bytes that are at hand. */
const told = (pieces: readonly Piece[]): string[] =>
  uploadParts(pieces, MAX).map((part) => {
    const of = part.kind === 'copy' ? [part.range] : part.pieces;
    const texts = of.map((piece) =>
      piece instanceof Uint8Array ? `${piece.length}` : `${piece.object.key} ${piece.startByte}..${piece.endByte}`,
    );
    return `${part.kind} ${texts.join(' + ')}`;
  });

test('large ranges are copied, and the end of the object is sent', () => {
  expect(told([range('a', 6 * MIB), range('b', 7 * MIB, 4), bytes(10)])).toEqual([
    `copy a 0..${6 * MIB}`,
    `copy b 4..${7 * MIB}`,
    'send 10',
  ]);
});

test('a range that is too small is sent with the beginning of the next, whose rest is copied', () => {
  expect(told([range('a', MIB), range('b', 20 * MIB), bytes(10)])).toEqual([
    `send a 0..${MIB} + b 0..${4 * MIB}`,
    `copy b ${4 * MIB}..${20 * MIB}`,
    'send 10',
  ]);
});

test('what is small altogether is one part', () => {
  expect(told([range('a', 3), range('b', 9, 4), bytes(10)])).toEqual(['send a 0..3 + b 4..9 + 10']);
});

test('a range beyond the largest part is cut evenly, so that its rest is not too small', () => {
  expect(told([range('a', MAX + 1)])).toEqual([`copy a 0..${MAX / 2 + 1}`, `copy a ${MAX / 2 + 1}..${MAX + 1}`]);
});

test('empty pieces are no parts', () => {
  expect(told([range('a', 4, 4), bytes(0), bytes(2)])).toEqual(['send 2']);
});

describe('whatever the pieces are', () => {
  /** Sizes around the limits, in every order of four. */
  const sizes = [0, 1, MIB, MIN_PART_BYTES - 1, MIN_PART_BYTES, MIN_PART_BYTES + 1, MAX, 2 * MAX + 1];
  const all = sizes.flatMap((a) => sizes.flatMap((b) => sizes.map((c) => [a, b, c])));

  test('every byte lies in one part, in order, and only the last part is smaller than S3 takes', () => {
    for (const lengths of all) {
      const pieces = [...lengths.map((length, index) => range(`${index}`, length + 4, 4)), bytes(100)];
      const parts = uploadParts(pieces, MAX);
      const flat = parts.flatMap((part) => (part.kind === 'copy' ? [part.range] : part.pieces));
      expect(joined(flat)).toEqual(joined(pieces));
      const partBytes = parts.map((part) =>
        part.kind === 'copy' ? lengthOf(part.range) : part.pieces.reduce((sum, piece) => sum + lengthOf(piece), 0),
      );
      expect(partBytes.slice(0, -1).filter((length) => length < MIN_PART_BYTES)).toEqual([]);
      expect(Math.max(...partBytes)).toBeLessThanOrEqual(MAX);
    }
  });
});

/** Neighbouring ranges of an object, and neighbouring bytes, as one. */
function joined(pieces: readonly Piece[]): string[] {
  const all: { key: string; start: number; end: number }[] = [];
  for (const piece of pieces.filter((each) => lengthOf(each) > 0)) {
    const last = all.at(-1);
    if (piece instanceof Uint8Array) {
      if (last?.key === '') last.end += piece.length;
      else all.push({ key: '', start: 0, end: piece.length });
    } else {
      const {
        object: { key },
        startByte: start,
        endByte: end,
      } = piece;
      if (last?.key === key && last.end === start) last.end = end;
      else all.push({ key, start, end });
    }
  }
  return all.map(({ key, start, end }) => `${key} ${start}..${end}`);
}
