/** Cases of the frames of apache/spark-connect-rust, each of which its tests look at together. */
import { functions as F, Observation, type SparkSession } from '../../src/index.ts';
import { lists, type Peer, size } from './peer.ts';

const four = (spark: SparkSession) =>
  spark.sql("SELECT * FROM VALUES (1, 'a'), (2, 'b'), (2, 'b'), (3, 'c') AS t(id, name)");
const two = (spark: SparkSession) => spark.sql("SELECT * FROM VALUES (2, 'b'), (9, 'z') AS t(id, name)");
const values = (spark: SparkSession) => spark.sql('SELECT * FROM VALUES (1, 100), (2, 200) AS t(id, v)');

export const rust: Peer = {
  name: 'apache/spark-connect-rust',
  cases: [
    { about: 'rows of a condition', does: (s) => four(s).where(F.col('id').gt(1)).count(), gives: 3n },
    { about: 'a column by SQL', does: (s) => lists(four(s).selectExpr('id + 1 AS x')), gives: [[2], [3], [3], [4]] },
    {
      about: 'rows once, by all columns and by one',
      does: async (s) => [await size(four(s).dropDuplicates()), await size(four(s).dropDuplicates('id'))],
      gives: [3, 3],
    },
    { about: 'all rows of both', does: (s) => size(four(s).union(two(s))), gives: 6 },
    { about: 'rows that both have', does: (s) => size(four(s).intersectAll(two(s))), gives: 1 },
    { about: 'rows that the other lacks', does: (s) => size(four(s).exceptAll(two(s))), gives: 3 },
    { about: 'all rows by name', does: (s) => size(four(s).unionByName(two(s))), gives: 6 },
    { about: 'a join by a name', does: (s) => size(four(s).join(values(s), ['id'])), gives: 3 },
    { about: 'partitions sorted', does: (s) => size(four(s).sortWithinPartitions('id')), gives: 4 },
    { about: 'partitions by range', does: (s) => size(four(s).repartitionByRange(2, 'id')), gives: 4 },
    { about: 'other names', does: (s) => four(s).toDF('a', 'b').columns(), gives: ['a', 'b'] },
    { about: 'columns turned into rows', does: (s) => size(four(s).unpivot(['id'], ['name'], 'k', 'v')), gives: 4 },
    { about: 'the first rows', does: async (s) => (await four(s).take(2)).length, gives: 2 },
    {
      about: 'rows as JSON',
      does: async (s) => (await four(s).orderBy('id').toJSON().collect())[0],
      gives: { value: '{"id":1,"name":"a"}' },
    },
    {
      about: 'whether there is a row, as a condition',
      does: (s) => s.range(1).filter(four(s).exists()).count(),
      gives: 1n,
    },
    {
      about: 'one value, as a column',
      does: (s) => s.range(1).select(s.sql('SELECT 42 AS v').scalar().as('v')).collect(),
      gives: [{ v: 42 }],
    },
    { about: 'frames that mean the same', does: (s) => four(s).sameSemantics(four(s)), gives: true },
    {
      about: 'a number for what a frame means',
      does: async (s) => Number.isInteger(await four(s).semanticHash()),
      gives: true,
    },
    { about: 'a frame that is no stream', does: (s) => four(s).isStreaming(), gives: false },
    { about: 'whether a frame is local', does: async (s) => typeof (await four(s).isLocal()), gives: 'boolean' },
    { about: 'the files of a frame without any', does: (s) => four(s).inputFiles(), gives: [] },
    {
      about: 'a count on the way',
      does: async (s) => {
        const counted = new Observation('rust');
        await four(s).observe(counted, { rows: F.count() }).collect();
        return counted.values;
      },
      gives: { rows: 4n },
    },
    {
      about: 'rows kept, and where',
      does: async (s) => {
        const kept = await four(s).cache();
        const level = await kept.storageLevel();
        const rows = await kept.count();
        await kept.unpersist();
        return [rows, level.useMemory];
      },
      gives: [4n, true],
    },
    {
      about: 'names of frames, in the session and for all',
      does: async (s) => {
        await four(s).createOrReplaceTempView('rust_view');
        await four(s).createOrReplaceGlobalTempView('rust_global');
        const rows = await s.table('rust_view').count();
        const gone = [await s.catalog.dropTempView('rust_view'), await s.catalog.dropGlobalTempView('rust_global')];
        return [rows, ...gone];
      },
      gives: [4n, true, true],
    },
    { about: 'rows shared by weight', does: async (s) => four(s).randomSplit([0.5, 0.5], 1).length, gives: 2 },
  ],
  lacking: [],
};
