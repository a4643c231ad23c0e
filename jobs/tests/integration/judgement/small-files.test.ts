/** A day of many small files, which the job puts together, is the day that Spark reads file by file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SparkSession } from 'spark-connect';
import { dirtyDay } from '../../events/dirty-day.ts';
import { contentOf, testLake, testSession, type TestLake } from '../../lakes/in-process.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { queryJson, withDuckDb } from '../../oracles/duckdb-session.ts';

const OBJECT = 'recipes/year=2019/month=11/day=29/recipes.parquet';
const QUARANTINE = 'quarantine/recipe_changes/year=2019/month=11/day=29/*.json';
/** Two less than are put together. */
const FEW = 248;
const PACKED = ['packed.json.gz', 'packed.ndjson.zst'];
const names = Array.from({ length: FEW }, (_, index) => `ü ${index}+%20.${index % 2 === 0 ? 'json' : 'ndjson'}`);
const LINES = 1_400;
const { files } = dirtyDay({ seed: 11, lines: LINES, brokenShare: 0.2, files: [...names, ...PACKED] });
/** Of no lines, so that they change nothing but how the others are read. */
const EMPTY = ['y.json', 'z.json'].map((name) => ({ name, bytes: Buffer.alloc(0) }));
/** Too large to be put together with the others. */
const LARGE_LINES = 1_001;
const LARGE = {
  name: 'large.json',
  bytes: Buffer.from(`${'{"url":"u","ingredients":"salt","name":"n"}\n'.repeat(LARGE_LINES - 1)}{`),
};

let spark: SparkSession;
let [fileByFile, together]: TestLake[] = [];
beforeAll(async () => {
  spark = await testSession();
  [fileByFile, together] = await Promise.all([testLake(spark), testLake(spark)]);
  await fileByFile.land([...files, LARGE]);
  await together.land([...files, LARGE, ...EMPTY]);
});
afterAll(async () => {
  await fileByFile?.[Symbol.asyncDispose]();
  await together?.[Symbol.asyncDispose]();
  await spark?.release();
});

test('bytes of the table, quarantine with file and line, and all counts are the same', async () => {
  const [one, other] = await Promise.all([fileByFile!, together!].map((lake) => lake.dataload(DATE)));
  expect(one).toMatchObject({ outcome: 'published', counts: { read: LINES + LARGE_LINES } });
  expect(other).toMatchObject({ outcome: 'published', counts: one!['counts'] });
  const [table, ofOther] = await Promise.all([fileByFile!, together!].map(({ lake }) => readFile(join(lake, OBJECT))));
  expect(Buffer.compare(ofOther!, table!)).toBe(0);
  const [lines, ofOthers] = [fileByFile!, together!].map(
    ({ lake }) => `SELECT * FROM read_json('${lake}/${QUARANTINE}')`,
  );
  const differ = await withDuckDb((connection) =>
    queryJson(connection, `(${lines} EXCEPT ALL ${ofOthers}) UNION ALL (${ofOthers} EXCEPT ALL ${lines})`),
  );
  expect(differ).toEqual([]);
});

test('run again, the day is unchanged and nothing stays in staging', async () => {
  expect((await together!.dataload(DATE)).outcome).toBe('unchanged');
  expect(Object.keys(await contentOf(join(together!.lake, '_staging')))).toEqual([]);
});
