import { expect, test } from '@jest/globals';
import { assertTag, tagsOf } from './tags.ts';

test('an operation bears the tags of the session and its own, each once', () => {
  expect(tagsOf(new Set(['a', 'b']), ['b', 'c'])).toEqual(['a', 'b', 'c']);
  expect(tagsOf([])).toEqual([]);
});

test.each(['', 'a,b'])('"%s" is no tag', (tag) => {
  expect(() => assertTag(tag)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('tag') }),
  );
  expect(() => tagsOf([], [tag])).toThrow(expect.objectContaining({ code: 'usage' }));
});
