import { expect, test } from '@jest/globals';
import { loadConfig } from '../config/config.ts';
import { writersOf } from './writers.ts';

const config = loadConfig('local', 'configs', {});
const MIB = 1024 ** 2;

test.each([
  ['a day without a line has one writer', 0, 1],
  ['a day just short of two shares has one', 256 * MIB - 1, 1],
  ['a day of two shares has two', 256 * MIB, 2],
  ['a day of 4 GiB has one for each 128 MiB', 4096 * MIB, 32],
  ['a day of a TiB has no more than an upload has parts for', 1024 * 1024 * MIB, 1000],
])('%s', (_name, bytes, writers) => {
  expect(writersOf(config, bytes)).toBe(writers);
});

test('spark_config.yml says how large a share is', () => {
  expect(writersOf({ spark: { ...config.spark, bytesPerWriter: 10 } }, 35)).toBe(3);
});
