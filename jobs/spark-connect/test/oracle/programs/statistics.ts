/** Statistics of columns, rows kept by the server, and merges; the twin of statistics.py. */
import { type DataFrame, functions as F, type MergeIntoWriter, type SparkSession } from '../../../src/index.ts';
import type { Program, Programs } from '../program.ts';

const events = (spark: SparkSession): DataFrame => spark.read.table('events');
const merged =
  (clauses: (merge: MergeIntoWriter) => MergeIntoWriter): Program =>
  (spark) =>
    clauses(
      events(spark)
        .as('s')
        .mergeInto('lake.t', F.col('t.id').eq(F.col('s.id'))),
    ).merge();

export const statisticPrograms: Programs = {
  'stat-crosstab': (s) => events(s).stat.crosstab('a', 'b'),
  'stat-freq-items': (s) => events(s).stat.freqItems(['a', 'b']),
  'stat-freq-items-support': (s) => events(s).stat.freqItems(['a'], 0.5),
  'stat-sample-by': (s) =>
    events(s).stat.sampleBy(
      'a',
      new Map([
        [1, 0.5],
        [2, 1],
      ]),
      42,
    ),
  'stat-sample-by-column': (s) => events(s).stat.sampleBy(F.upper(F.col('a')), new Map([['X', 0.5]]), 42),
  'stat-corr': (s) => events(s).stat.corr('a', 'b'),
  'stat-cov': (s) => events(s).stat.cov('a', 'b'),
  'stat-approx-quantile': (s) => events(s).stat.approxQuantile(['a', 'b'], [0.5, 0.9], 0.1),
  'frame-to': (s) => events(s).to('n BIGINT, s STRING'),
  'frame-to-json': (s) => events(s).toJSON(),
  'join-lateral': (s) => events(s).lateralJoin(s.read.table('other')),
  'join-lateral-left': (s) => events(s).lateralJoin(s.read.table('other'), F.col('a').gt(1), 'left'),
  checkpoint: (s) => events(s).checkpoint(),
  'checkpoint-lazy': (s) => events(s).checkpoint({ isEager: false }),
  'checkpoint-local': (s) => events(s).localCheckpoint(),
  'merge-all': merged((m) => m.whenMatched().updateAll().whenNotMatched().insertAll()),
  'merge-some': merged((m) =>
    m
      .whenMatched(F.col('s.n').gt(1))
      .update({ n: F.col('s.n') })
      .whenMatched()
      .delete()
      .whenNotMatched(F.col('s.n').gt(2))
      .insert({ id: F.col('s.id'), n: 0 }),
  ),
  'merge-by-source': merged((m) =>
    m
      .whenNotMatchedBySource(F.col('t.n').lt(0))
      .delete()
      .whenNotMatchedBySource()
      .update({ n: 0 })
      .withSchemaEvolution(),
  ),
};
