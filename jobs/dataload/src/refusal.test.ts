import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { type BrokenLine, refusalText } from './refusal.ts';

const MALFORMED = { rule: 'malformed', message: 'the line is not exactly one JSON object with distinct keys' };
const event = { file: 'recipes.json', line: 1 };
const line = (raw: string): BrokenLine => ({ raw, reasons: [MALFORMED], event });
/** As Spark gives a line that is no UTF-8: up to its first line end, in base64. */
function bytesLine(bytes: Buffer): BrokenLine {
  const end = bytes.indexOf(0x0a);
  return {
    raw_base64: bytes.subarray(0, end === -1 ? undefined : end).toString('base64'),
    reasons: [{ rule: 'invalid_utf8', message: 'the line is not valid UTF-8' }],
    event,
  };
}
const hint = (first: BrokenLine): string | undefined =>
  refusalText({ malformed: 1 }, first).split('; ').slice(2).join();

test('the rules are told with their counts, the most broken first, and the first line with its place and reason', () => {
  const first = { ...line('{"url":'), event: { file: 'a.json', line: 3 } };
  expect(refusalText({ 'url_blank:url': 2, malformed: 7 }, first)).toBe(
    'malformed 7, url_blank:url 2; the first is a.json, line 3: the line is not exactly one JSON object with distinct keys ("{\\"url\\":")',
  );
  expect(refusalText({ malformed: 7 }, undefined)).toBe('malformed 7');
});

test('a record of a topic is named by its coordinates, a long line is cut', () => {
  const text = refusalText(
    { malformed: 1 },
    { ...line('x'.repeat(500)), event: { topic: 't', partition: 2, offset: 9 } },
  );
  expect(text).toContain('the first is topic t, partition 2, offset 9: ');
  expect(text.length).toBeLessThan(250);
});

test.each<[string, BrokenLine, RegExp]>([
  ['a JSON array', line('[{"url": "a"}, {"url": "b"}]'), /JSON array.*jq -c '\.\[\]'/],
  ['a JSON array over several lines', line('\uFEFF['), /JSON array/],
  ['pretty-printed JSON', line('{\r'), /several lines.*jq -c/],
  ['pretty-printed JSON that begins with its first member', line('{ "url": "a",'), /several lines/],
  ['pretty-printed JSON in its midst', line('  "url": "a, b",'), /several lines/],
  ['gzip', bytesLine(gzipSync('{"url":"a"}\n')), /gzip: name it \.json\.gz/],
  ['zstd', bytesLine(zstdCompressSync('{"url":"a"}\n')), /zstd: name it \.json\.zst/],
  ['UTF-16 with a mark', bytesLine(Buffer.from('\uFEFF{"url":"a"}\n', 'utf16le')), /UTF-16.*iconv/],
  ['UTF-16 without a mark', line('{\0"\0u\0r\0l\0'), /UTF-16.*iconv/],
  ['CSV', line('name,ingredients,url'), /CSV/],
  ['CSV with semicolons', line('"name";"ingredients";"url"'), /CSV/],
  ['an HTML page', line('<!DOCTYPE html>'), /HTML.*fetch it again/],
  ['an XML answer', line('<?xml version="1.0"?><Error>'), /HTML or XML/],
])('%s is recognised', (_, first, owed) => {
  expect(hint(first)).toMatch(owed);
});

test.each([
  line('{"url":"a","url":"b"}'),
  line('{"url":"a"'),
  line('{"name":"a, b"} junk'),
  line('nothing of the kind'),
])('no hint is given for $raw', (first) => {
  expect(hint(first)).toBe('');
});

test('an event that breaks a rule is what it seems', () => {
  const reasons = [{ rule: 'required', field: 'url', message: 'url is missing' }];
  expect(hint({ raw: '[', reasons, event })).toBe('');
});
