import { expect, test } from '@jest/globals';
import { functions as F, Window } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function framesSuite({ spark }: Live): void {
  const letters = () => spark().sql("SELECT * FROM VALUES ('a', 1), ('a', 3), ('b', 2), ('c', null) AS t(letter, n)");
  const column = async (frame: ReturnType<typeof letters>, name: string) =>
    (await frame.collect()).map((row) => row[name]);

  test('comparisons and logic are those of SQL', async () => {
    const n = F.col('n');
    const [row] = await spark()
      .sql("SELECT 5 AS n, 'abc' AS s, cast(null as int) AS nothing")
      .select(
        n.eq(5).and(n.ne(4)).and(n.ne(6)).and(n.lt(6)).and(n.le(5)).and(n.gt(4)).and(n.ge(5)).as('compared'),
        n.plus(1).minus(2).times(3).mod(5).as('computed'),
        n.dividedBy(2).as('halved'),
        n.negate().as('negated'),
        F.col('nothing')
          .isNull()
          .and(n.isNotNull())
          .and(n.between(1, 5))
          .and(n.isin(1, 5))
          .and(F.lit(false).not())
          .as('tested'),
        F.col('nothing').eqNullSafe(null).as('nullsafe'),
        F.col('s')
          .like('a%')
          .and(F.col('s').ilike('A%'))
          .and(F.col('s').rlike('b'))
          .and(F.col('s').startsWith('a'))
          .and(F.col('s').endsWith('c'))
          .and(F.col('s').contains('b'))
          .as('matched'),
        n.cast('string').as('text'),
        F.col('s').tryCast('int').as('no_number'),
      )
      .collect();
    expect(row).toEqual({
      compared: true,
      computed: 2,
      halved: 2.5,
      negated: -5,
      tested: true,
      nullsafe: true,
      matched: true,
      text: '5',
      no_number: null,
    });
  });

  test('groups have their keys and aggregates, sorted as said', async () => {
    const grouped = letters()
      .groupBy('letter')
      .agg({ rows: F.count(), total: F.sum(F.col('n')) })
      .orderBy(F.col('letter').desc());
    expect(await grouped.collect()).toEqual([
      { letter: 'c', rows: 1n, total: null },
      { letter: 'b', rows: 1n, total: 2n },
      { letter: 'a', rows: 2n, total: 4n },
    ]);
    expect(
      await letters()
        .agg(F.max(F.col('n')).as('top'))
        .collect(),
    ).toEqual([{ top: 3 }]);
    expect(await letters().count()).toBe(4n);
    expect(await letters().groupBy('letter').count().filter(F.col('count').gt(1)).collect()).toEqual([
      { letter: 'a', count: 2n },
    ]);
  });

  test('a window sees its rows', async () => {
    const newest = Window.partitionBy('letter').orderBy(F.col('n').desc());
    const frame = letters().select(
      'letter',
      F.rowNumber().over(newest).as('rank'),
      F.sum(F.col('n')).over(Window.orderBy('n').rowsBetween(Window.unboundedPreceding, 0)).as('running'),
      'n',
    );
    const rows = await frame.orderBy('letter', 'rank').collect();
    expect(rows.map((row) => [row['letter'], row['rank'], row['running']])).toEqual([
      ['a', 1, 6n],
      ['a', 2, 1n],
      ['b', 1, 3n],
      ['c', 1, null],
    ]);
  });

  test('columns are added, renamed and dropped', async () => {
    const frame = letters()
      .withColumns({ twice: F.col('n').times(2), n: 'x' })
      .withColumn('more', 1)
      .withColumnsRenamed({ letter: 'l' })
      .drop('more', 'not there');
    expect(await frame.limit(1).collect()).toEqual([{ l: 'a', n: 'x', twice: 2 }]);
    expect(await letters().toDF('x', 'y').first()).toEqual({ x: 'a', y: 1 });
  });

  test('order decides where nulls go', async () => {
    expect(await column(letters().orderBy(F.col('n').asc()), 'n')).toEqual([null, 1, 2, 3]);
    expect(await column(letters().orderBy(F.col('n').ascNullsLast()), 'n')).toEqual([1, 2, 3, null]);
    expect(await column(letters().orderBy(F.col('n').desc()), 'n')).toEqual([3, 2, 1, null]);
    expect(await column(letters().orderBy(F.col('n').descNullsFirst()).offset(1).limit(2), 'n')).toEqual([3, 2]);
    expect(await column(letters().orderBy('letter').tail(1), 'letter')).toEqual(['c']);
    expect(await column(letters().repartition(1).sortWithinPartitions(F.col('letter').desc()), 'letter')).toEqual([
      'c',
      'b',
      'a',
      'a',
    ]);
  });

  test('frames are joined and put together', async () => {
    const names = spark().sql("SELECT * FROM VALUES ('a', 'Anna'), ('b', 'Bert') AS t(letter, name)");
    expect(await letters().join(names, 'letter').groupBy('name').count().orderBy('name').collect()).toEqual([
      { name: 'Anna', count: 2n },
      { name: 'Bert', count: 1n },
    ]);
    expect(await column(letters().join(names, ['letter'], 'leftAnti'), 'letter')).toEqual(['c']);
    const left = letters()
      .as('l')
      .join(names.as('r'), F.col('l.letter').eq(F.col('r.letter')), 'left')
      .filter(F.col('name').isNull());
    expect(await left.select('l.letter', 'name').collect()).toEqual([{ letter: 'c', name: null }]);
    expect(await letters().unionByName(names, { allowMissingColumns: true }).count()).toBe(6n);
    expect(await letters().union(letters()).distinct().count()).toBe(4n);
    expect(await letters().dropDuplicates('letter').count()).toBe(3n);
    expect(await column(letters().select('letter').except(names.select('letter')), 'letter')).toEqual(['c']);
    expect(await letters().crossJoin(names).count()).toBe(8n);
    expect(await letters().rollup('letter').agg({ rows: F.count() }).count()).toBe(4n);
  });

  test('tables are turned, filled and split', async () => {
    const pivoted = letters()
      .groupBy()
      .pivot('letter', ['a', 'b'])
      .agg(F.sum(F.col('n')));
    expect(await pivoted.unpivot([], ['a', 'b'], 'letter', 'n').collect()).toEqual([
      { letter: 'a', n: 4n },
      { letter: 'b', n: 2n },
    ]);
    expect(await pivoted.columns()).toEqual(['a', 'b']);
    const filled = letters()
      .na.fill(0)
      .na.replace(new Map([[2, 9]]));
    expect(await column(filled, 'n')).toEqual([1, 3, 9, 0]);
    const parts = await Promise.all(
      letters()
        .randomSplit([1, 1], 7)
        .map((part) => part.collect()),
    );
    expect(parts.flat()).toHaveLength(4);
    expect(await letters().na.drop().filter('n > 3').isEmpty()).toBe(true);
  });

  test('SQL takes parameters by name and by order', async () => {
    expect(await spark().sql('SELECT :a AS a, :b AS b', { a: 1, b: 'x' }).collect()).toEqual([{ a: 1, b: 'x' }]);
    expect(
      await spark()
        .sql('SELECT ? AS a, ? AS b', [1n, F.lit([2, 3])])
        .collect(),
    ).toEqual([{ a: 1n, b: [2, 3] }]);
  });

  test('a named view is seen by SQL', async () => {
    await letters().createOrReplaceTempView('letters');
    expect(await spark().sql('SELECT count(*) AS n FROM letters').collect()).toEqual([{ n: 4n }]);
  });

  test('a frame is kept on the server, and let go', async () => {
    const kept = await letters().cache();
    expect(await kept.count()).toBe(4n);
    expect(await kept.explain()).toContain('InMemoryTableScan');
    expect(await (await kept.unpersist()).explain()).not.toContain('InMemoryTableScan');
    expect(await kept.dtypes()).toEqual([
      ['letter', 'STRING'],
      ['n', 'INT'],
    ]);
  });

  test('a frame is explained and shown', async () => {
    expect(await letters().explain('formatted')).toContain('Physical Plan');
    expect(await letters().limit(1).showString()).toContain('|letter|');
  });

  test('a result without rows is empty, and so are its batches', async () => {
    expect(await letters().filter(F.lit(false)).collect()).toEqual([]);
  });

  test('two columns or fields of one name are refused, not lost or renamed', async () => {
    await expect(letters().select('n', 'n').collect()).rejects.toMatchObject({ code: 'usage' });
    const twice = spark().sql('SELECT array(struct(1 AS a, 2 AS a)) AS s');
    await expect(twice.collect()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('"s.element"'),
    });
  });

  test('rows without columns are as many as there are', async () => {
    expect(await letters().select().collect()).toEqual([{}, {}, {}, {}]);
  });

  test('a command runs once, however often its frame is used', async () => {
    await spark().execute('CREATE TABLE once (n INT) USING parquet');
    const inserted = spark().sql('WITH a AS (SELECT 7 AS n) INSERT INTO once SELECT * FROM a');
    await Promise.all([inserted.collect(), inserted.union(inserted).count(), inserted.schema()]);
    expect(await spark().table('once').collect()).toEqual([{ n: 7 }]);
    const dropped = spark().sql('DROP TABLE once');
    expect([await dropped.collect(), await dropped.collect()]).toEqual([[], []]);
  });
}
