/** Cases of yaooqinn/spark-connect-js that need a server: of frames as sets, and of statistics. */
import { functions as F, type SparkSession } from '../../src/index.ts';
import { lists, type Peer, size } from './peer.ts';

const numbers = (spark: SparkSession, ...values: readonly number[]) =>
  spark.createDataFrame(values.map((id) => ({ id })));
const sorted = async (frame: ReturnType<typeof numbers>): Promise<unknown[]> =>
  (await lists(frame.orderBy('id'))).flat();
const pairs = (spark: SparkSession) => spark.sql('SELECT * FROM VALUES (1.0, 2.0), (2.0, 3.0), (3.0, 4.0) AS t(a, b)');
const letters = (spark: SparkSession) =>
  spark.sql("SELECT * FROM VALUES ('a', 'x'), ('a', 'y'), ('b', 'x') AS t(c, d)");

export const javascript: Peer = {
  name: 'yaooqinn/spark-connect-js',
  cases: [
    {
      about: 'rows of either, each once',
      does: (s) =>
        sorted(
          numbers(s, 1, 2, 3)
            .union(numbers(s, 2, 3, 4))
            .distinct(),
        ),
      gives: [1, 2, 3, 4],
    },
    {
      about: 'all rows of both',
      does: (s) => sorted(numbers(s, 1, 2, 3).union(numbers(s, 2, 3, 4))),
      gives: [1, 2, 2, 3, 3, 4],
    },
    {
      about: 'rows by the names of their columns',
      does: (s) => lists(s.sql('SELECT 1 AS a, 2 AS b').unionByName(s.sql('SELECT 3 AS b, 4 AS a'))),
      gives: [
        [1, 2],
        [4, 3],
      ],
    },
    {
      about: 'rows by names, some of which one side lacks',
      does: (s) =>
        s
          .sql('SELECT 1 AS a, 2 AS b')
          .unionByName(s.sql('SELECT 3 AS a, 4 AS c'), { allowMissingColumns: true })
          .columns(),
      gives: ['a', 'b', 'c'],
    },
    {
      about: 'rows that both have',
      does: (s) => sorted(numbers(s, 1, 2, 3, 3).intersect(numbers(s, 3, 3, 4))),
      gives: [3],
    },
    {
      about: 'rows that both have, as often as both',
      does: (s) => sorted(numbers(s, 1, 2, 2, 3, 3, 3).intersectAll(numbers(s, 2, 2, 2, 3, 3))),
      gives: [2, 2, 3, 3],
    },
    {
      about: 'rows that the other lacks',
      does: (s) => sorted(numbers(s, 1, 1, 2, 3).except(numbers(s, 3, 4))),
      gives: [1, 2],
    },
    {
      about: 'rows less those of the other',
      does: (s) => sorted(numbers(s, 1, 1, 2, 2, 2, 3).exceptAll(numbers(s, 1, 2, 2))),
      gives: [1, 2, 3],
    },
    {
      about: 'sets of rows of two columns',
      does: async (s) => {
        const [left, right] = [letters(s), s.sql("SELECT * FROM VALUES ('a', 'y'), ('z', 'z') AS t(c, d)")];
        return [await size(left.union(right)), await size(left.intersect(right)), await size(left.except(right))];
      },
      gives: [5, 1, 2],
    },
    { about: 'a covariance', does: (s) => pairs(s).stat.cov('a', 'b'), gives: 1 },
    { about: 'a correlation', does: (s) => pairs(s).stat.corr('a', 'b'), gives: 1 },
    {
      about: 'pairs of values counted',
      does: (s) => lists(letters(s).stat.crosstab('c', 'd').orderBy('c_d')),
      gives: [
        ['a', 1n, 1n],
        ['b', 1n, 0n],
      ],
    },
    {
      about: 'frequent values, by default and by a share',
      does: async (s) => [
        await size(letters(s).stat.freqItems(['c', 'd'])),
        await size(letters(s).stat.freqItems(['c', 'd'], 0.4)),
      ],
      gives: [1, 1],
    },
    {
      about: 'a sample of each value',
      does: async (s) => {
        const shares = new Map([
          ['a', 1],
          ['b', 0],
        ]);
        return await sampled(s, shares);
      },
      gives: ['a', 'a'],
    },
    {
      about: 'quantiles of two columns',
      does: (s) => pairs(s).stat.approxQuantile(['a', 'b'], [0, 0.5, 1], 0),
      gives: [
        [1, 2, 3],
        [2, 3, 4],
      ],
    },
  ],
  lacking: [],
};

async function sampled(spark: SparkSession, shares: ReadonlyMap<string, number>): Promise<unknown[]> {
  return (await letters(spark).stat.sampleBy(F.col('c'), shares, 42).select('c').collect()).map(({ c }) => c);
}
