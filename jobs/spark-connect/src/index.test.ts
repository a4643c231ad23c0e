import { expect, test } from '@jest/globals';
import * as api from './index.ts';

test('what the package exports changes only on purpose', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'Catalog',
    'Column',
    'ColumnBatch',
    'DataFrame',
    'DataFrameNulls',
    'DataFrameReader',
    'DataFrameStatistics',
    'DataFrameWriter',
    'DataFrameWriterV2',
    'DataStreamReader',
    'DataStreamWriter',
    'GroupedData',
    'MergeIntoWriter',
    'Observation',
    'SparkError',
    'SparkSession',
    'StreamingQuery',
    'StreamingQueryManager',
    'StructType',
    'TableArg',
    'TableFunctions',
    'Window',
    'WindowSpec',
    'functions',
    'logProgress',
    'planToJson',
    'progressText',
    'terminalProgress',
  ]);
});
