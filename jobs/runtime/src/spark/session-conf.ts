/**
 * What a session of ours is set to. A Spark server may be shared, and its owner may have set anything: what decides about
 * the lines that are read, the values that are computed and the bytes that are written is fixed here; of the server's own
 * settings of the SQL engine a session keeps those that only tune. A server's settings beyond `spark.sql.` reach a session
 * through Hadoop, where only fixing them by name helps.
 */

/** Equal to Spark's own defaults but where a comment says why not. */
export const FIXED_CONF: Readonly<Record<string, string>> = {
  // The server may keep analysed plans of a session, and with them the sizes of the files that it found: a second run of a
  // day in the same session would read the files as they were.
  'spark.connect.session.planCache.enabled': 'false',

  // Read: every file whole, every line, by the readers that the plans were tried with.
  'spark.sql.files.ignoreCorruptFiles': 'false',
  'spark.sql.files.ignoreMissingFiles': 'false',
  'spark.sql.sources.useV1SourceList': 'avro,csv,json,kafka,orc,parquet,text',
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.int96RebaseModeInRead': 'CORRECTED',
  // Hadoop drops what is longer, without a word.
  'mapreduce.input.linerecordreader.line.maxlength': '2147483647',
  // Beyond those on the class path; one of them could take over `.gz`.
  'io.compression.codecs': '',

  // Compute. The server's own zone, and SPARK_ANSI_SQL_MODE in its environment, are the defaults of the first two.
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.caseSensitive': 'false',
  'spark.sql.timestampType': 'TIMESTAMP_LTZ',
  'spark.sql.mapKeyDedupPolicy': 'EXCEPTION',
  'spark.sql.variant.allowDuplicateKeys': 'false',
  'spark.sql.variant.validateUnicodeInJsonParsing': 'true',
  'spark.sql.legacy.timeParserPolicy': 'CORRECTED',
  'spark.sql.legacy.sizeOfNull': 'true',

  // Write: one whole object, as every reader of Parquet understands it, and the mark of a write that ended.
  'spark.sql.files.maxRecordsPerFile': '0',
  'spark.sql.sources.partitionOverwriteMode': 'STATIC',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.int96RebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.writeLegacyFormat': 'false',
  // Spark's own choice is INT96, which the format gave up.
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  'spark.sql.parquet.output.committer.class': 'org.apache.parquet.hadoop.ParquetOutputCommitter',
  'spark.sql.jsonGenerator.ignoreNullFields': 'true',
  'mapreduce.output.fileoutputformat.compress': 'false',
  'mapreduce.outputcommitter.factory.class': 'org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory',
  'mapreduce.fileoutputcommitter.marksuccessfuljobs': 'true',
  'mapreduce.fileoutputcommitter.cleanup.skipped': 'false',

  // The bytes of a Parquet object, where its content leaves a choice.
  'parquet.block.size': '134217728',
  'parquet.block.row.count.limit': '2147483647',
  'parquet.writer.version': 'PARQUET_1_0',
  'parquet.writer.max-padding': '8388608',
  'parquet.page.size': '1048576',
  'parquet.page.size.check.estimate': 'true',
  'parquet.page.size.row.check.min': '100',
  'parquet.page.size.row.check.max': '10000',
  'parquet.page.row.count.limit': '20000',
  'parquet.page.value.count.threshold': '1073741823',
  'parquet.page.write-checksum.enabled': 'true',
  'parquet.enable.dictionary': 'true',
  'parquet.dictionary.page.size': '1048576',
  'parquet.enable.bytestreamsplit': 'false',
  'parquet.bloom.filter.enabled': 'false',
  'parquet.columnindex.truncate.length': '64',
  'parquet.statistics.truncate.length': '2147483647',
  'parquet.column.statistics.enabled': 'true',
  'parquet.size.statistics.enabled': 'true',
  'parquet.compression.codec.zstd.level': '3',
  'parquet.compression.codec.zstd.workers': '0',
  'parquet.encryption.uniform.key': '',
  'parquet.encryption.footer.key': '',
  'parquet.encryption.column.keys': '',
  'parquet.enable.summary-metadata': 'false',
  'parquet.summary.metadata.level': 'NONE',
};

/** `spark.sql.` settings that change how fast, never what: of the server, or of spark_config.yml. */
const TUNES = [
  /^spark\.sql\.adaptive\.(?!.*(excludedRules|customCostEvaluatorClass))/,
  /^spark\.sql\.(autoBroadcastJoinThreshold|broadcastTimeout|maxBroadcastTableSize|leafNodeDefaultParallelism)$/,
  /^spark\.sql\.(shuffle\.partitions|shuffleDependency\..*|connect\.shuffleDependency\..*)$/,
  /^spark\.sql\.files\.(maxPartitionBytes|minPartitionNum|maxPartitionNum|openCostInBytes)$/,
  /^spark\.sql\.sources\.(parallelPartitionDiscovery\..*|ignoreDataLocality|useListFilesFileSystemList)$/,
  /^spark\.sql\.(codegen|inMemoryColumnarStorage|join|cbo|statistics|sort|execution\.rangeExchange)\./,
  /^spark\.sql\.(windowExec|sortMergeJoinExec|cartesianProductExec|sessionWindow)\.buffer\./,
  /^spark\.sql\.parquet\.columnarReaderBatchSize$/,
  /^spark\.sql\.optimizer\.(windowGroupLimitThreshold|runtime\..*|maxIterations)$/,
  /^spark\.sql\.(ui|connect\.ui|redaction|planChangeLog|event)\./,
  /^spark\.sql\.(maxPlanStringLength|maxMetadataStringLength|debug\.maxToStringFields)$/,
  // The server itself sets it for each session.
  /^spark\.sql\.artifact\./,
  // Of catalogs, which the jobs do not use.
  /^spark\.sql\.(catalog|hive|warehouse)\./,
];

/** What a session keeps of its server's settings. */
export const isTuning = (key: string): boolean => TUNES.some((pattern) => pattern.test(key));

/** @returns why spark_config.yml may not set the conf so; undefined where it may */
export function confFault(key: string, value: string): string | undefined {
  const fixed = Object.hasOwn(FIXED_CONF, key) ? FIXED_CONF[key] : undefined;
  if (fixed !== undefined) return value === fixed ? undefined : `is fixed to ${JSON.stringify(fixed)}`;
  return key.startsWith('spark.sql.') && !isTuning(key) ? "is fixed to Spark's own default" : undefined;
}
