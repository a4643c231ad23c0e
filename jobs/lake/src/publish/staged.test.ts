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
  expect(await stagedParquet(store, PREFIX)).toMatchObject({ rows: 1_234, sizeBytes: content.length });
});

test('content made by the job is staged under its key', async () => {
  const store = await storeWith({});
  const staged = await stageContent(store, '_staging/r/report.csv', bytes('a,b\n'), 0);
  expect(staged).toStrictEqual({ key: '_staging/r/report.csv', sizeBytes: 4, sha256: sha256Of('a,b\n'), rows: 0 });
  expect(textOf(await store.get(staged.key))).toBe('a,b\n');
});
