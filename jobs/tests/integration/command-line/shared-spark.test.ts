/** A Spark server that others share and have set up: whatever its settings, a day is the same day. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalServer, startLocalServer } from 'spark-connect/server';
import { SparkSession } from 'spark-connect';
import { file, TEST_REMOTE } from '../../lakes/in-process.ts';
import { type ProcessLake, processLake } from '../../lakes/process-lake.ts';
import { summaryOf } from '../../processes.ts';

/** Beyond Spark's public settings that are true or false, all of which are turned round: with each of these a day would differ, or fail. */
const WRONG_WAY: Readonly<Record<string, string>> = {
  'spark.sql.files.maxRecordsPerFile': '7',
  'spark.sql.session.timeZone': 'Asia/Kathmandu',
  'spark.sql.timestampType': 'TIMESTAMP_NTZ',
  'spark.sql.mapKeyDedupPolicy': 'LAST_WIN',
  'spark.sql.variant.allowDuplicateKeys': 'true',
  'spark.sql.variant.validateUnicodeInJsonParsing': 'false',
  'spark.sql.sources.useV1SourceList': '',
  'spark.sql.sources.partitionOverwriteMode': 'DYNAMIC',
  'spark.sql.parquet.compression.codec': 'gzip',
  'spark.sql.parquet.outputTimestampType': 'INT96',
  'spark.sql.parquet.datetimeRebaseModeInRead': 'LEGACY',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'LEGACY',
  'spark.sql.parquet.int96RebaseModeInRead': 'LEGACY',
  'spark.sql.parquet.int96RebaseModeInWrite': 'LEGACY',
  'spark.sql.storeAssignmentPolicy': 'LEGACY',
  'spark.sql.legacy.timeParserPolicy': 'LEGACY',
  'spark.sql.legacy.sizeOfNull': 'false',
  'spark.sql.legacy.javaCharsets': 'true',
  'spark.sql.legacy.castComplexTypesToString.enabled': 'true',
  'spark.sql.legacy.decimal.retainFractionDigitsOnTruncate': 'true',
  'spark.sql.optimizer.excludedRules':
    'org.apache.spark.sql.catalyst.optimizer.ConstantFolding,org.apache.spark.sql.catalyst.optimizer.NullPropagation',
  'spark.sql.adaptive.customCostEvaluatorClass': 'no.such.Class',
  'spark.sql.execution.arrow.compression.codec': 'zstd',
  'spark.sql.execution.arrow.useLargeVarTypes': 'true',
  // Static: no session can change them.
  'spark.sql.debug': 'true',
  'spark.sql.codegen.comments': 'true',
  'spark.sql.legacy.sessionInitWithConfigDefaults': 'true',
};

/** The same of Hadoop's and Parquet's. */
const WRONG_WAY_BELOW: Readonly<Record<string, string>> = {
  'mapreduce.input.linerecordreader.line.maxlength': '300',
  'mapreduce.output.fileoutputformat.compress': 'true',
  'mapreduce.output.fileoutputformat.compress.codec': 'org.apache.hadoop.io.compress.GzipCodec',
  'mapreduce.outputcommitter.factory.class': 'org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory',
  'mapreduce.fileoutputcommitter.marksuccessfuljobs': 'false',
  'mapreduce.fileoutputcommitter.cleanup.skipped': 'true',
  'io.compression.codecs': 'org.apache.hadoop.io.compress.BZip2Codec',
  'parquet.block.row.count.limit': '5',
  'parquet.writer.version': 'v2',
  'parquet.page.row.count.limit': '3',
  'parquet.page.write-checksum.enabled': 'false',
  'parquet.enable.dictionary': 'false',
  'parquet.enable.bytestreamsplit': 'true',
  'parquet.bloom.filter.enabled': 'true',
  'parquet.columnindex.truncate.length': '2',
  'parquet.statistics.truncate.length': '2',
  'parquet.column.statistics.enabled': 'false',
  'parquet.size.statistics.enabled': 'false',
  'parquet.compression.codec.zstd.level': '19',
  'parquet.crypto.factory.class': 'org.apache.parquet.crypto.keytools.PropertiesDrivenCryptoFactory',
  'parquet.encryption.uniform.key': 'key',
};

