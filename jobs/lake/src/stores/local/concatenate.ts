/** One file out of pieces of others, in their order. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeFolder, moveInto, syncFile } from './files.ts';
import type { Piece } from '../store.ts';

const BUFFER_BYTES = 1024 ** 2;

/** The file appears whole or not at all. @param pathOf a key */
export async function concatenateFiles(
  pieces: readonly Piece[],
  file: string,
  pathOf: (key: string) => string,
): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.new`;
  await makeFolder(dirname(file));
  try {
    await pipeline(Readable.from(chunksOf(pieces, pathOf)), createWriteStream(unfinished));
    await syncFile(unfinished);
    await moveInto(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* chunksOf(pieces: readonly Piece[], pathOf: (key: string) => string): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else if (piece.endByte > piece.startByte) {
      const { object, startByte: start, endByte } = piece;
      yield* createReadStream(pathOf(object.key), { start, end: endByte - 1, highWaterMark: BUFFER_BYTES });
    }
  }
}
