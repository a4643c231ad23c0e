import { expect, test } from '@jest/globals';
import { copySourceOf, rangesOf } from './copy.ts';

test('ranges cover every byte once', () => {
  expect(rangesOf(10, 4)).toStrictEqual(['bytes=0-3', 'bytes=4-7', 'bytes=8-9']);
  expect(rangesOf(8, 4)).toStrictEqual(['bytes=0-3', 'bytes=4-7']);
  expect(rangesOf(1, 4)).toStrictEqual(['bytes=0-0']);
});

test('an object that would have more parts than S3 takes is copied in larger ones', () => {
  const [partBytes, objectBytes] = [512 * 1024 ** 2, 5 * 1024 ** 4];
  const ranges = rangesOf(objectBytes, partBytes);
  expect(ranges.length).toBe(10_000);
  expect(ranges.at(-1)?.endsWith(`-${objectBytes - 1}`)).toBe(true);
});

test('the source of a copy is spelled as a header has to spell it', () => {
  expect(copySourceOf('b', 'a/ü x/1+1=2%.json')).toBe('b/a/%C3%BC%20x/1%2B1%3D2%25.json');
  expect(copySourceOf('b', "it's(1)!*")).toBe('b/it%27s%281%29%21%2A');
  expect(copySourceOf('b', 'k', 'v/1+')).toBe('b/k?versionId=v%2F1%2B');
});
