/** Cases of apache/spark-connect-go that ask the server about a frame or a column. */
import { functions as F, type SparkSession } from '../../src/index.ts';
import type { PeerCase } from './peer.ts';

const letters = (spark: SparkSession) => spark.sql("SELECT * FROM VALUES ('a', 1), ('b', 2) AS t(Col1, Col2)");

export const goQuestions: readonly PeerCase[] = [
  {
    about: 'columns by a pattern',
    does: (s) => letters(s).select(letters(s).colRegex('`(Col1)?+.+`')).columns(),
    gives: ['Col2'],
  },
  {
    about: 'metadata of a column',
    does: (s) => letters(s).withMetadata('Col1', { comment: 'a letter' }).count(),
    gives: 2n,
  },
  {
    about: 'a watermark',
    does: async (s) => {
      const timed = s.sql("SELECT timestamp'2019-11-29 01:02:03' AS at, 1 AS n").withWatermark('at', '1 minute');
      return [(await timed.collect()).length, await timed.isStreaming()];
    },
    gives: [1, false],
  },
  {
    about: 'where the rows of a frame are kept',
    does: async (s) => {
      const kept = await letters(s).persist('DISK_ONLY_2');
      const level = await kept.storageLevel();
      await kept.unpersist();
      return [level.useDisk, level.replication, (await kept.storageLevel()).useDisk];
    },
    gives: [true, 2, false],
  },
  {
    about: 'whether two frames mean the same',
    does: async (s) => [
      await s.range(5).sameSemantics(s.range(5)),
      await s.range(5).sameSemantics(s.range(6)),
      await s
        .range(5)
        .select(F.col('id').as('a'))
        .sameSemantics(s.range(5).select(F.col('id').as('b'))),
    ],
    gives: [true, false, true],
  },
  {
    about: 'a number for what a frame means',
    does: async (s) => (await s.range(5).semanticHash()) === (await s.range(5).semanticHash()),
    gives: true,
  },
];
