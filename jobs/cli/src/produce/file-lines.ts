/** The lines of a day's files, byte for byte, in the order in which the files source reads them. */
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { linesOf } from 'dataload/lines';
import { type FrozenFiles, LakeError, type ObjectStore } from 'lake';

export interface FileLine {
  readonly file: string;
  /** Number in the file, from 1. */
  readonly line: number;
  /** Without the LF that ends it. */
  readonly bytes: Uint8Array;
}

/** Bytes of a file by the ending of its name. */
const DECODERS: Readonly<Record<string, (content: Uint8Array) => Uint8Array>> = {
  '.gz': gunzipSync,
  '.zst': zstdDecompressSync,
};

/** Holds one file at a time. @throws LakeError unreadable-input naming the file */
export async function* fileLines(store: ObjectStore, { files }: FrozenFiles): AsyncGenerator<FileLine> {
  for (const { name } of files) {
    const content = await store.get(name);
    if (content === undefined) throw new LakeError('input-changed', `${store.url(name)} is gone; run it again`);
    let number = 0;
    for (const bytes of linesOf(decoded(name, content))) yield { file: name, line: ++number, bytes };
  }
}

function decoded(name: string, content: Uint8Array): Uint8Array {
  const decode = DECODERS[/\.(?:gz|zst)$/.exec(name)?.[0] ?? ''];
  try {
    return decode?.(content) ?? content;
  } catch (cause) {
    throw new LakeError('unreadable-input', `${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
