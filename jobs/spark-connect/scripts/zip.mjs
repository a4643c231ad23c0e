/** Reads single entries of a zip archive (a jar), so that neither unzip nor a JDK is needed. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LONGEST_END_BYTES = 22 + 0xffff;

/**
 * @param {string} file path of the archive; not Zip64, not encrypted
 * @param {(name: string) => boolean} wanted
 * @returns {Map<string, Buffer>} content by entry name
 */
export function readZip(file, wanted) {
  const descriptor = openSync(file, 'r');
  try {
    const read = (position, sizeBytes) => {
      const buffer = Buffer.alloc(sizeBytes);
      const got = readSync(descriptor, buffer, 0, sizeBytes, position);
      return buffer.subarray(0, got);
    };
    const directory = centralDirectory(read, fstatSync(descriptor).size, file);
    const contents = new Map();
    for (const entry of entries(directory)) if (wanted(entry.name)) contents.set(entry.name, content(read, entry));
    return contents;
  } finally {
    closeSync(descriptor);
  }
}

function centralDirectory(read, fileBytes, file) {
  const start = Math.max(0, fileBytes - LONGEST_END_BYTES);
  const tail = read(start, fileBytes - start);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    return read(tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  }
  throw new Error(`${file} is no zip archive: it has no central directory. Fetch the jar again.`);
}

function* entries(directory) {
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE) {
    const nameBytes = directory.readUInt16LE(at + 28);
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      isDeflated: directory.readUInt16LE(at + 10) === 8,
      packedBytes: directory.readUInt32LE(at + 20),
      headerAt: directory.readUInt32LE(at + 42),
    };
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

function content(read, entry) {
  // The local header has its own lengths: its extra field may differ from the one in the directory.
  const header = read(entry.headerAt, 30);
  const dataAt = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = read(dataAt, entry.packedBytes);
  return entry.isDeflated ? inflateRawSync(packed) : packed;
}
