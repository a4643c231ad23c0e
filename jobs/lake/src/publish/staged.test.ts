import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bytes, textOf } from '../../testing/publish-day.ts';
import { sha256Of } from '../../testing/store-contract.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { localStore } from '../stores/local/store.ts';
import { stageContent, stagedLines, stagedParquet } from './staged.ts';
import type { ObjectStore } from '../stores/store.ts';

const PREFIX = '_staging/recipes/2019-11-29/r/day';

async function storeWith(files: Readonly<Record<string, string>>): Promise<ObjectStore> {
  const store = localStore(temporaryFolder());
  for (const [name, text] of Object.entries(files)) await store.put(`${PREFIX}/${name}`, bytes(text));
  return store;
}

test('the one object beside _SUCCESS is what was staged, with what the caller counted', async () => {
  const store = await storeWith({ 'part-0.json': 'x\n', _SUCCESS: '', '.part-0.json.crc': 'c' });
  expect(await stagedLines(store, PREFIX, 1)).toStrictEqual({
    key: `${PREFIX}/part-0.json`,
    sizeBytes: 2,
    sha256: sha256Of('x\n'),
    rows: 1,
  });
});

describe('what was not written as it should be', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['nothing', {}, 'no object and no _SUCCESS'],
    ['no _SUCCESS', { 'part-0': 'x' }, 'part-0 and no _SUCCESS'],
    ['no object', { _SUCCESS: '' }, 'no object'],
    ['two objects', { 'part-0': 'x', 'part-1': 'y', _SUCCESS: '' }, 'part-0, '],
  ])('%s', async (_, files, message) => {
    const store = await storeWith(files);
    const refusal = { code: 'unexpected', message: expect.stringContaining(message) };
    await expect(stagedLines(store, PREFIX, 1)).rejects.toMatchObject(refusal);
  });

  test('no Parquet', async () => {
    const store = await storeWith({ 'part-0.parquet': 'not parquet at all', _SUCCESS: '' });
    await expect(stagedParquet(store, PREFIX)).rejects.toThrow(/parquet/i);
  });
});

test('the rows of a Parquet object come from its footer', async () => {
  const store = await storeWith({ _SUCCESS: '' });
  // Written by DuckDB: SELECT range AS n FROM range(1234).
  const content = readFileSync(join(import.meta.dirname, '../../testing/1234-rows.parquet'));
  await store.put(`${PREFIX}/part-0.parquet`, content);
  expect(await stagedParquet(store, PREFIX)).toStrictEqual({
    key: `${PREFIX}/part-0.parquet`,
    sizeBytes: content.length,
    sha256: sha256Of(content),
    rows: 1_234,
    contentSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

describe('the content of a Parquet object', () => {
  const original = readFileSync(join(import.meta.dirname, '../../testing/1234-rows.parquet'));
  const contentOf = async (content: Uint8Array): Promise<string | undefined> => {
    const store = await storeWith({ _SUCCESS: '' });
    await store.put(`${PREFIX}/part-0.parquet`, content);
    return (await stagedParquet(store, PREFIX)).contentSha256;
  };
  /** The same file with one text of it replaced by one of the same length. */
  const edited = (from: string, to: string): Buffer => {
    const [old, at] = [Buffer.from(from, 'latin1'), original.lastIndexOf(from, undefined, 'latin1')];
    expect(at).toBeGreaterThan(0);
    return Buffer.concat([original.subarray(0, at), Buffer.from(to, 'latin1'), original.subarray(at + old.length)]);
  };

  test('is the same whatever its footer says about the writer', async () => {
    const expected = await contentOf(original);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    expect(await contentOf(edited('DuckDB version', 'Another writer'))).toBe(expected);
  });

  test('is another where a byte of the data or the name of a column is', async () => {
    const expected = await contentOf(original);
    const otherData = Buffer.from(original);
    otherData[100] = otherData[100]! ^ 1;
    expect(await contentOf(otherData)).not.toBe(expected);
    // The name of the only column as the schema has it.
    expect(await contentOf(edited('\u0025\u0002\u0018\u0001n', '\u0025\u0002\u0018\u0001m'))).not.toBe(expected);
  });
});

test('content made by the job is staged under its key', async () => {
  const store = await storeWith({});
  const staged = await stageContent(store, '_staging/r/report.csv', bytes('a,b\n'), 0);
  expect(staged).toStrictEqual({ key: '_staging/r/report.csv', sizeBytes: 4, sha256: sha256Of('a,b\n'), rows: 0 });
  expect(textOf(await store.get(staged.key))).toBe('a,b\n');
});
