import { expect, test } from '@jest/globals';
import { functions as F, planToJson } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function shapesSuite({ spark, path }: Live): void {
  const pairs = () =>
    spark().createDataFrame<{ url: string; n_a: number; n_b: number }>([
      { url: 'a', n_a: 1, n_b: 10 },
      { url: 'a', n_a: 3, n_b: 30 },
      { url: 'b', n_a: 2, n_b: 20 },
    ]);

  test('columns are chosen by a pattern, described, numbered and computed in bits', async () => {
    expect(await pairs().select(pairs().colRegex('`n_.*`')).columns()).toEqual(['n_a', 'n_b']);
    const described = pairs().withMetadata('url', { comment: 'where' });
    expect(await described.schemaString()).toContain('|-- url: string');
    expect(await described.count()).toBe(3n);
    expect(await spark().range(0, 3, 1, 2).zipWithIndex('row').select('row').collect()).toEqual([
      { row: 0n },
      { row: 1n },
      { row: 2n },
    ]);
    const bits = pairs().limit(1).select(F.col('n_b').bitwiseAnd(6).as('a'), F.col('n_b').bitwiseOr(5).as('o'));
    expect(await bits.collect()).toEqual([{ a: 2, o: 15 }]);
  });

  test('a frame is the argument of a table function', async () => {
    // Of Spark's own functions only this one takes the rows of a table; others are taught to a server.
    const rows = await spark()
      .tvf.call('stack', 1, pairs().filter(F.col('n_a').lt(3)).asTable())
      .collect();
    expect(rows).toEqual([{ col0: { url: 'a', n_a: 1, n_b: 10 } }, { col0: { url: 'b', n_a: 2, n_b: 20 } }]);
  });

  test('rows go to the partition that is said', async () => {
    const spread = spark().range(6).repartitionById(3, F.col('id').mod(3).cast('int'));
    const placed = spread.select('id', F.sparkPartitionId().as('place'));
    expect((await placed.orderBy('id').collect()).map(({ place }) => place)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('grouping sets give the groups of each list of keys', async () => {
    const grouped = pairs()
      .groupingSets([['url'], []], 'url')
      .agg({ rows: F.count() })
      .orderBy(F.col('url').ascNullsLast());
    expect(await grouped.collect()).toEqual([
      { url: 'a', rows: 2n },
      { url: 'b', rows: 1n },
      { url: null, rows: 3n },
    ]);
  });

  test('a row meets the nearest of another frame', async () => {
    const near = spark()
      .range(2)
      .as('l')
      .nearestByJoin(spark().range(5, 9).toDF('other').as('r'), F.abs(F.col('l.id').minus(F.col('r.other'))), {
        results: 1,
      });
    expect(await near.orderBy('id').collect()).toEqual([
      { id: 0n, other: 5n },
      { id: 1n, other: 5n },
    ]);
  });

  test('a frame is a value, a condition and a list of another frame', async () => {
    const most = pairs()
      .agg(F.max(F.col('n_a')))
      .scalar();
    expect(await pairs().filter(F.col('n_a').eq(most)).select('n_b').collect()).toEqual([{ n_b: 30 }]);
    const twice = pairs().as('p').groupBy('url').count().filter('count > 1');
    expect(await pairs().filter(twice.select('url').contains('url')).count()).toBe(2n);
    const larger = pairs()
      .as('o')
      .filter(F.col('o.n_a').gt(F.col('p.n_a').outer()));
    expect(await pairs().as('p').filter(larger.exists().not()).select('n_a').collect()).toEqual([{ n_a: 3 }]);
    const plan = planToJson(pairs().filter(F.col('n_a').eq(most)).toPlan());
    expect(plan).toEqual(planToJson(pairs().filter(F.col('n_a').eq(most)).toPlan()));
  });

  test('a function makes a table of each row', async () => {
    expect(await spark().tvf.explode(F.array(1, 2)).collect()).toEqual([{ col: 1 }, { col: 2 }]);
    const words = spark().createDataFrame([{ text: 'a b' }]);
    const each = words.lateralJoin(spark().tvf.posexplode(F.split(F.col('text').outer(), ' ')));
    expect(await each.select('pos', 'col').collect()).toEqual([
      { pos: 0, col: 'a' },
      { pos: 1, col: 'b' },
    ]);
  });

  test('a frame is asked about its plan', async () => {
    const folder = path('asked');
    await pairs().coalesce(1).write.parquet(folder);
    const read = spark().read.parquet(folder);
    expect(await read.inputFiles()).toEqual([expect.stringContaining('asked/part-')]);
    expect([await read.isStreaming(), await spark().range(1).isLocal()]).toEqual([false, false]);
    expect(await read.filter('n_a > 1').sameSemantics(read.where(F.col('n_a').gt(1)))).toBe(true);
    expect(await read.sameSemantics(read.limit(1))).toBe(false);
    expect(await read.semanticHash()).toBe(await spark().read.parquet(folder).semanticHash());
    expect(await read.storageLevel()).toMatchObject({ useDisk: false, useMemory: false });
    await read.persist('DISK_ONLY');
    expect(await read.storageLevel()).toMatchObject({ useDisk: true, useMemory: false, replication: 1 });
    await read.unpersist();
  });

  test('xml is written and read, and rows are put into buckets', async () => {
    await pairs().write.option('rowTag', 'pair').xml(path('pairs-xml'));
    const read = spark().read.schema('url STRING, n_a INT').xml(path('pairs-xml'), { rowTag: 'pair' });
    expect(await read.orderBy('n_a').first()).toEqual({ url: 'a', n_a: 1 });
    await pairs().write.bucketBy(2, 'url').sortBy('n_a').saveAsTable('bucketed');
    expect(await spark().execute('DESCRIBE EXTENDED bucketed')).toContainEqual(
      expect.objectContaining({ col_name: 'Num Buckets', data_type: '2' }),
    );
    await spark().catalog.dropTable('bucketed');
  });
}
