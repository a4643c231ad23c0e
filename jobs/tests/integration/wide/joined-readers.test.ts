/** Every reader finds every row of an object that was joined from several, also where it skips pages by their index. */
import { readFile } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parquetMetadata, parquetQuery, readColumnIndex, readOffsetIndex } from 'hyparquet';
import { openStore, type Staged, stagedParquet } from 'lake';
import { functions as F, type SparkSession } from 'spark-connect';
import { pythonWith, run } from 'spark-connect/testing/python';
import { TABLE_READERS } from '../../servers/python-readers.ts';
import { testLake, testSession, type TestLake } from '../../lakes/in-process.ts';
import { queryJson, withDuckDb } from '../../oracles/duckdb-session.ts';

const ROWS = 6_000;
const WRITERS = 3;
/** Some twenty pages a column and writer. */
const PAGE_ROWS = 100;
const urlOf = (id: number): string => `https://recipes.example/${String(id).padStart(6, '0')}/`;
/** First and last rows, and rows all over the pages of all writers. */
const WANTED = [0, 101, 2_999, 4_321, ROWS - 1];
const OWED = WANTED.map((id) => [urlOf(id), id, ['salt', `n${id}`]]);

let spark: SparkSession;
let lake: TestLake;
let file: string;
let staged: Staged;
beforeAll(async () => {
  spark = await testSession();
  lake = await testLake(spark);
  const store = openStore(lake.lake, lake.config.lake);
  const id = F.col('id');
  const url = F.concat(F.lit('https://recipes.example/'), F.lpad(id.cast('string'), 6, '0'), F.lit('/'));
  const rows = spark
    .range(ROWS)
    .select(url.as('url'), id, F.array(F.lit('salt'), F.concat(F.lit('n'), id.cast('string'))).as('ingredients'));
  await rows
    .repartition(WRITERS, F.col('url'))
    .sortWithinPartitions(F.col('url'))
    .write.format('parquet')
    .options({ compression: 'zstd', 'parquet.page.row.count.limit': PAGE_ROWS })
    .save(store.url('day'));
  staged = await stagedParquet(store, 'day', WRITERS);
  file = store.url(staged.key);
});
afterAll(async () => {
  await lake?.[Symbol.asyncDispose]();
  await spark?.release();
});

test('each column of each writer keeps its statistics and an index of its pages, which says where they lie', async () => {
  expect(staged).toMatchObject({ key: 'day.parquet', rows: ROWS });
  const buffer = (await readFile(file)).slice().buffer;
  const { row_groups: groups, schema } = parquetMetadata(buffer);
  expect(groups.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
  for (const { columns } of groups) {
    for (const { meta_data: metadata, ...chunk } of columns) {
      expect(metadata?.statistics?.min_value).toBeDefined();
      const at = Number(chunk.offset_index_offset);
      const view = new DataView(buffer, at, chunk.offset_index_length);
      const { page_locations: pages } = readOffsetIndex({ view, offset: 0 });
      expect(pages.length).toBeGreaterThan(10);
      const first = Number(metadata?.data_page_offset);
      expect(Number(pages[0]?.offset)).toBe(first);
      // One page after the other, without a gap, to the end of the column.
      let next = first;
      for (const { offset, compressed_page_size: bytes } of pages) {
        expect(Number(offset)).toBe(next);
        next += bytes;
      }
      const begin = Number(metadata?.dictionary_page_offset ?? metadata?.data_page_offset);
      expect(next - begin).toBe(Number(metadata?.total_compressed_size));
      const element = schema.find(({ name }) => name === metadata?.path_in_schema.at(-1))!;
      const columnView = new DataView(buffer, Number(chunk.column_index_offset), chunk.column_index_length);
      const { min_values: minima } = readColumnIndex({ view: columnView, offset: 0 }, element);
      expect(minima.length).toBe(pages.length);
    }
  }
});

test('Spark finds a row by its url, in whichever page it lies', async () => {
  const table = spark.read.parquet(file);
  const found: unknown[] = [];
  for (const id of WANTED) {
    const rows = await table
      .filter(F.col('url').eq(urlOf(id)))
      .collect<{ url: string; id: bigint; ingredients: string[] }>();
    found.push(...rows.map((row) => [row.url, Number(row.id), row.ingredients]));
  }
  expect(found).toEqual(OWED);
  const [between] = await table.filter(F.col('id').between(1_000, 1_999)).agg({ rows: F.count() }).collect();
  expect(between).toEqual({ rows: 1_000n });
});

test('DuckDB finds it', async () => {
  const found = await withDuckDb(async (connection) => {
    const rows: { url: string; id: number; ingredients: string[] }[] = [];
    for (const id of WANTED) {
      rows.push(
        ...(await queryJson<(typeof rows)[0]>(connection, `SELECT * FROM '${file}' WHERE url = '${urlOf(id)}'`)),
      );
    }
    return rows;
  });
  expect(found.map(({ url, id, ingredients }) => [url, id, ingredients])).toEqual(OWED);
});

test.each([
  ['pyarrow', 'pq.read_table(path, filters=[("url", "==", url)]).to_pylist()'],
  ['polars', 'pl.scan_parquet(path).filter(pl.col("url") == url).collect().to_dicts()'],
])('%s finds it', (_name, look) => {
  const script = [
    'import json, sys, pyarrow.parquet as pq, polars as pl',
    'path, *urls = sys.argv[1:]',
    `rows = [row for url in urls for row in ${look}]`,
    'print(json.dumps([[row["url"], row["id"], row["ingredients"]] for row in rows]))',
  ].join('\n');
  const said = run(pythonWith(...TABLE_READERS), ['-c', script, file, ...WANTED.map(urlOf)]);
  expect(JSON.parse(said)).toEqual(OWED);
});

test('hyparquet finds it', async () => {
  const buffer = (await readFile(file)).slice().buffer;
  const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) };
  const found = [];
  for (const id of WANTED) {
    const filter = { url: { $eq: urlOf(id) } };
    found.push(...(await parquetQuery({ file: buffer, filter, compressors })));
  }
  expect(found.map(({ url, id, ingredients }) => [url, Number(id), ingredients])).toEqual(OWED);
});
