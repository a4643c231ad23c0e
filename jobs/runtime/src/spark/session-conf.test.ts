import { expect, test } from '@jest/globals';
import { confFault, FIXED_CONF, isTuning } from './session-conf.ts';

test('of a server a session keeps what tunes, and nothing that decides what a day holds', () => {
  const tunes = ['spark.sql.shuffle.partitions', 'spark.sql.adaptive.enabled', 'spark.sql.files.maxPartitionBytes'];
  expect(tunes.filter((key) => !isTuning(key))).toStrictEqual([]);
  const decides = [
    'spark.sql.files.ignoreCorruptFiles',
    'spark.sql.legacy.javaCharsets',
    'spark.sql.optimizer.excludedRules',
    'spark.sql.adaptive.optimizer.excludedRules',
    'spark.sql.of.a.version.to.come',
  ];
  expect([...decides, ...Object.keys(FIXED_CONF)].filter(isTuning)).toStrictEqual([]);
});

test.each([
  ['spark.sql.shuffle.partitions', '8', undefined],
  ['fs.s3a.connection.maximum', '50', undefined],
  ['spark.sql.ansi.enabled', 'true', undefined],
  ['spark.sql.ansi.enabled', 'false', 'is fixed to "true"'],
  ['parquet.block.size', '1', 'is fixed to "134217728"'],
  ['spark.sql.legacy.javaCharsets', 'true', "is fixed to Spark's own default"],
  ['constructor', 'x', undefined],
])('spark_config.yml with %s: %s', (key, value, fault) => {
  expect(confFault(key, value)).toBe(fault);
});
