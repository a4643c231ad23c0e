/** YAML files checked by JSON Schema; whatever is wrong is told by file, key and what was expected. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { closest, distance } from 'fastest-levenshtein';
import { load } from 'js-yaml';
import { LakeError } from './failure.ts';

const ajv = new Ajv2020({ allErrors: true, useDefaults: true, verbose: true, strict: true, allowUnionTypes: true });
const NAME_TYPO = 4;

/**
 * @param file path of a YAML file
 * @param schema JSON Schema 2020-12; its defaults are filled in
 * @param expand applied to every string, for `${VARIABLE}`
 * @throws LakeError config: no such file, no YAML, or the first few keys that break the schema
 */
export function loadYaml<T>(file: string, schema: object, expand: (text: string) => string = (text) => text): T {
  let content: unknown;
  try {
    content = load(readFileSync(file, 'utf8'), { filename: file }) ?? {};
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new LakeError('config', `${file}: ${why}`, { cause: error });
  }
  const value = expandAll(content, (text) => expandIn(file, text, expand));
  const validate = ajv.compile(schema);
  if (validate(value)) return value as T;
  const problems = (validate.errors ?? []).map((error) => explain(error));
  throw new LakeError('config', `${file}: ${[...new Set(problems)].slice(0, 5).join('; ')}`);
}

function expandIn(file: string, text: string, expand: (text: string) => string): string {
  try {
    return expand(text);
  } catch (error) {
    throw new LakeError('config', `${file}: ${(error as Error).message}`, { cause: error });
  }
}

function expandAll(value: unknown, expand: (text: string) => string): unknown {
  if (typeof value === 'string') return expand(value);
  if (Array.isArray(value)) return value.map((item) => expandAll(item, expand));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandAll(item, expand)]));
}

function explain(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'the file' : error.instancePath.slice(1).replaceAll('/', '.');
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const path = error.instancePath === '' ? key : `${where}.${key}`;
    return `${path} is no known key${didYouMean(key, knownKeys(error))}`;
  }
  if (error.keyword === 'required') return `${where} lacks the key ${String(params['missingProperty'])}`;
  if (error.keyword === 'enum') {
    const allowed = (params['allowedValues'] as unknown[]).map(String);
    return `${where} is ${JSON.stringify(error.data)}, expected is one of ${allowed.join(', ')}${didYouMean(String(error.data), allowed)}`;
  }
  return `${where} ${error.message ?? 'is wrong'}, found ${JSON.stringify(error.data)}`;
}

/** The schema that an error speaks of lies beside the keyword that failed. */
function knownKeys(error: ErrorObject): string[] {
  return Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
}

/** ` (did you mean "topic"?)`, or all that is known where nothing is near. */
export function didYouMean(text: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(text, known);
  return distance(text, nearest) <= NAME_TYPO ? `; did you mean ${nearest}?` : `; known are ${known.join(', ')}`;
}
