/** Puts the parts of a result's Arrow batches together, and checks that none is missing, doubled or out of order. */
import { SparkError } from '../errors.ts';
import type { ExecutePlanResponse_ArrowBatch } from '../gen/spark/connect/base_pb.js';

/** One complete Arrow IPC stream. */
export interface WholeBatch {
  readonly data: Uint8Array;
  /** Unknown where the bytes did not come as a batch. */
  readonly rowCount?: number;
}

type Part = Pick<
  ExecutePlanResponse_ArrowBatch,
  'data' | 'rowCount' | 'startOffset' | 'chunkIndex' | 'numChunksInBatch'
>;

/** Takes the batches of one result in the order in which they come. */
export class BatchAssembler {
  #rowsSeen = 0n;
  #parts: Part[] = [];

  /** @returns the batch, once all its parts are there. @throws SparkError `protocol` where a part does not fit */
  add(part: Part): WholeBatch | undefined {
    const { startOffset, rowCount, chunkIndex = 0n, numChunksInBatch = 0n } = part;
    if (startOffset !== undefined && startOffset !== this.#rowsSeen) {
      throw mismatch(`a batch begins at row ${startOffset}, expected was row ${this.#rowsSeen}`);
    }
    if (chunkIndex !== BigInt(this.#parts.length)) {
      throw mismatch(`part ${chunkIndex} of a batch came, expected was part ${this.#parts.length}`);
    }
    const [first] = this.#parts;
    if (first !== undefined && (first.rowCount !== rowCount || first.numChunksInBatch !== part.numChunksInBatch)) {
      throw mismatch('the parts of a batch do not belong together');
    }
    this.#parts.push(part);
    if (chunkIndex + 1n < numChunksInBatch) return undefined;
    const data = concatenated(this.#parts);
    this.#parts = [];
    this.#rowsSeen += rowCount;
    return { data, rowCount: Number(rowCount) };
  }

  /** The result is complete. @throws SparkError `protocol` where a batch is not */
  end(): void {
    if (this.#parts.length > 0) throw mismatch('the result ended inside a batch');
  }
}

function concatenated(parts: readonly Part[]): Uint8Array {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first.data;
  const whole = new Uint8Array(parts.reduce((sizeBytes, { data }) => sizeBytes + data.length, 0));
  let at = 0;
  for (const { data } of parts) {
    whole.set(data, at);
    at += data.length;
  }
  return whole;
}

function mismatch(reason: string): SparkError {
  return new SparkError('protocol', `The result did not arrive whole: ${reason}.`, { retryable: true });
}
