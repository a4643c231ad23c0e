import { expect, test } from '@jest/globals';
import { loadConfig } from '../config/config.ts';
import { bytesOfEvents, dayConfs } from './day-confs.ts';

const config = loadConfig('local', 'configs', {});

test.each([
  ['a day of nothing is interpreted', 0, 'false', 'NO_CODEGEN', '1'],
  ['a day of 500 events is interpreted', bytesOfEvents(500), 'false', 'NO_CODEGEN', '1'],
  [
    'a day of 100,000 events is compiled, and planned again after each stage',
    bytesOfEvents(100_000),
    'true',
    'FALLBACK',
    '4',
  ],
  ['a day of unknown size is compiled, and shuffled as Spark does by itself', Infinity, 'true', 'FALLBACK', '200'],
])('%s', (_name, bytes, isLarge, factoryMode, partitions) => {
  expect(dayConfs(config, bytes)).toEqual({
    'spark.sql.codegen.wholeStage': isLarge,
    'spark.sql.codegen.factoryMode': factoryMode,
    'spark.sql.adaptive.enabled': isLarge,
    'spark.sql.shuffle.partitions': partitions,
  });
});

test('what spark_config.yml says wins', () => {
  const conf = { 'spark.sql.codegen.wholeStage': 'true', 'spark.sql.shuffle.partitions': '8' };
  const configured = { ...config, spark: { ...config.spark, conf } };
  expect(dayConfs(configured, 0)).toEqual({
    'spark.sql.codegen.wholeStage': 'true',
    'spark.sql.codegen.factoryMode': 'NO_CODEGEN',
    'spark.sql.adaptive.enabled': 'false',
    'spark.sql.shuffle.partitions': '8',
  });
});
