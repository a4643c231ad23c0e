/** Arrow streams put together and taken apart: the schema once, then the rows, then the end. */
import { SparkError } from '../errors.ts';

/** Before each message: this sign, then the length of its description. */
const CONTINUATION = 0xff_ff_ff_ff;
const PREFIX_BYTES = 8;
const END = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

/** The streams of many batches, each complete by itself, as one. @throws SparkError `protocol` for bytes that are no such stream */
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

/**
 * One stream as several, each complete by itself, in parts that are views of the bytes given.
 * @param maxBytes more only where one batch alone has more
 */
export function splitStream(stream: Uint8Array, maxBytes: number): (readonly Uint8Array[])[] {
  const schema = stream.subarray(0, schemaBytes(stream));
  const end = endOf(stream);
  const streams: (readonly Uint8Array[])[] = [];
  for (let from = schema.length; from < end || streams.length === 0;) {
    let to = from;
    while (to < end) {
      const next = to + messageBytes(stream, to);
      if (to > from && schema.length + (next - from) + END.length > maxBytes) break;
      to = next;
    }
    streams.push([schema, stream.subarray(from, to), END]);
    from = to;
    if (to >= end) break;
  }
  return streams;
}

/** Where a field of a flatbuffer's root table is; the fourth of a message says how many bytes follow its description. */
const BODY_LENGTH_FIELD = 3;

function messageBytes(stream: Uint8Array, at: number): number {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const start = at + PREFIX_BYTES;
  const table = start + view.getUint32(start, true);
  const fields = table - view.getInt32(table, true);
  const offset = view.getUint16(fields + 4 + 2 * BODY_LENGTH_FIELD, true);
  const bodyBytes = offset === 0 ? 0 : Number(view.getBigInt64(table + offset, true));
  return PREFIX_BYTES + view.getUint32(at + 4, true) + bodyBytes;
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
