import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { LakeError, parseLogicalDate } from 'lake';
import { temporaryFolder, writeFileIn } from 'lake/testing';
import { readLayout } from './home.ts';

const written = (text: string): string => writeFileIn(temporaryFolder(), 'schemas.yml', text);
const DAY = parseLogicalDate('2019-01-02');

test('the folders of the lake are named by schemas.yml; the rest of the file is for others', () => {
  const layout = readLayout(written('folders: { events: price_changes, table: prices }\nrules: []\n'));
  expect(layout.landing(DAY)).toBe('events/price_changes/2019/01/02');
  expect(layout.table).toBe('prices');
});

test('the repository keeps the names that its readers know', () => {
  const layout = readLayout(join('schema', 'schemas.yml'));
  expect(layout.landing(DAY)).toBe('events/recipe_changes/2019/01/02');
  expect(layout.tableObject(DAY)).toBe('recipes/year=2019/month=01/day=02/recipes.parquet');
});

test.each([
  ['rules: []', 'lacks the key folders'],
  ['folders: { events: a }', 'folders lacks the key table'],
  ['folders: { events: a, table: b, tabel: c }', 'unknown key folders.tabel; did you mean table?'],
  ['folders: { events: a/b, table: b }', 'folders.events must match pattern'],
  ['folders: { events: a, table: manifests }', 'folders.table is manifests, which the lake has already'],
])('%s is refused by name', (text, says) => {
  const file = written(text);
  expect(() => readLayout(file)).toThrow(LakeError);
  expect(() => readLayout(file)).toThrow(says);
  expect(() => readLayout(file)).toThrow(file);
});
