import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { differencesOf, loadCases } from './cases.ts';
import { judgeDayByDuckDb } from '../oracles/duckdb-oracle.ts';
import { judgeDay } from '../oracles/oracle.ts';

const cases = loadCases();

describe('the data cases', () => {
  test('are many', () => {
    expect(cases.length).toBeGreaterThanOrEqual(14);
  });

  test.each(cases)('$name is judged as expected by TypeScript', (dataCase) => {
    expect(differencesOf(dataCase, judgeDay(dataCase.files))).toEqual([]);
  });

  test.each(cases)('$name is judged as expected by DuckDB', async (dataCase) => {
    expect(differencesOf(dataCase, await judgeDayByDuckDb(dataCase.files))).toEqual([]);
  });

  test('must be somewhere', () => {
    const empty = mkdtempSync(join(tmpdir(), 'cases-'));
    expect(() => loadCases(empty)).toThrow('No data case');
    rmSync(empty, { recursive: true });
  });
});

describe('differencesOf', () => {
  const counts = { read: 3, published: 1, superseded: 0, quarantined: 1, blank: 1 };
  const dataCase = {
    name: 'made up',
    files: [],
    expected: {
      about: '',
      rows: [{ url: 'a', cook_time_seconds: 60, ingredients: ['x'], event: { file: 'input.ndjson' } }],
      quarantine: [{ line: 2, reasons: ['type:name', 'required:url'] }],
      counts,
      warnings: { name_blank: 1 },
      unknownFields: {},
    },
  };
  const outcome = {
    rows: [
      { url: 'a', cook_time_seconds: 60n, ingredients: ['x'], name: 'n', event: { file: 'input.ndjson', topic: null } },
    ],
    quarantine: [
      {
        file: 'input.ndjson',
        line: 2,
        reasons: [
          { rule: 'type', field: 'name' },
          { rule: 'required', field: 'url' },
        ],
      },
    ],
    counts,
    warnings: new Map([
      ['name_blank', 1],
      ['other', 5],
    ]),
    unknownFields: new Map<string, number>(),
  };
  const [row] = outcome.rows;
  const [line] = outcome.quarantine;

  test('finds none where only what was asked for is compared', () => {
    expect(differencesOf(dataCase, outcome)).toEqual([]);
  });

  test.each([
    ['a value', { rows: [{ ...row, cook_time_seconds: 61 }] }, ['"a" cook_time_seconds: 61 instead of 60']],
    ['a list', { rows: [{ ...row, ingredients: [] }] }, ['"a" ingredients: [] instead of ["x"]']],
    ['the file', { rows: [{ ...row, event: null }] }, ['"a" event: null instead of {"file":"input.ndjson"}']],
    ['a missing row', { rows: [] }, ['"a" is not published']],
    ['another row', { rows: [row ?? {}, { url: 'b' }] }, ['"b" is published']],
    ['a row twice', { rows: [row ?? {}, row ?? {}] }, ['a url is published twice']],
    ['a missing line', { quarantine: [] }, ['quarantine input.ndjson:2: null instead of ["type:name","required:url"]']],
    [
      'the order of reasons',
      { quarantine: [{ file: 'input.ndjson', line: 2, reasons: [...(line?.reasons ?? [])].reverse() }] },
      ['quarantine input.ndjson:2: ["required:url","type:name"] instead of ["type:name","required:url"]'],
    ],
    ['a count', { counts: { ...counts, blank: 2 } }, ['counts blank: 2 instead of 1']],
    ['a warning', { warnings: new Map() }, ['warnings name_blank: null instead of 1']],
    ['an unknown field', { unknownFields: new Map([['x', 1]]) }, ['unknown fields x: 1 instead of null']],
  ])('finds %s', (_what, change, differences) => {
    expect(differencesOf(dataCase, { ...outcome, ...change })).toEqual(differences);
  });
});
