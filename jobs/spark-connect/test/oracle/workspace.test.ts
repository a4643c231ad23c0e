import { describe, expect, test } from '@jest/globals';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pysparkGolden, pysparkGoldens, read } from './goldens.ts';
import { normalise } from './normalise.ts';

const JOBS = join(import.meta.dirname, '..', '..', '..');
const golden = globSync('*/test/golden/*.json', { cwd: JOBS }).sort();

/** These take any number of arguments. */
const VARIADIC = new Set([
  'array',
  'coalesce',
  'concat',
  'concat_ws',
  'greatest',
  'in',
  'named_struct',
  'struct',
  'when',
]);

/** Names in here are the caller's own. */
const FREE = new Set(['options', 'namedArguments', 'tableProperties']);

/** Every field of every message with its choice where it has one, and every function with how many arguments it has. */
function formsOf(value: unknown, message: string): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => formsOf(element, message));
  if (typeof value !== 'object' || value === null || FREE.has(message)) return [];
  const fields = Object.entries(value as Readonly<Record<string, unknown>>);
  return [
    ...formsOfMessage(Object.fromEntries(fields), message),
    ...fields.flatMap(([key, part]) => formsOf(part, key)),
  ];
}

function formsOfMessage(fields: Readonly<Record<string, unknown>>, message: string): string[] {
  const { functionName, arguments: args } = fields;
  if (typeof functionName === 'string') {
    const count = VARIADIC.has(functionName) || !Array.isArray(args) ? 'n' : String(args.length);
    // Called by name or not: `column-call-builtin` says why that differs.
    return [`function ${functionName}(${count})`];
  }
  return Object.entries(fields)
    .filter(([, value]) => typeof value !== 'object' || Array.isArray(value))
    .map(([key, value]) => (typeof value === 'string' && /^[A-Z]+(?:_[A-Z]+)+$/.test(value) ? `${key}=${value}` : key))
    .map((field) => `${message}.${field}`);
}

describe('the golden plans of the workspace', () => {
  const known = new Set(pysparkGoldens().flatMap((program) => formsOf(read(pysparkGolden(program)), 'plan')));

  test('are there', () => {
    expect(golden.length).toBeGreaterThan(0);
  });

  test.each(golden)('%s has no message and no function in a form that PySpark has not confirmed', (file) => {
    const forms = new Set(formsOf(normalise(read(join(JOBS, file))), 'plan'));
    expect([...forms].filter((form) => !known.has(form))).toEqual([]);
  });
});
