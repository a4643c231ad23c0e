/** Cases of HyukjinKwon/spark-connect-ruby that need a server: of its sessions, frames and streams. */
import { functions as F, type SparkSession, Window } from '../../src/index.ts';
import { lists, type Peer } from './peer.ts';

const ids = async (frame: ReturnType<SparkSession['range']>): Promise<bigint[]> =>
  (await frame.collect()).map(({ id }) => id);

const ticks = (spark: SparkSession) => spark.readStream.format('rate').option('rowsPerSecond', 10).load();

export const ruby: Peer = {
  name: 'HyukjinKwon/spark-connect-ruby',
  cases: [
    { about: 'the version of the server', does: async (s) => /^\d+\.\d+/.test(s.version), gives: true },
    { about: 'the id of the session', does: async (s) => s.sessionId.length, gives: 36 },
    { about: 'numbers up to an end', does: (s) => ids(s.range(5)), gives: [0n, 1n, 2n, 3n, 4n] },
    { about: 'numbers by a step', does: (s) => ids(s.range(2, 10, 2)), gives: [2n, 4n, 6n, 8n] },
    { about: 'how many numbers', does: (s) => s.range(10).count(), gives: 10n },
    {
      about: 'rows of its own, sorted',
      does: (s) => {
        const people = [
          { name: 'bob', age: 25 },
          { name: 'alice', age: 30 },
        ];
        return s.createDataFrame(people).orderBy('name').collect();
      },
      gives: [
        { name: 'alice', age: 30 },
        { name: 'bob', age: 25 },
      ],
    },
    {
      about: 'rows of its own, chosen',
      does: (s) => lists(s.createDataFrame([1, 2, 3].map((x) => ({ x }))).filter(F.col('x').gt(1))),
      gives: [[2], [3]],
    },
    { about: 'a row by SQL', does: (s) => s.sql("SELECT 1 AS a, 'hi' AS b").collect(), gives: [{ a: 1, b: 'hi' }] },
    {
      about: 'rows by SQL',
      does: (s) => lists(s.sql('SELECT id FROM range(3) ORDER BY id')),
      gives: [[0n], [1n], [2n]],
    },
    {
      about: 'a computed column',
      does: (s) => s.range(3).select(F.col('id').times(10).as('tens')).collect(),
      gives: [{ tens: 0n }, { tens: 10n }, { tens: 20n }],
    },
    {
      about: 'two columns of one',
      does: (s) => s.range(2).select(F.col('id').as('i'), F.col('id').plus(1).as('next')).collect(),
      gives: [
        { i: 0n, next: 1n },
        { i: 1n, next: 2n },
      ],
    },
    {
      about: 'rows of a condition',
      does: (s) => ids(s.range(10).filter(F.col('id').mod(2).eq(0)).orderBy('id')),
      gives: [0n, 2n, 4n, 6n, 8n],
    },
    {
      about: 'a count and a sum of each group',
      does: (s) => {
        const paid = [10, 20, 30].map((salary) => ({ dept: salary < 30 ? 'a' : 'b', salary }));
        const grouped = s.createDataFrame(paid).groupBy('dept');
        return lists(grouped.agg({ n: F.count(), total: F.sum(F.col('salary')) }).orderBy('dept'));
      },
      gives: [
        ['a', 2n, 30n],
        ['b', 1n, 30n],
      ],
    },
    {
      about: 'a join by a name',
      does: (s) => {
        const left = s.createDataFrame(['x', 'y'].map((l, k) => ({ k, l })));
        const right = s.createDataFrame(['p', 'q'].map((r, k) => ({ k, r })));
        return lists(left.join(right, 'k').orderBy('k'));
      },
      gives: [
        [0, 'x', 'p'],
        [1, 'y', 'q'],
      ],
    },
    {
      about: 'rows sorted downwards',
      does: (s) => ids(s.range(4).orderBy(F.col('id').desc())),
      gives: [3n, 2n, 1n, 0n],
    },
    {
      about: 'rows numbered in their group',
      does: (s) => {
        const rows = [5, 3, 9].map((v) => ({ g: v < 9 ? 'a' : 'b', v }));
        const number = F.rowNumber().over(Window.partitionBy('g').orderBy('v'));
        return lists(s.createDataFrame(rows).withColumn('number', number).orderBy('g', 'v'));
      },
      gives: [
        ['a', 3, 1],
        ['a', 5, 2],
        ['b', 9, 1],
      ],
    },
    { about: 'a schema', does: async (s) => (await s.range(3).schema()).toDDL(), gives: 'id BIGINT NOT NULL' },
    { about: 'rows shown', does: async (s) => (await s.range(3).showString(3)).includes('id'), gives: true },
    {
      about: 'a stream that is one',
      does: async (s) => [await ticks(s).isStreaming(), await ticks(s).columns()],
      gives: [true, ['timestamp', 'value']],
    },
    {
      about: 'a stream watched and stopped',
      does: async (s) => {
        const query = await ticks(s).writeStream.format('memory').queryName('ruby_ticks').outputMode('append').start();
        await query.processAllAvailable();
        const active = (await s.streams.active()).map(({ id }) => id);
        const seen = [await query.isActive(), active.includes(query.id), (await s.streams.get(query.id))?.id];
        const progress = await query.recentProgress();
        await query.stop();
        return [...seen.slice(0, 2), seen[2] === query.id, progress.length > 0, await query.isActive()];
      },
      gives: [true, true, true, true, false],
    },
    {
      about: 'a stream of what there is now',
      does: async (s) => {
        const bounded = ticks(s).writeStream.format('noop').trigger({ availableNow: true });
        const query = await bounded.start();
        return [await query.awaitTermination({ timeoutMs: 60_000 }), await query.isActive()];
      },
      gives: [true, false],
    },
  ],
  lacking: [],
};
