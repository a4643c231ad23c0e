/** Cases of the frames of apache/spark-connect-go. */
import { functions as F, type DataFrame, type SparkSession } from '../../src/index.ts';
import { goQuestions } from './go-questions.ts';
import { lists, type Peer, size } from './peer.ts';

const ten = (spark: SparkSession): DataFrame => spark.sql('SELECT * FROM range(10)');
const five = (spark: SparkSession): DataFrame => spark.sql('SELECT * FROM range(5)');
const hundred = (spark: SparkSession): DataFrame => spark.sql('SELECT * FROM range(100)');
const pairs = (spark: SparkSession): DataFrame => spark.sql("SELECT 'a' AS a, 1 AS b FROM range(10)");
const points = (spark: SparkSession): DataFrame =>
  spark.sql('SELECT * FROM VALUES (1, 12), (10, 1), (19, 8) AS t(c1, c2)');
const people = (spark: SparkSession): DataFrame =>
  spark.createDataFrame(
    [5, 5, 10].map((age) => ({ name: 'Alice', age, height: 80 })),
    'name STRING, age INT, height INT',
  );
const isInOrder = (rows: readonly unknown[]): boolean => new Set(rows.map(String)).size === rows.length;

export const go: Peer = {
  name: 'apache/spark-connect-go',
  cases: [
    {
      about: 'literals as columns',
      does: async (s) => (await lists(hundred(s).select(F.lit('1'), F.lit('2')).limit(1)))[0],
      gives: ['1', '2'],
    },
    {
      about: 'a column that is not there',
      does: async (s) =>
        await hundred(s)
          .select('id2')
          .collect()
          .catch(({ code }: { code: string }) => code),
      gives: 'server',
    },
    {
      about: 'columns as SQL text',
      does: async (s) => (await lists(hundred(s).selectExpr('1', '2', 'spark_partition_id()')))[0]?.length,
      gives: 3,
    },
    { about: 'a frame with a name', does: (s) => size(hundred(s).as('df')), gives: 100 },
    { about: 'each row with each', does: async (s) => size(ten(s).crossJoin(ten(s))), gives: 100 },
    {
      about: 'a sum by group',
      does: (s) =>
        lists(
          pairs(s)
            .groupBy('a')
            .agg(F.sum(F.col('b'))),
        ),
      gives: [['a', 10n]],
    },
    { about: 'how many rows a group has', does: (s) => lists(pairs(s).groupBy('a').count()), gives: [['a', 10n]] },
    { about: 'how many rows', does: (s) => pairs(s).count(), gives: 10n },
    {
      about: 'rows with a schema',
      does: (s) =>
        lists(
          s.createDataFrame(
            [
              { 'f1-i32': 1, 'f2-f64': 1.1, 'f3-string': 'a' },
              { 'f1-i32': 2, 'f2-f64': 2.2, 'f3-string': 'b' },
            ],
            '`f1-i32` INT, `f2-f64` DOUBLE, `f3-string` STRING',
          ),
        ),
      gives: [
        [1, 1.1, 'a'],
        [2, 2.2, 'b'],
      ],
    },
    { about: 'a correlation', does: (s) => points(s).stat.corr('c1', 'c2'), gives: -0.359_210_604_053_549_8 },
    { about: 'a covariance', does: (s) => points(s).stat.cov('c1', 'c2'), gives: -18 },
    {
      about: 'one more column',
      does: (s) => lists(s.range(2).withColumn('n', F.lit(1))),
      gives: [
        [0n, 1],
        [1n, 1],
      ],
    },
    { about: 'two more', does: (s) => lists(s.range(1).withColumns({ n: 1, m: 2 })), gives: [[0n, 1, 2]] },
    {
      about: 'another name of a column',
      does: async (s) => [
        await ten(s).withColumnRenamed('id', 'newId').columns(),
        await ten(s).withColumnRenamed('nonExisting', 'newId').columns(),
      ],
      gives: [['newId'], ['id']],
    },
    { about: 'a condition as SQL text', does: (s) => ten(s).where('id = 0').count(), gives: 1n },
    {
      about: 'columns dropped by name and by column',
      does: async (s) => {
        const frame = s.sql('SELECT 1 AS id, 2 AS other');
        return [await frame.drop('id').columns(), await frame.drop(F.col('other')).columns()];
      },
      gives: [['other'], ['id']],
    },
    {
      about: 'rows once, by all columns and by one',
      does: async (s) => [await people(s).dropDuplicates().count(), await people(s).dropDuplicates('name').count()],
      gives: [2n, 1n],
    },
    {
      about: 'how a frame is run',
      does: async (s) =>
        (
          await Promise.all((['simple', 'extended', 'cost', 'formatted'] as const).map((mode) => ten(s).explain(mode)))
        ).every((text) => text.includes('Physical Plan')),
      gives: true,
    },
    {
      about: 'the code that a frame becomes',
      does: async (s) => (await ten(s).explain('codegen')).includes('WholeStageCodegen'),
      gives: true,
    },
    {
      about: 'rows kept at every place',
      does: async (s) => {
        for (const level of ['DISK_ONLY', 'DISK_ONLY_2', 'MEMORY_AND_DISK_2', 'MEMORY_ONLY', 'OFF_HEAP'] as const)
          await (await ten(s).persist(level)).unpersist();
        return await (await (await ten(s).cache()).unpersist()).count();
      },
      gives: 10n,
    },
    {
      about: 'frames as sets',
      does: async (s) => [
        await size(ten(s).union(five(s))),
        await size(ten(s).intersect(five(s))),
        await size(ten(s).exceptAll(five(s))),
      ],
      gives: [15, 5, 5],
    },
    { about: 'a result as Arrow', does: async (s) => (await ten(s).toArrow()).length > 0, gives: true },
    {
      about: 'the first and the last rows',
      does: async (s) => {
        const frame = ten(s).limit(5);
        return [
          await size(frame),
          await size(frame.tail(3)),
          (await frame.head(3)).length,
          (await frame.take(3)).length,
        ];
      },
      gives: [5, 3, 3, 3],
    },
    {
      about: 'rows sorted either way',
      does: async (s) => [await ten(s).sort(F.col('id').desc()).first(), await ten(s).sort(F.col('id').asc()).first()],
      gives: [{ id: 9n }, { id: 0n }],
    },
    {
      about: 'a join by a condition',
      does: (s) =>
        ten(s)
          .as('a')
          .join(five(s).as('b'), F.col('a.id').eq(F.col('b.id')))
          .count(),
      gives: 5n,
    },
    {
      about: 'rows shared by weight',
      does: async (s) => {
        const [less, more] = s.range(1_000).randomSplit([0.3, 0.7], 1) as [DataFrame, DataFrame];
        const [a, b] = [await less.count(), await more.count()];
        return [a < b, a + b];
      },
      gives: [true, 1_000n],
    },
    { about: 'a column described', does: (s) => size(ten(s).describe('id')), gives: 5 },
    {
      about: 'chosen statistics',
      does: async (s) =>
        (await lists(s.sql("SELECT id, 'a' AS col, 2 AS other FROM range(10)").summary('count', 'stddev'))).map(
          (row) => [row[0], row.length],
        ),
      gives: [
        ['count', 4],
        ['stddev', 4],
      ],
    },
    {
      about: 'values that become columns',
      does: (s) =>
        lists(
          s
            .sql(
              "SELECT * FROM VALUES ('dotNET', 2012, 15000), ('Java', 2012, 20000), ('Java', 2013, 30000) AS t(c, year, n)",
            )
            .groupBy('year')
            .pivot('c', ['Java', 'dotNET'])
            .sum('n')
            .orderBy('year'),
        ),
      gives: [
        [2_012, 20_000n, 15_000n],
        [2_013, 30_000n, null],
      ],
    },
    { about: 'rows skipped', does: (s) => size(ten(s).offset(5)), gives: 5 },
    {
      about: 'whether there are rows',
      does: async (s) => [await ten(s).isEmpty(), await s.range(0).isEmpty()],
      gives: [false, true],
    },
    { about: 'the first row', does: (s) => ten(s).first(), gives: { id: 0n } },
    { about: 'each row once', does: (s) => size(ten(s).distinct()), gives: 10 },
    {
      about: 'pairs of values counted',
      does: async (s) => {
        const frame = s.sql('SELECT * FROM VALUES (1, 11), (1, 11), (3, 10), (4, 8), (4, 8) AS t(c1, c2)');
        return (await lists(frame.stat.crosstab('c1', 'c2').filter("c1_c2 = '1'")))[0];
      },
      gives: ['1', 0n, 2n, 0n],
    },
    {
      about: 'frequent values',
      does: (s) => size(s.sql('SELECT id % 4 AS id FROM range(100)').stat.freqItems(['id'])),
      gives: 1,
    },
    {
      about: 'a sample, the same for the same seed',
      does: async (s) => {
        const [once, again] = [await hundred(s).sample(0.1, 17).collect(), await hundred(s).sample(0.1, 17).collect()];
        return [
          once.length > 0,
          JSON.stringify(once.map(({ id }) => String(id))) === JSON.stringify(again.map(({ id }) => String(id))),
        ];
      },
      gives: [true, true],
    },
    {
      about: 'a sample without any row twice',
      does: async (s) => isInOrder((await hundred(s).sample(0.9, 3).collect()).map(({ id }) => id)),
      gives: true,
    },
    {
      about: 'a sample with replacement',
      does: async (s) => (await hundred(s).sample(2, 17, { withReplacement: true }).count()) > 100n,
      gives: true,
    },
    ...goQuestions,
  ],
  lacking: ['a frame from Arrow'],
};
