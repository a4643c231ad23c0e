/** Relations and commands; the twin of frames.py. */
import { type DataFrame, functions as F, Observation, type SparkSession } from '../../../src/index.ts';
import type { Programs } from '../program.ts';

const events = (spark: SparkSession): DataFrame => spark.read.table('events');
const tags = (spark: SparkSession): DataFrame => spark.read.table('tags');
const { col } = F;

const frames: Programs = {
  'frame-select-names': (s) => events(s).select('url', 'at'),
  'frame-select-columns': (s) => events(s).select(col('url'), col('at').cast('date').as('day')),
  'frame-select-star': (s) => events(s).select('*'),
  'frame-select-star-of-alias': (s) => events(s).as('e').select('e.*'),
  'frame-select-nothing': (s) => events(s).select(),
  'frame-with-column': (s) => events(s).withColumn('one', 1),
  'frame-with-columns': (s) => events(s).withColumns({ one: 1, text: 'x', none: null }),
  'frame-renamed': (s) => events(s).withColumnsRenamed({ url: 'address', at: 'time' }),
  'frame-to-df': (s) => events(s).toDF('a', 'b'),
  'frame-filter': (s) => events(s).filter(col('url').eq('a')),
  'frame-where': (s) => events(s).where(col('n').gt(1)),
  'frame-filter-sql': (s) => events(s).filter(F.expr('n > 1 and url is not null')),
  'frame-filter-text': (s) => events(s).filter('n > 1 and url is not null').where('n < 9'),
  'frame-drop-names': (s) => events(s).drop('url', 'at'),
  'frame-drop-columns': (s) => events(s).drop(col('url'), col('at')),
  'frame-drop-both': (s) => events(s).drop('url', col('at')),
  'frame-repartition': (s) => events(s).repartition(3),
  'frame-repartition-by-name': (s) => events(s).repartition(3, 'url'),
  'frame-repartition-by-column': (s) => events(s).repartition(3, col('url'), F.upper(col('kind'))),
  'frame-coalesce': (s) => events(s).coalesce(1),
  'frame-sort-within': (s) => events(s).sortWithinPartitions('url', col('at').desc()),
  'frame-order-by-names': (s) => events(s).orderBy('url', 'at'),
  'frame-order-by-all-orders': (s) =>
    events(s).orderBy(col('a').asc(), col('b').ascNullsLast(), col('c').desc(), col('d').descNullsFirst()),
  'frame-order-by-expression': (s) => events(s).orderBy(F.length(col('url')), col('n').plus(1)),
  'frame-limit': (s) => events(s).limit(10),
  'frame-offset': (s) => events(s).offset(2),
  'frame-tail': (s) => events(s).tail(5),
  'frame-sample-replacing': (s) => events(s).sample(1.5, 7n, { withReplacement: true }),
  'frame-sample': (s) => events(s).sample(0.25, 42n),
  'frame-distinct': (s) => events(s).distinct(),
  'frame-drop-duplicates': (s) => events(s).dropDuplicates(),
  'frame-drop-duplicates-by': (s) => events(s).dropDuplicates('url', 'at'),
  'frame-as': (s) => events(s).as('e').select('e.url'),
  'frame-hint': (s) => events(s).hint('broadcast'),
  'frame-hint-parameters': (s) => events(s).hint('repartition', 3, col('url')),
  'frame-observe': (s) => events(s).observe(new Observation('read'), { rows: F.count(1) }),
  'frame-observe-twice': (s) =>
    events(s)
      .observe(new Observation('read'), { rows: F.count() })
      .filter(col('url').isNotNull())
      .observe(new Observation('kept'), { rows: F.count(), last: F.max(col('at')) }),
  'frame-long-chain': (s) =>
    events(s)
      .filter(col('url').isNotNull())
      .withColumn('n', F.size(col('tags')))
      .select('url', 'n')
      .distinct()
      .orderBy(col('n').desc(), 'url')
      .limit(100),
  'set-union': (s) => events(s).union(tags(s)),
  'set-union-with-itself': (s) => {
    const frame = events(s);
    return frame.union(frame);
  },
  'set-union-by-name': (s) => events(s).unionByName(tags(s)),
  'set-union-by-name-missing': (s) => events(s).unionByName(tags(s), { allowMissingColumns: true }),
  'set-intersect': (s) => events(s).intersect(tags(s)),
  'set-except': (s) => events(s).except(tags(s)),
  'join-using-one': (s) => events(s).join(tags(s), 'url'),
  'join-using-two': (s) => events(s).join(tags(s), ['url', 'day'], 'left'),
  'join-on': (s) =>
    events(s)
      .as('a')
      .join(tags(s).as('b'), col('a.url').eq(col('b.url'))),
  'join-left': (s) => events(s).join(tags(s), 'url', 'left'),
  'join-right': (s) => events(s).join(tags(s), 'url', 'right'),
  'join-full': (s) => events(s).join(tags(s), 'url', 'full'),
  'join-left-semi': (s) => events(s).join(tags(s), 'url', 'leftSemi'),
  'join-left-anti': (s) => events(s).join(tags(s), 'url', 'leftAnti'),
  'join-cross': (s) => events(s).crossJoin(tags(s)),
  'join-three': (s) => events(s).join(tags(s), 'url').join(events(s).select('url'), 'url', 'leftAnti'),
};

const session: Programs = {
  'range-one': (s) => s.range(5),
  'range-end': (s) => s.range(0, 5),
  'range-step': (s) => s.range(10, -10, -2),
  'range-partitions': (s) => s.range(0n, 100n, 1n, 4),
  table: (s) => s.table('lake.events'),
  sql: (s) => s.sql('SELECT 1'),
  'sql-named': (s) => s.sql('SELECT :low, :name', { low: 1, name: 'x' }),
  'sql-positions': (s) => s.sql('SELECT ?, ?', [1, 'x']),
  'sql-column-argument': (s) => s.sql('SELECT :when', { when: F.array(1, 2) }),
  'sql-in-a-frame': (s) => s.sql('SELECT * FROM events').filter(col('n').gt(1)),
};

const commands: Programs = {
  execute: (s) => s.execute('DROP TABLE IF EXISTS x'),
  'execute-named': (s) => s.execute('DELETE FROM x WHERE n = :n', { n: 1 }),
  'execute-positions': (s) => s.execute('DELETE FROM x WHERE n = ?', [1]),
  'action-count': (s) => events(s).count(),
  'action-first': (s) => events(s).first(),
  'action-collect': (s) => events(s).select('url').collect(),
  'action-show': (s) => events(s).showString(5, 10),
  'action-show-whole': (s) => events(s).showString(5, 0),
  'action-show-default': (s) => events(s).showString(),
  'action-view': (s) => events(s).createOrReplaceTempView('recent'),
};

export const framePrograms: Programs = { ...frames, ...session, ...commands };
