/** The lines of a file of events, byte for byte. */

const LF = 0x0a;

/** Only LF ends a line; what follows the last one is a line where it is not empty. */
export function* linesOf(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LF, start);
    const end = found === -1 ? content.length : found;
    yield content.subarray(start, end);
    start = end + 1;
  }
}
