/** The Arrow streams of many batches, each complete by itself, as one stream: the schema once, then the rows, then the end. */
import { SparkError } from '../errors.ts';

/** Before each message: this sign, then the length of its description. */
const CONTINUATION = 0xff_ff_ff_ff;
const PREFIX_BYTES = 8;
const END = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

/** @throws SparkError `protocol` for bytes that are no such stream */
export function joinedStreams(streams: readonly Uint8Array[]): Uint8Array {
  const parts = [
    ...streams.map((stream, index) => stream.subarray(index === 0 ? 0 : schemaBytes(stream), endOf(stream))),
    END,
  ];
  const joined = new Uint8Array(parts.reduce((sizeBytes, { length }) => sizeBytes + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The first message is the schema, which has nothing behind its description. */
function schemaBytes(stream: Uint8Array): number {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (stream.length < PREFIX_BYTES || view.getUint32(0, true) !== CONTINUATION)
    throw new SparkError('protocol', 'A batch is no Arrow stream that this client can read.');
  return PREFIX_BYTES + view.getUint32(4, true);
}

function endOf(stream: Uint8Array): number {
  const from = stream.length - END.length;
  return END.every((byte, index) => stream[from + index] === byte) ? from : stream.length;
}
