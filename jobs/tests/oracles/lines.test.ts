import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { inReadingOrder, isEventFile, linesOf } from './lines.ts';

const textsOf = (bytes: Uint8Array | string, name = 'a.json'): (string | undefined)[] =>
  [...linesOf({ name, bytes: Buffer.from(bytes) })].map(({ text }) => text);

describe('linesOf', () => {
  test('splits at LF only, and the end of the file is no line', () => {
    expect(textsOf('')).toEqual([]);
    expect(textsOf('\n')).toEqual(['']);
    expect(textsOf('a\r\nb\rc\u{2028}d\n\ne')).toEqual(['a\r', 'b\rc\u{2028}d', '', 'e']);
    expect(textsOf('a\nb\n')).toEqual(['a', 'b']);
  });

  test('keeps the byte order mark and marks what is no UTF-8', () => {
    expect(textsOf(Buffer.concat([Buffer.from('\u{feff}a\n'), Uint8Array.of(0xff), Buffer.from('\nc')]))).toEqual([
      '\u{feff}a',
      undefined,
      'c',
    ]);
  });

  test('unpacks by the ending, also when several packed parts follow each other', () => {
    expect(textsOf(Buffer.concat([gzipSync('a\nb'), gzipSync('c\n')]), 'a.jsonl.gz')).toEqual(['a', 'bc']);
    expect(textsOf(zstdCompressSync('a\nb'), 'a.json.zst')).toEqual(['a', 'b']);
  });
});

describe('which files are read', () => {
  test.each(['a.json', 'a.jsonl', 'a.ndjson', 'a.json.gz', 'a.ndjson.zst', 'a b%.jsonl.zst', 'a.b.json'])(
    '%s is read',
    (name) => {
      expect(isEventFile(name)).toBe(true);
    },
  );

  test.each([
    '_a.json',
    '.a.json',
    'a.txt',
    'a.json.bz2',
    'a.gz',
    'json',
    '.json',
    'a.json.gz.tmp',
    'a.JSON',
    'kafka.parquet',
  ])('%s is not', (name) => {
    expect(isEventFile(name)).toBe(false);
  });

  test('files come in the order of their bytes', () => {
    const names = [
      'b.json',
      '\u{1f372}.json',
      '\u{ffe5}.json',
      'a.json',
      'B.json',
      'a-1.json',
      'r-9.json',
      'r-10.json',
    ];
    const files = names.map((name) => ({ name, bytes: new Uint8Array() }));
    const ordered = [
      'B.json',
      'a-1.json',
      'a.json',
      'b.json',
      'r-10.json',
      'r-9.json',
      '\u{ffe5}.json',
      '\u{1f372}.json',
    ];
    expect(inReadingOrder(files).map(({ name }) => name)).toEqual(ordered);
  });
});
