import { expect, test } from '@jest/globals';
import { loadConfig } from '../config/config.ts';
import { bytesOfEvents, codeGeneration } from './code-generation.ts';

const config = loadConfig('local', 'configs', {});

test.each([
  ['a day of nothing is interpreted', 0, 'false', 'NO_CODEGEN'],
  ['a day of 500 events is interpreted', bytesOfEvents(500), 'false', 'NO_CODEGEN'],
  ['a day of 100,000 events is compiled', bytesOfEvents(100_000), 'true', 'FALLBACK'],
  ['a day of unknown size is compiled', Infinity, 'true', 'FALLBACK'],
])('%s', (_name, bytes, wholeStage, factoryMode) => {
  expect(codeGeneration(config, bytes)).toEqual({
    'spark.sql.codegen.wholeStage': wholeStage,
    'spark.sql.codegen.factoryMode': factoryMode,
  });
});

test('what spark_config.yml says wins', () => {
  const conf = { 'spark.sql.codegen.wholeStage': 'true', 'spark.sql.shuffle.partitions': '8' };
  const configured = { ...config, spark: { ...config.spark, conf } };
  expect(codeGeneration(configured, 0)).toEqual({
    'spark.sql.codegen.wholeStage': 'true',
    'spark.sql.codegen.factoryMode': 'NO_CODEGEN',
  });
});
