import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { functions as F, Observation } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function filesSuite({ spark, path }: Live): void {
  test('text is read line by line, from a list of files', async () => {
    mkdirSync(path('text'), { recursive: true });
    writeFileSync(path('text/a.jsonl'), 'one\r\ntwo\n\n');
    writeFileSync(path('text/b.jsonl'), 'three');
    const lines = spark().read.text([path('text/a.jsonl'), path('text/b.jsonl')], { lineSep: '\n' });
    const rows = await lines
      .select('value', F.col('_metadata.file_name').as('file'))
      .orderBy('file', 'value')
      .collect();
    expect(rows).toEqual([
      { value: '', file: 'a.jsonl' },
      { value: 'one\r', file: 'a.jsonl' },
      { value: 'two', file: 'a.jsonl' },
      { value: 'three', file: 'b.jsonl' },
    ]);
  });

  test('texts of a frame are parsed as files are, with a schema in DDL or that of a frame', async () => {
    const texts = spark().createDataFrame([{ text: '{"n":1,"v":[true]}' }, { text: '{"n":2}' }]);
    expect(await spark().read.schema('n BIGINT NOT NULL, v ARRAY<BOOLEAN>').json(texts).orderBy('n').collect()).toEqual(
      [
        { n: 1n, v: [true] },
        { n: 2n, v: null },
      ],
    );
    // A type that has no rows here.
    const variants = await spark().sql("SELECT parse_json('1') AS v").schema();
    const parsed = spark()
      .read.schema(variants)
      .json(texts)
      .select(F.toJson(F.col('v')).as('v'));
    expect(await parsed.orderBy('v').collect()).toEqual([{ v: null }, { v: '[true]' }]);
    const lines = spark().sql("SELECT 'a;b' AS line UNION ALL SELECT '1;2'").coalesce(1);
    expect(await spark().read.csv(lines, { sep: ';', header: true }).collect()).toEqual([{ a: '1', b: '2' }]);
    await expect(spark().read.csv(spark().range(1)).collect()).rejects.toMatchObject({
      errorClass: 'DATAFRAME_INPUT_NOT_STRING_TYPE',
    });
  });

  test('a metadata column is that of the source, also where a column of the data has its name', async () => {
    const folder = path('hidden');
    await spark().sql('SELECT 7 AS _metadata, 1 AS n').coalesce(1).write.json(folder);
    const frame = spark().read.schema('_metadata INT, n INT').json(folder);
    const [row] = await frame
      .select('_metadata', frame.metadataColumn('_metadata').getField('file_name').as('file'))
      .collect();
    expect(row).toEqual({ _metadata: 7, file: expect.stringMatching(/^part-.*json$/) });
  });

  test('parquet comes back as it was written, with its partitions', async () => {
    const folder = path('parquet');
    const frame = spark()
      .range(0, 10)
      .withColumns({ part: F.col('id').mod(2), text: F.col('id').cast('string') });
    await frame.write
      .format('parquet')
      .mode('overwrite')
      .option('compression', 'zstd')
      .partitionBy('part')
      .save(folder);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['part=0', 'part=1', '_SUCCESS']));
    const read = spark().read.schema('id BIGINT, text STRING, part BIGINT').parquet(folder);
    expect(await read.filter(F.col('part').eq(1)).orderBy('id').limit(2).collect()).toEqual([
      { id: 1n, text: '1', part: 1n },
      { id: 3n, text: '3', part: 1n },
    ]);
  });

  test('json is written without nulls and read with a schema', async () => {
    const folder = path('json');
    await spark().sql("SELECT * FROM VALUES (1, 'a'), (2, null) AS t(n, s)").coalesce(1).write.json(folder);
    expect(
      await spark()
        .read.schema('s STRING, n INT, more STRING')
        .format('json')
        .options({ mode: 'FAILFAST' })
        .load(folder)
        .orderBy('n')
        .collect(),
    ).toEqual([
      { s: 'a', n: 1, more: null },
      { s: null, n: 2, more: null },
    ]);
    expect((await spark().read.text(folder).orderBy('value').collect()).map((row) => row['value'])).toEqual([
      '{"n":1,"s":"a"}',
      '{"n":2}',
    ]);
  });

  test('csv has a header where it is asked for', async () => {
    await spark().range(0, 2).coalesce(1).write.option('header', true).csv(path('csv'));
    expect(await spark().read.schema('id INT').csv(path('csv'), { header: true }).orderBy('id').collect()).toEqual([
      { id: 0 },
      { id: 1 },
    ]);
  });

  test('modes decide about what is there already', async () => {
    const target = path('modes');
    const write = (mode: 'append' | 'overwrite' | 'errorifexists' | 'ignore') =>
      spark().range(0, 2).write.format('parquet').mode(mode).save(target);
    const rows = () => spark().read.schema('id BIGINT').parquet(target).count();
    await write('errorifexists');
    await expect(write('errorifexists')).rejects.toMatchObject({ code: 'server', errorClass: 'PATH_ALREADY_EXISTS' });
    await write('ignore');
    expect(await rows()).toBe(2n);
    await write('append');
    expect(await rows()).toBe(4n);
    await write('overwrite');
    expect(await rows()).toBe(2n);
  });

  test('what is observed while writing is known afterwards', async () => {
    const read = new Observation('read');
    const kept = new Observation('kept');
    const frame = spark()
      .range(0, 100)
      .observe(read, { rows: F.count(F.lit(1)) })
      .filter(F.col('id').lt(10))
      .observe(kept, { rows: F.count(), last: F.max(F.col('id')) });
    expect(read.values).toBeUndefined();
    await frame.write.format('parquet').save(path('observed'));
    expect([read.values, kept.values]).toEqual([{ rows: 100n }, { rows: 10n, last: 9n }]);
    expect(
      await spark()
        .read.schema('id BIGINT')
        .parquet(join(path('observed')))
        .count(),
    ).toBe(10n);
  });

  test('what is observed over no rows is zero, not unknown', async () => {
    const none = new Observation('none');
    await spark()
      .range(0, 5)
      .filter(F.col('id').lt(0))
      .observe(none, { rows: F.count(), last: F.max(F.col('id')) })
      .write.format('noop')
      .mode('overwrite')
      .save();
    expect(none.values).toEqual({ rows: 0n, last: null });
  });

  test('what is observed through a view stays unknown', async () => {
    const hidden = new Observation('hidden');
    const frame = spark().range(0, 5).observe(hidden, { rows: F.count() });
    await frame.createOrReplaceTempView('observed_view');
    expect(hidden.values).toBeUndefined();
  });

  test('tables are made, filled once and read', async () => {
    await spark().execute('CREATE TABLE filled (id BIGINT) USING parquet');
    await spark().range(0, 3).write.insertInto('filled');
    expect(await spark().table('filled').count()).toBe(3n);
    expect(await spark().execute('SHOW TABLES')).toContainEqual({
      namespace: 'default',
      tableName: 'filled',
      isTemporary: false,
    });
    await spark().execute('DROP TABLE filled');
  });
}
