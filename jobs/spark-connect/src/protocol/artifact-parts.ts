/** Decides how artifacts are cut into the messages of one upload: small ones together, a large one in pieces. */
import { crc32 } from 'node:zlib';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { SparkError } from '../errors.ts';
import type { AddArtifactsRequestSchema } from '../gen/spark/connect/base_pb.js';

/** As Spark's own clients have it. */
export const PIECE_BYTES = 32 * 1024;

/** Something that a session has on its server. */
export interface Artifact {
  /** Where: a folder that says what it is for, and a file. */
  readonly name: string;
  readonly sizeBytes: number;
  /** The content from its beginning, in pieces of any size; may be read more than once. */
  readonly read: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

type Part = Pick<MessageInitShape<typeof AddArtifactsRequestSchema>, 'payload'>;

interface Whole {
  readonly name: string;
  readonly data: { readonly data: Uint8Array; readonly crc: bigint };
}

/** @throws SparkError `usage` where the content is not of the size that was said */
export async function* artifactParts(artifacts: readonly Artifact[]): AsyncGenerator<Part, void, void> {
  let batch: Whole[] = [];
  let batchBytes = 0;
  for (const artifact of artifacts) {
    const { name, sizeBytes } = artifact;
    if (batch.length > 0 && batchBytes + sizeBytes > PIECE_BYTES) {
      yield batchOf(batch);
      batch = [];
      batchBytes = 0;
    }
    if (sizeBytes > PIECE_BYTES) {
      yield* pieces(artifact);
      continue;
    }
    for await (const piece of exactly(artifact)) batch.push({ name, data: checked(piece) });
    batchBytes += sizeBytes;
  }
  if (batch.length > 0) yield batchOf(batch);
}

const batchOf = (artifacts: readonly Whole[]): Part => ({
  payload: { case: 'batch', value: { artifacts: [...artifacts] } },
});

async function* pieces(artifact: Artifact): AsyncGenerator<Part, void, void> {
  const { name, sizeBytes } = artifact;
  const numChunks = BigInt(Math.ceil(sizeBytes / PIECE_BYTES));
  let isFirst = true;
  for await (const piece of exactly(artifact)) {
    const begin = { name, totalBytes: BigInt(sizeBytes), numChunks, initialChunk: checked(piece) };
    yield isFirst
      ? { payload: { case: 'beginChunk', value: begin } }
      : { payload: { case: 'chunk', value: checked(piece) } };
    isFirst = false;
  }
}

const checked = (data: Uint8Array): { data: Uint8Array; crc: bigint } => ({ data, crc: BigInt(crc32(data)) });

/** Pieces of the one size, but the last; one empty piece of what is empty. */
async function* exactly({ name, sizeBytes, read }: Artifact): AsyncGenerator<Uint8Array, void, void> {
  let piece = new Uint8Array(Math.min(PIECE_BYTES, sizeBytes));
  let filled = 0;
  let left = sizeBytes;
  const changed = (): SparkError =>
    new SparkError('usage', `${name} did not have its ${sizeBytes} bytes when it was read: it was changed meanwhile.`);
  for await (const source of read()) {
    for (let at = 0; at < source.length;) {
      if (left === 0) throw changed();
      const taken = source.subarray(at, at + piece.length - filled);
      piece.set(taken, filled);
      at += taken.length;
      filled += taken.length;
      left -= taken.length;
      if (filled < piece.length) continue;
      yield piece;
      piece = new Uint8Array(Math.min(PIECE_BYTES, left));
      filled = 0;
    }
  }
  if (left > 0) throw changed();
  if (sizeBytes === 0) yield piece;
}
