/** Turns the files of a day into numbered lines: which files count, what is packed, which bytes are no UTF-8. */
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

export interface InputFile {
  /** The name within the day's folder. */
  readonly name: string;
  /** As they lie on the disk, so still packed where the name ends in .gz or .zst. */
  readonly bytes: Uint8Array;
}

export interface RawLine {
  /** Counted from 1, blank lines included. */
  readonly line: number;
  /** Without the line feed; undefined where the bytes are no valid UTF-8. A byte order mark is still there. */
  readonly text: string | undefined;
}

const LINE_FEED = 0x0a;
const EVENT_FILE = /^[^_.].*\.(?:json|jsonl|ndjson)(?:\.gz|\.zst)?$/su;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Names that begin with `_` or `.`, and other endings, are not read. */
export function isEventFile(name: string): boolean {
  return EVENT_FILE.test(name);
}

/** The order of UTF-8 bytes, which differs from JavaScript's own order of strings beyond U+FFFF. */
export function compareBytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The event files of a day in the order in which later events displace earlier ones. */
export function inReadingOrder(files: readonly InputFile[]): InputFile[] {
  return files.filter((file) => isEventFile(file.name)).sort((a, b) => compareBytewise(a.name, b.name));
}

export function unpack(file: InputFile): Uint8Array {
  if (file.name.endsWith('.gz')) return gunzipSync(file.bytes);
  if (file.name.endsWith('.zst')) return zstdDecompressSync(file.bytes);
  return file.bytes;
}

/** The text of one line, or undefined where its bytes are no valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lines end at LF only; what follows the last LF is a line only if it holds bytes. */
export function* linesOf(file: InputFile): Generator<RawLine> {
  const bytes = unpack(file);
  let line = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    line += 1;
    yield { line, text: decodeUtf8(bytes.subarray(start, end)) };
    start = end + 1;
  }
}
