/** Which files are put together before Spark reads them, how their lines are written, and what a file does that goes meanwhile. */
import { expect, test } from '@jest/globals';
import { type ObjectStore, parseLogicalDate } from 'lake';
import { localStore, temporaryFolder } from 'lake/testing';
import { layout } from 'lake/testing/layout';
import type { Run } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { jsonFiles } from './files.ts';
import { framedLines, MIN_SMALL_FILES, smallFilesOf } from './small-files.ts';
import type { OpenTable } from './source.ts';

const KIB = 1024;
const files = (count: number, more: { name?: string; sizeBytes?: number } = {}) =>
  Array.from({ length: count }, (_, index) => ({ name: `${index}.json`, sizeBytes: 1, etag: 'e', url: 'u', ...more }));

test('few small files are read as they are, and many are put together', () => {
  expect(smallFilesOf(files(MIN_SMALL_FILES - 1))).toEqual([]);
  expect(smallFilesOf(files(MIN_SMALL_FILES))).toHaveLength(MIN_SMALL_FILES);
});

test.each([
  ['large', { sizeBytes: 32 * KIB + 1 }],
  ['compressed by gzip', { name: 'a.json.gz' }],
  ['compressed by zstd', { name: 'a.json.zst' }],
  ['named in two lines', { name: 'a\n.json' }],
])('a file that is %s is not put together with others', (_what, odd) => {
  const many = files(MIN_SMALL_FILES, { sizeBytes: 32 * KIB });
  expect(smallFilesOf([...files(1, odd), ...many])).toEqual(many);
  expect(smallFilesOf([...files(1, odd), ...many.slice(1)])).toEqual([]);
});

test.each([
  ['', []],
  ['\n', ['']],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\r\n\nb', ['a\r', '', 'b']],
  ['\u{feff}a\n\u{feff}b', ['a', '\u{feff}b']],
  ['\u{feff}', []],
])('the file %j has the lines %j', (content, lines) => {
  const framed = Buffer.from(framedLines('ü.json', Buffer.from(content))).toString();
  expect(framed).toBe(lines.map((line, index) => `0000000${index}0007ü.json${line}\n`).join(''));
});

test('bytes that are no text stay as they are', () => {
  const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x0a, 0xe2]);
  const head = (line: number): Buffer => Buffer.from(`0000000${line}0006a.json`);
  const owed = [head(0), bytes.subarray(0, 4), head(1), bytes.subarray(4), Buffer.from('\n')];
  expect(Buffer.compare(framedLines('a.json', bytes), Buffer.concat(owed))).toBe(0);
});

async function freezeWith(get: (store: ObjectStore, key: string) => ReturnType<ObjectStore['get']>): Promise<unknown> {
  const store = localStore(temporaryFolder());
  for (const { name } of files(MIN_SMALL_FILES)) await store.put(`in/${name}`, Buffer.from('{}\n'));
  const landing = { store: { ...store, get: (key: string) => get(store, key) }, prefix: 'in' };
  const args = { allowEmpty: false, logicalDate: parseLogicalDate('2019-11-29') };
  const { signal } = new AbortController();
  const run = { landing, lake: store, layout, args, signal, progress: () => undefined } as unknown as Run;
  return jsonFiles.freeze(run, {} as SparkSession, { staging: '_staging/r' } as OpenTable);
}

test('a file that goes while they are put together is told as a change of the input', async () => {
  const going = freezeWith(async (store, key) => {
    await store.removeAll('in/7.json');
    return store.get(key);
  });
  await expect(going).rejects.toMatchObject({ code: 'input-changed', message: expect.stringContaining('7.json') });
});

test('a file that cannot be read is told by its name', async () => {
  const refused = freezeWith((store, key) =>
    key === 'in/7.json' ? Promise.reject(new Error('EACCES: permission denied')) : store.get(key),
  );
  await expect(refused).rejects.toMatchObject({
    code: 'unreadable-input',
    message: expect.stringMatching(/in\/7\.json cannot be read: .*EACCES/),
  });
});
