/** How a scripted server takes artifacts: it checks each piece and answers as a script says. */
import { crc32 } from 'node:zlib';
import { create } from '@bufbuild/protobuf';
import type * as grpc from '@grpc/grpc-js';
import { uploadRpcs, type Request } from '../src/protocol/rpc.ts';
import { failureTrailer, type ScriptedFailure } from './scripted-failure.ts';

type Part = Request<'addArtifacts'>;

/** What one upload is answered with; without a script that all arrived as it did. */
export type UploadAnswer =
  | { readonly usual: true }
  /** Breaks the connection once so many parts are here. */
  | { readonly cutAfter: number }
  /** At the first part, while more is under way. */
  | { readonly fail: ScriptedFailure }
  /** Says of every artifact that it is damaged. */
  | { readonly damaged: true };

export interface Upload {
  readonly call: grpc.ServerReadableStream<Part, unknown>;
  readonly answer: grpc.sendUnaryData<unknown>;
  /** Is filled. */
  readonly parts: Part[];
  readonly scripted: UploadAnswer | undefined;
  readonly marks: (first: Part) => object;
  readonly cut: () => void;
}

export function receiveUpload({ call, answer, parts, scripted = { usual: true }, marks, cut }: Upload): void {
  call.on('data', (part: Part) => {
    parts.push(part);
    if ('cutAfter' in scripted && parts.length === scripted.cutAfter) cut();
    if ('fail' in scripted && parts.length === 1) answer(failureTrailer(scripted.fail));
  });
  call.on('error', () => undefined);
  call.on('end', () => {
    const [first] = parts;
    if (first === undefined || 'fail' in scripted) return;
    const isWhole = !('damaged' in scripted) && piecesOf(parts).every(({ data, crc }) => crc === BigInt(crc32(data)));
    const artifacts = namesOf(parts).map((name) => ({ name, isCrcSuccessful: isWhole }));
    answer(null, create(uploadRpcs.addArtifacts.method.output, { ...marks(first), artifacts }));
  });
}

/** The content of an upload of one large artifact, or of small ones after each other. */
export function contentOf(parts: readonly Part[]): Uint8Array {
  return Buffer.concat(piecesOf(parts).map(({ data }) => data));
}

export function namesOf(parts: readonly Part[]): string[] {
  return parts.flatMap(({ payload }) => {
    if (payload.case === 'batch') return payload.value.artifacts.map(({ name }) => name);
    return payload.case === 'beginChunk' ? [payload.value.name] : [];
  });
}

interface Piece {
  readonly data: Uint8Array;
  readonly crc: bigint;
}

function piecesOf(parts: readonly Part[]): Piece[] {
  return parts.flatMap(({ payload }): Piece[] => {
    if (payload.case === 'chunk') return [payload.value];
    const inside =
      payload.case === 'batch' ? payload.value.artifacts.map(({ data }) => data) : [payload.value?.initialChunk];
    return inside.filter((piece) => piece !== undefined);
  });
}
