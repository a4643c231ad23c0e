/** Readers and writers; the twin of readers.py. */
import type { DataFrame, DataFrameWriter, SparkSession } from '../../../src/index.ts';
import type { Program, Programs } from '../program.ts';

const events = (spark: SparkSession): DataFrame => spark.read.table('events');
const saved =
  (writer: (begun: DataFrameWriter) => DataFrameWriter, path?: string): Program =>
  (spark) =>
    writer(events(spark).write).save(path);
const TYPES = `a STRING NOT NULL, b BOOLEAN, c TINYINT, d SMALLINT, e INT, f BIGINT, g FLOAT, h DOUBLE, i BINARY, j DATE,
  k TIMESTAMP, l TIMESTAMP_NTZ, m TIME, n DECIMAL(9, 2), o ARRAY<STRING>, p MAP<STRING, INT>, q STRUCT<r: INT NOT NULL>`;
const PATH = '/lake/x';

const readers: Programs = {
  'read-load': (s) => s.read.load('/landing'),
  'read-load-nothing': (s) => s.read.format('rate').load(),
  'read-load-two': (s) => s.read.format('json').load('/a', '/b'),
  'read-format': (s) => s.read.format('avro').load('/landing'),
  'read-schema': (s) => s.read.format('json').schema('url STRING, at TIMESTAMP').load('/landing'),
  'read-option-types': (s) => s.read.format('csv').option('a', 'x').option('b', true).option('c', 7).load('/a'),
  'read-options': (s) => s.read.format('csv').options({ header: 'true', sep: ';' }).option('sep', ',').load('/landing'),
  'read-json': (s) => s.read.json('/landing'),
  'read-json-two': (s) => s.read.json(['/a', '/b']),
  'read-json-options': (s) =>
    s.read
      .schema('url STRING')
      .json('/landing', { mode: 'FAILFAST', multiLine: false, columnNameOfCorruptRecord: '_bad' }),
  'read-json-fraction': (s) => s.read.json('/landing', { samplingRatio: 0.5 }),
  'read-csv': (s) => s.read.csv('/landing'),
  'read-csv-options': (s) => s.read.schema('a STRING').csv('/landing', { sep: ';', header: true, nullValue: '' }),
  'read-parquet': (s) => s.read.parquet('/landing'),
  'read-parquet-two': (s) => s.read.parquet(['/a', '/b']),
  'read-parquet-options': (s) =>
    s.read.option('mergeSchema', true).parquet('/landing', { pathGlobFilter: '*.parquet' }),
  'read-orc': (s) => s.read.orc('/landing'),
  'read-orc-options': (s) => s.read.orc('/landing', { recursiveFileLookup: true }),
  'read-text': (s) => s.read.text('/landing'),
  'read-text-options': (s) => s.read.text('/landing', { wholetext: true, pathGlobFilter: '*.ndjson' }),
  'read-text-format': (s) => s.read.format('text').option('lineSep', '\n').load('/landing'),
  'read-xml': (s) => s.read.option('rowTag', 'event').xml('/landing'),
  'read-json-texts': (s) => s.read.option('mode', 'FAILFAST').json(events(s).select('raw'), { multiLine: true }),
  'read-csv-texts': (s) => s.read.schema(TYPES).csv(events(s).select('raw'), { sep: ';' }),
  'read-xml-texts': (s) => s.read.option('rowTag', 'event').xml(events(s).select('raw')),
  'read-jdbc': (s) => s.read.jdbc('jdbc:postgresql://db/x', 'events', { user: 'etl' }),
  'read-jdbc-predicates': (s) => s.read.jdbc('jdbc:postgresql://db/x', 'events', { user: 'etl' }, ['n < 9', 'n >= 9']),
  'read-changes': (s) => s.read.option('startingVersion', 3).changes('lake.events'),
  'read-table': (s) => s.read.table('lake.events'),
  'read-table-options': (s) => s.read.option('versionAsOf', 3).table('lake.events'),
};

const writers: Programs = {
  'write-save': saved((w) => w, PATH),
  'write-save-nowhere': saved((w) => w.format('noop').mode('append')),
  'write-format': saved((w) => w.format('avro'), PATH),
  'write-mode-append': saved((w) => w.mode('append'), PATH),
  'write-mode-overwrite': saved((w) => w.mode('overwrite'), PATH),
  'write-mode-error': saved((w) => w.mode('errorifexists'), PATH),
  'write-mode-ignore': saved((w) => w.mode('ignore'), PATH),
  'write-option-types': saved((w) => w.option('a', 'x').option('b', true).option('c', 7), PATH),
  'write-options': saved(
    (w) => w.options({ compression: 'zstd', maxRecordsPerFile: 0 }).option('compression', 'gzip'),
    PATH,
  ),
  'write-partitions': saved((w) => w.format('parquet').partitionBy('year', 'month'), PATH),
  'write-parquet': (s) => events(s).write.parquet(PATH),
  'write-json': (s) => events(s).write.mode('overwrite').json(PATH),
  'write-csv': (s) => events(s).write.option('header', true).csv(PATH),
  'write-text': (s) => events(s).select('url').write.text(PATH),
  'write-orc': (s) => events(s).write.orc('/lake/x'),
  'write-xml': (s) => events(s).write.option('rowTag', 'event').xml('/lake/x'),
  'write-jdbc': (s) => events(s).write.mode('append').jdbc('jdbc:postgresql://db/x', 'events', { user: 'etl' }),
  'write-buckets': (s) => events(s).write.bucketBy(8, 'url', 'day').sortBy('at').saveAsTable('lake.x'),
  'write-clusters': (s) => events(s).write.clusterBy('url', 'day').saveAsTable('lake.x'),
  'write-table': (s) => events(s).write.saveAsTable('lake.x'),
  'write-table-partitions': (s) =>
    events(s).write.format('parquet').mode('overwrite').partitionBy('day').saveAsTable('lake.x'),
  'write-insert': (s) => events(s).write.insertInto('lake.x'),
  'write-insert-mode': (s) => events(s).write.mode('append').insertInto('lake.x'),
};

export const readerPrograms: Programs = { ...readers, ...writers };
