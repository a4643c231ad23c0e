import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { FAULTS, faultyStore } from '../../../testing/faulty-store.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { localStore } from '../../stores/local/store.ts';
import type { ObjectStore } from '../../stores/store.ts';
import { stagedParquet } from '../staged.ts';
import { readThrift, writeThrift } from './thrift.ts';

const PREFIX = '_staging/recipes/2019-11-29/r/day';
// Written by DuckDB: SELECT range AS n FROM range(1234).
const ROWS = 1_234;
const file = readFileSync(join(import.meta.dirname, '../../../testing/1234-rows.parquet'));
const NUMBERS = Array.from({ length: ROWS }, (_, index) => BigInt(index));

async function storeWith(...files: readonly Uint8Array[]): Promise<ObjectStore> {
  const store = localStore(temporaryFolder());
  for (const [index, content] of files.entries()) await store.put(`${PREFIX}/part-0000${index}.parquet`, content);
  await store.put(`${PREFIX}/_SUCCESS`, new Uint8Array());
  return store;
}

async function bufferOf(store: ObjectStore, key: string): Promise<ArrayBuffer> {
  return (await store.get(key))!.slice().buffer;
}

/** The file with another footer. */
function withFooter(change: (footer: Buffer) => Uint8Array): Buffer {
  const end = file.length - 8;
  const begin = end - file.readUInt32LE(end);
  const footer = change(file.subarray(begin, end));
  const trailer = Buffer.from(file.subarray(end));
  trailer.writeUInt32LE(footer.length);
  return Buffer.concat([file.subarray(0, begin), footer, trailer]);
}

test('the footer of a file is written again byte by byte', () => {
  withFooter((footer) => {
    expect(Buffer.compare(writeThrift(readThrift(footer).struct), footer)).toBe(0);
    return footer;
  });
});

test('several objects become one, with the rows of all in the order of their names', async () => {
  const store = await storeWith(file, file, file);
  const staged = await stagedParquet(store, PREFIX, 3);
  expect(staged).toMatchObject({ key: `${PREFIX}.parquet`, rows: 3 * ROWS });
  const whole = await bufferOf(store, staged.key);
  const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) };
  const rows = await parquetReadObjects({ file: whole, compressors });
  expect(rows.map(({ n }) => n as bigint)).toEqual([...NUMBERS, ...NUMBERS, ...NUMBERS]);
  const { row_groups: groups, schema } = await parquetMetadataAsync(whole);
  expect(schema).toEqual((await parquetMetadataAsync(new Uint8Array(file).buffer)).schema);
  expect(groups.map((group) => Number(group.num_rows))).toEqual([ROWS, ROWS, ROWS]);
});

test('joined again they have the same bytes', async () => {
  const stores = [await storeWith(file, file), await storeWith(file, file)];
  const [one, two] = await Promise.all(stores.map((store) => stagedParquet(store, PREFIX, 2)));
  expect(one).toEqual(two);
});

test('of several writers one may have had all rows: its object is taken as it is', async () => {
  const store = await storeWith(file);
  expect(await stagedParquet(store, PREFIX, 5)).toMatchObject({ key: `${PREFIX}/part-00000.parquet`, rows: ROWS });
});

describe('what cannot become one object is refused by name', () => {
  const renamed = withFooter((footer) => {
    const [old, other] = ['\u0018\u0001n', '\u0018\u0001m'].map((text) => Buffer.from(text, 'latin1')) as [
      Buffer,
      Buffer,
    ];
    const changed = Buffer.from(footer);
    for (let at = changed.indexOf(old); at >= 0; at = changed.indexOf(old)) other.copy(changed, at);
    return changed;
  });
  // A number of two bytes where one is enough: right, but not as it would be written again.
  const spelledOut = withFooter((footer) => {
    if (footer[0] !== 0x15 || footer[1]! >= 0x80) throw new Error('the footer does not begin with a short version');
    return Buffer.concat([Buffer.of(0x15, footer[1]! | 0x80, 0), footer.subarray(2)]);
  });
  const cut = file.subarray(0, file.length - 1);
  const tooLong = Buffer.from(file);
  tooLong.writeUInt32LE(file.length, file.length - 8);

  test.each<[string, readonly Uint8Array[], string]>([
    ['more objects than writers', [file, file, file], 'should hold 1 to 2 written objects, but has'],
    ['another schema', [file, renamed], 'part-00001.parquet differ in more than their rows'],
    ['a footer that would not survive', [file, spelledOut], 'the footer of'],
    ['no Parquet', [file, cut], 'part-00001.parquet does not end as a Parquet file does'],
    ['a footer longer than the file', [file, tooLong], 'part-00001.parquet is shorter than its footer says'],
  ])('%s', async (_, files, message) => {
    const store = await storeWith(...files);
    const refusal = { code: 'unexpected', message: expect.stringContaining(message) };
    await expect(stagedParquet(store, PREFIX, 2)).rejects.toMatchObject(refusal);
    expect(await store.head(`${PREFIX}.parquet`)).toBeUndefined();
  });
});

test('whichever call of the store fails, nothing half is left, and the next try is whole', async () => {
  const calm = faultyStore(await storeWith(file, file), 0, 'throws');
  await stagedParquet(calm.store, PREFIX, 2);
  for (let call = 1; call <= calm.calls.length; call++) {
    for (const fault of FAULTS) {
      const inner = await storeWith(file, file);
      await expect(stagedParquet(faultyStore(inner, call, fault).store, PREFIX, 2)).rejects.toThrow('connection broke');
      expect((await stagedParquet(inner, PREFIX, 2)).rows).toBe(2 * ROWS);
      const left = (await inner.list('_staging')).map(({ key }) => key).filter((key) => key.endsWith('.new'));
      expect(left).toEqual([]);
    }
  }
});
