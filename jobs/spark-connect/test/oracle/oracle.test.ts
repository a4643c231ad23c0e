import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Catalog,
  Column,
  DataFrame,
  DataFrameNulls,
  DataFrameReader,
  DataFrameStatistics,
  DataFrameWriter,
  DataFrameWriterV2,
  functions,
  GroupedData,
  DataStreamReader,
  DataStreamWriter,
  StreamingQuery,
  StreamingQueryManager,
  TableFunctions,
  MergeIntoWriter,
  WindowSpec,
} from '../../src/index.ts';
import { golden } from '../../testing/golden.ts';
import { deviations } from './deviations.ts';
import { ourGolden, ourGoldens, pysparkGolden, pysparkGoldens, read } from './goldens.ts';
import { ourPlan } from './our-plans.ts';
import { families, programs } from './programs.ts';

const sorted = (names: Iterable<string>): string[] => [...names].sort();
const all = Object.entries(programs);

describe('the programs', () => {
  test('are many, each with a name of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(families.flatMap((family) => Object.keys(family))).toHaveLength(all.length);
  });

  test('are those that PySpark has', () => {
    expect(sorted(Object.keys(programs))).toEqual(sorted(pysparkGoldens()));
  });

  test('have a golden of ours where we differ, and only there', () => {
    expect(sorted(ourGoldens())).toEqual(sorted(Object.keys(deviations)));
    expect(Object.keys(programs)).toEqual(expect.arrayContaining(Object.keys(deviations)));
  });
});

describe('the plan of', () => {
  test.each(all.filter(([name]) => !(name in deviations)))('%s is that of PySpark', async (name, program) => {
    expect(await ourPlan(program)).toEqual(read(pysparkGolden(name)));
  });

  test.each(all.filter(([name]) => name in deviations))('%s differs as said', async (name, program) => {
    const plan = await ourPlan(program);
    expect(plan).not.toEqual(read(pysparkGolden(name)));
    expect(plan).toEqual(golden(ourGolden(name), plan));
  });
});

describe('what the client has', () => {
  const folder = join(import.meta.dirname, 'programs');
  const source = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const isCalled = (name: string): boolean => new RegExp(String.raw`\.${name}\(`).test(source);
  const isFunctionCalled = (name: string): boolean =>
    new RegExp(String.raw`\bF\.${name}\(|\{.*\b${name}\b.*\} = F;`).test(source);
  /** Its own and those of the classes that it extends; `with` and `toString` are no calls of PySpark's. */
  const methods = (prototype: object | null): string[] =>
    prototype === null || prototype === Object.prototype
      ? []
      : [...Object.getOwnPropertyNames(prototype), ...methods(Object.getPrototypeOf(prototype) as object)].filter(
          (name) => !['constructor', 'toString', 'with', 'changed'].includes(name),
        );

  test('is all in some program: every function', () => {
    // A plan without a seed has a random one in PySpark.
    const names = Object.keys(functions).filter((name) => name !== 'uuid');
    expect(names.filter((name) => !isFunctionCalled(name))).toEqual([]);
  });

  test.each([
    ['catalog', Catalog, []],
    ['column', Column, []],
    // These ask the server for something else than a plan's rows, or only hand the plan out.
    [
      'frame',
      DataFrame,
      [
        'batches',
        'schema',
        'columns',
        'dtypes',
        'cache',
        'persist',
        'columnBatches',
        'arrowBatches',
        'toArrow',
        'unpersist',
        'schemaString',
        'isStreaming',
        'isLocal',
        'inputFiles',
        'sameSemantics',
        'semanticHash',
        'storageLevel',
        'explain',
        'write',
        'writeStream',
        'na',
        'stat',
        'toPlan',
      ],
    ],
    ['reader', DataFrameReader, []],
    ['writer', DataFrameWriter, ['toPlan']],
    ['writer to a table', DataFrameWriterV2, ['toPlan']],
    ['group', GroupedData, []],
    ['handler of nulls', DataFrameNulls, []],
    ['handler of statistics', DataFrameStatistics, []],
    ['writer of a merge', MergeIntoWriter, ['toPlan']],
    ['window', WindowSpec, []],
    ['maker of tables', TableFunctions, []],
    ['reader of streams', DataStreamReader, []],
    ['writer of streams', DataStreamWriter, ['toPlan']],
    ['stream', StreamingQuery, []],
    ['keeper of streams', StreamingQueryManager, []],
  ] as const)('is all in some program: every method of a %s', (_, type, others: readonly string[]) => {
    const names = methods(type.prototype).filter((name) => !others.includes(name));
    expect(names.filter((name) => !isCalled(name))).toEqual([]);
  });
});