/** Of the JVM itself; `i` has another upper case in Turkish. */
const JAVA_OPTIONS = ['-Duser.timezone=Asia/Kathmandu', '-Dfile.encoding=ISO-8859-1', '-Duser.language=tr'];

let lake: ProcessLake;
let turnedSettings: number;
let server: LocalServer;

beforeAll(async () => {
  lake = await processLake();
  await using shared = await SparkSession.connect({ remote: TEST_REMOTE });
  const known = await shared.sql('SET -v').collect<{ key: string; value: string }>();
  const turned = known.flatMap(({ key, value }) =>
    key.startsWith('spark.sql.') && ['true', 'false'].includes(value) ? [[key, String(value !== 'true')] as const] : [],
  );
  turnedSettings = turned.length;
  const below = Object.entries(WRONG_WAY_BELOW).map(([key, value]) => [`spark.hadoop.${key}`, value] as const);
  server = await startLocalServer({
    jarsDir: process.env['SPARK_JARS'] ?? '',
    logFile: join(lake.folder, 'spark.log'),
    heap: '1g',
    conf: { ...Object.fromEntries([...turned, ...below]), ...WRONG_WAY },
    javaOptions: JAVA_OPTIONS,
  });
});
afterAll(async () => {
  await server?.stop();
  await lake?.[Symbol.asyncDispose]();
});

const recipe = (url: string, fields: object = {}): string =>
  JSON.stringify({ url, name: 'Stew &amp; İı', ingredients: '1 lb Beef\n1 onion', prepTime: 'PT20M', ...fields });

const EVENTS = [
  recipe('stew', { cookTime: 'PT1H30M0.5S', datePublished: '0001-01-01' }),
  recipe('toast', { cookTime: 'P1DT2H', datePublished: '1500-02-28', description: 'long '.repeat(100) }),
  recipe('roast', { cookTime: 'PT5M', URL: 'another field', datePublished: '2019-11-29' }),
  '{"url":"twice","url":"twice"}',
  '',
  recipe('soup', { cookTime: 'all afternoon' }),
];
const LATER = ['stew', 'cake', 'pie'].map((url, hours) => recipe(url, { cookTime: `PT${hours}H` }));
const packed = gzipSync(LATER.map((line) => `${line}\r\n`).join(''));

/** Runs both jobs of the day. */
async function runDay(remote: string): Promise<{ outcomes: unknown[]; content: object }> {
  const summaries = [];
  for (const job of ['dataload', 'prepare'] as const) {
    summaries.push(summaryOf(await lake.run(job, [], { SPARK_REMOTE: remote })));
  }
  const { counts, quarantine, staged } = await lake.manifest('dataload');
  const content = {
    summaries: summaries.map(({ exitCode, counts, findings, rows, message }) => ({
      exitCode,
      counts,
      findings,
      rows,
      message,
    })),
    counts,
    table: staged.contentSha256,
    quarantine: await readFile(join(lake.lake, quarantine?.key ?? ''), 'utf8'),
    report: await readFile(lake.report, 'utf8'),
  };
  return { outcomes: summaries.map(({ outcome }) => outcome), content };
}

test('a server with every setting turned the wrong way gives the same day, which is unchanged when another JVM runs it again', async () => {
  expect(turnedSettings).toBeGreaterThan(100);
  await lake.configure(['configs/local/aws_config.yml', 'share: 0.2', 'share: 0.5']);
  await lake.land([file('a.json', ...EVENTS), { name: 'b.json.gz', bytes: packed }]);
  const there = await runDay(server.remote);
  expect(there).toMatchObject({
    outcomes: ['published', 'published'],
    content: { counts: { read: 9, published: 5, superseded: 1, quarantined: 2, blank: 1 } },
  });
  const published = await readFile(lake.data);
  expect(await runDay(TEST_REMOTE)).toEqual({ outcomes: ['unchanged', 'unchanged'], content: there.content });
  expect((await readFile(lake.data)).equals(published)).toBe(true);
});

test('and refuses a gzip that is cut in half, by name', async () => {
  await lake.land([{ name: 'cut.json.gz', bytes: packed.subarray(0, packed.length / 2) }]);
  const ended = await lake.run('dataload', [], { SPARK_REMOTE: server.remote });
  expect(summaryOf(ended)).toMatchObject({
    exitCode: 2,
    code: 'unreadable-input',
    message: expect.stringContaining('cut.json.gz'),
  });
});
