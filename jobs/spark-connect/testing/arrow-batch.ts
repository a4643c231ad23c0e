/** Rows as an answer of the server, for scripts. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { int32, tableFromArrays, tableToIPC } from '@uwdata/flechette';
import type {
  ExecutePlanResponse_ArrowBatchSchema,
  ExecutePlanResponseSchema,
} from '../src/gen/spark/connect/base_pb.js';

/** One column `id` of type INT. @param startOffset how many rows came before */
export function idBatch(
  ids: readonly number[],
  startOffset: number,
): MessageInitShape<typeof ExecutePlanResponseSchema> {
  return { responseType: { case: 'arrowBatch', value: idArrowBatch(ids, startOffset) } };
}

/** The same batch in parts of its bytes. */
export function idBatchInChunks(
  ids: readonly number[],
  startOffset: number,
  chunks: number,
): MessageInitShape<typeof ExecutePlanResponseSchema>[] {
  const { data, ...rest } = idArrowBatch(ids, startOffset);
  const chunkBytes = Math.ceil(data.length / chunks);
  return Array.from({ length: chunks }, (_, index) => ({
    responseType: {
      case: 'arrowBatch' as const,
      value: {
        ...rest,
        data: data.slice(index * chunkBytes, (index + 1) * chunkBytes),
        chunkIndex: BigInt(index),
        numChunksInBatch: BigInt(chunks),
      },
    },
  }));
}

function idArrowBatch(ids: readonly number[], startOffset: number) {
  const data = tableToIPC(tableFromArrays({ id: [...ids] }, { types: { id: int32() } }), { format: 'stream' });
  if (data === null) throw new Error('The ids could not be encoded.');
  return {
    data,
    rowCount: BigInt(ids.length),
    startOffset: BigInt(startOffset),
  } satisfies MessageInitShape<typeof ExecutePlanResponse_ArrowBatchSchema>;
}
