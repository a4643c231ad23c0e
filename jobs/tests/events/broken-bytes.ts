/** Ways in which the bytes of a line are no UTF-8. */
import { type Entry, writeObject } from './json-writer.ts';
import type { Breaker, Way } from './breakage.ts';

type Bytes = readonly [number, ...number[]];

/** Sequences that no decoder may let through; none holds a line feed. */
const SEQUENCES: readonly [Bytes, ...Bytes[]] = [
  [0x80],
  [0xbf, 0xbf],
  [0xc0, 0x80],
  [0xc0, 0xaf],
  [0xc1, 0xbf],
  [0xe0, 0x80, 0x80],
  [0xe0, 0x9f, 0xbf],
  [0xf0, 0x80, 0x80, 0x80],
  [0xf0, 0x8f, 0xbf, 0xbf],
  [0xed, 0xa0, 0x80],
  [0xed, 0xbf, 0xbf],
  [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80],
  [0xfe],
  [0xff],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x8d],
  [0xc3, 0x28],
  [0xe9],
];

function join(...parts: readonly (string | Bytes)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
}

/** The text of the line after its opening brace, led by a comma. */
function rest(entries: readonly Entry[]): string {
  return `,${writeObject(entries).slice(1)}`;
}

const [firstSequence, ...otherSequences] = SEQUENCES;

function inValue(bytes: Bytes): Breaker {
  return (entries) => join('{"note":"a', bytes, 'b"', rest(entries));
}

function inLatin1(entries: readonly Entry[]): Uint8Array {
  return Buffer.from(
    writeObject([['note', 'Cr\u{e8}me']]).slice(0, -1) + rest(entries).replaceAll(/[^ -~]/g, ''),
    'latin1',
  );
}

export const BROKEN_BYTES: readonly Way[] = [
  {
    name: 'utf8_in_value',
    breaks: ['invalid_utf8'],
    variants: [inValue(firstSequence), ...otherSequences.map((bytes) => inValue(bytes))],
  },
  {
    name: 'utf8_elsewhere',
    breaks: ['invalid_utf8'],
    variants: [
      (entries) => join('{"no', [0xff], 'te":1', rest(entries)),
      (entries) => join(writeObject(entries), [0xc3]),
      (entries) => join(writeObject(entries), [0xe2, 0x82]),
      (entries) => join([0xef, 0xbb], writeObject(entries)),
      (entries) => join([0xfe, 0xff], writeObject(entries)),
      (entries) => join('{"note":1', [0xa0], rest(entries)),
      () => join('{"url":null,', [0x80]),
      () => join([0x80]),
      () => join(' ', [0xff], '\r'),
      inLatin1,
    ],
  },
  {
    name: 'utf16',
    breaks: ['invalid_utf8'],
    variants: [
      (entries) => join([0xff, 0xfe], utf16(entries)),
      // A packed body is neither text nor anything else that a line should be.
      () => Uint8Array.of(0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00),
    ],
  },
];

/** ASCII alone, because a half of any other character may look like a line feed. */
function utf16(entries: readonly Entry[]): string {
  return Buffer.from(writeObject(entries).replaceAll(/[^ -~]/g, ''), 'utf16le').toString('latin1');
}
