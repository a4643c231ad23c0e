/** The plans around a landing: from a topic to the records of a day, and from what landed to lines. */
import type { Config } from 'runtime';
import { type Column, type DataFrame, functions as F, type SparkSession } from 'spark-connect';
import type { FrozenOffsets } from './ranges.ts';
import { sparkOptions } from './spark-options.ts';

const COLUMNS = {
  key: 'BINARY',
  value: 'BINARY',
  headers: 'ARRAY<STRUCT<key: STRING, value: BINARY>>',
  topic: 'STRING',
  partition: 'INT',
  offset: 'BIGINT',
  timestamp: 'TIMESTAMP',
} as const;
const LANDED_SCHEMA = Object.entries(COLUMNS)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');
/** Names a record, and is the order in which records count: the later one of a url stays. */
const POSITION = ['timestamp', 'partition', 'offset'] as const;

const columns = (names: readonly string[]): Column[] => names.map((name) => F.col(name));

/** All records of the frozen offsets; neighbours of the day are among them. */
export function frozenRecords(spark: SparkSession, kafka: Config['kafka'], frozen: FrozenOffsets): DataFrame {
  const records = spark.read.format('kafka').options(sparkOptions(kafka, frozen)).load();
  return records.select(...columns(Object.keys(COLUMNS)));
}

/** True for a record of the day: offsets are a rough guide, since clocks of producers differ. */
export function isOfDay({ fromMs, untilMs }: Pick<FrozenOffsets, 'fromMs' | 'untilMs'>): Column {
  const at = (ms: number): Column => F.timestampMillis(F.lit(BigInt(ms)));
  return F.col('timestamp')
    .ge(at(fromMs))
    .and(F.col('timestamp').lt(at(untilMs)));
}

/** Aggregates over {@link frozenRecords}: all, and those of the day. */
export function recordMetrics(frozen: FrozenOffsets): Record<string, Column> {
  const ofDay = isOfDay(frozen);
  return {
    records: F.count(F.lit(1)),
    landed: F.countIf(ofDay),
    tombstones: F.countIf(ofDay.and(F.col('value').isNull())),
  };
}

/** One object, sorted by what names a record: the same records give the same bytes. */
export function asLanded(records: DataFrame): DataFrame {
  return records.repartition(1).sortWithinPartitions(...POSITION);
}

/** `value`, `event` and `position` of each landed record; a value is one line, whatever it holds. */
export function landedLines(spark: SparkSession, url: string): DataFrame {
  return landed(spark, url).select(...lineColumns());
}

/** The same with `origin`. */
export function landedLinesWithOrigin(spark: SparkSession, url: string): DataFrame {
  const key = F.col('key').cast('string');
  const origin = F.struct({
    topic: F.col('topic'),
    partition: F.col('partition'),
    offset: F.col('offset'),
    timestamp: F.col('timestamp'),
    key: F.when(F.isValidUtf8(key), key),
    key_base64: F.when(F.isValidUtf8(key).not(), F.base64(F.col('key'))),
  });
  return landed(spark, url).select(...lineColumns(), origin.as('origin'));
}

/** Read as it was written, so that Spark need not look first. */
const landed = (spark: SparkSession, url: string): DataFrame => spark.read.schema(LANDED_SCHEMA).parquet(url);

function lineColumns(): Column[] {
  const event = F.struct({
    file: F.lit(null).cast('string'),
    topic: F.col('topic'),
    partition: F.col('partition'),
    offset: F.col('offset'),
    timestamp: F.col('timestamp'),
  });
  const position = F.struct(Object.fromEntries(POSITION.map((name) => [name, F.col(name)])));
  return [F.col('value').cast('string').as('value'), event.as('event'), position.as('position')];
}
