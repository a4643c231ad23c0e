import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadSchemas } from './schemas.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'schemas-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const original = readFileSync('schema/schemas.yml', 'utf8');

function changed(from: string, to: string): string {
  expect(original).toContain(from);
  const file = join(folder, 'schemas.yml');
  writeFileSync(file, original.replace(from, to));
  return file;
}

test('the schemas of the repository are loaded', () => {
  expect(loadSchemas('schema/schemas.yml').table.map(({ name }) => name)).toContain('total_time_seconds');
});

test.each([
  [
    'an unknown keyword',
    'name: { type: string }',
    'name: { type: string, pattern: x }',
    /unknown key input\.properties\.name\.pattern/,
  ],
  [
    'a rule on an unknown field',
    'field: cookTime, check: iso_duration',
    'field: cookTyme, check: iso_duration',
    /rules\.cook_time_malformed: cookTyme/,
  ],
  ['an unknown check', 'check: not_blank', 'check: not_blenk', /"not_blenk".*did you mean not_blank\?/],
  ['an unknown conversion', 'as: trimmed', 'as: trimed', /"trimed".*did you mean trimmed\?/],
  [
    'an unknown column',
    'from: [cook_time_seconds, prep_time_seconds]',
    'from: [cook_time_seconds, rest_time_seconds]',
    /table\.total_time_seconds: rest_time_seconds/,
  ],
  ['an unknown severity', 'severity: warn', 'severity: warning', /"warning"/],
  [
    'a required field that is no property',
    'required: [url, ingredients]',
    'required: [url, steps]',
    /input\.required: steps/,
  ],
] as const)('%s stops the job before it reads anything', (_what, from, to, message) => {
  const file = changed(from, to);
  expect(() => loadSchemas(file)).toThrow(message);
  expect(() => loadSchemas(file)).toThrow(file);
});
