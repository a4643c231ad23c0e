/** YAML files checked by JSON Schema; an error names the file, the key and what was expected. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { closest, distance } from 'fastest-levenshtein';
import { load, YAMLException } from 'js-yaml';
import { LakeError } from 'lake';
import { isReference } from './aws/reference.ts';
import type { Expanded } from './expand-value.ts';

const ajv = new Ajv2020({
  allErrors: true,
  useDefaults: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  // A test holds our schemas against the schema of schemas; here that would take a seventh of each job's start.
  validateSchema: false,
});
const NAME_TYPO = 4;

/** The part of JSON Schema that says which type is expected at a place. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

type Expand = (text: string) => Expanded;

export interface ExpandedFile {
  readonly content: unknown;
  /** By key, with dots; only of strings that were more than text. */
  readonly origins: ReadonlyMap<string, Expanded>;
  /** Every key of the file, with dots: the rest are defaults. */
  readonly written: ReadonlySet<string>;
}

/**
 * @param file path of a YAML file; an empty one counts as `{}`
 * @param schema JSON Schema 2020-12; its defaults are filled in
 * @returns what the schema describes
 * @throws LakeError config: no such file, no YAML, or the first few keys that break the schema
 */
export function loadYaml(file: string, schema: object): unknown {
  return validated(file, schema, { content: readYaml(file), origins: new Map() });
}

/**
 * @param expand applied to every string that it may change; where no string is expected, the result is read as YAML once more
 * @returns the content before it is looked at: {@link validated} does that
 * @throws LakeError config: no such file, no YAML, or what `expand` throws, by key
 */
export function expandYaml(file: string, schema: object, expand: Expand): ExpandedFile {
  const origins = new Map<string, Expanded>();
  const raw = readYaml(file);
  const content = expandAll(raw, schema, [], (text, path) => {
    const key = path.join('.');
    try {
      const expanded = expand(text);
      origins.set(key, expanded);
      return expanded.text;
    } catch (error) {
      throw new LakeError('config', `${file}: ${key}: ${(error as Error).message}`, { cause: error });
    }
  });
  return { content, origins, written: new Set(keysOf(raw)) };
}

/** @returns what the schema describes @throws LakeError config naming the first few keys that break it; no value from AWS */
export function validated(file: string, schema: object, { content, origins }: Omit<ExpandedFile, 'written'>): unknown {
  const validate = ajv.compile(schema);
  if (validate(content)) return content;
  const problems = (validate.errors ?? []).map((error) => explain(error, origins));
  throw new LakeError('config', `${file}: ${[...new Set(problems)].slice(0, 5).join('; ')}`);
}

function readYaml(file: string): unknown {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    const isEmpty = text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
    return isEmpty ? {} : (load(text, { filename: file }) ?? {});
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : (keyTwice(error) ?? message);
    throw new LakeError('config', `${file}: ${why}`, { cause: error });
  }
}

/** @returns which key is there twice; undefined for other errors */
function keyTwice(error: unknown): string | undefined {
  if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key') return undefined;
  if (error.mark === undefined) return undefined;
  const { buffer, line } = error.mark;
  const key = /^[\s-]*([^:]*)/.exec(buffer.split('\n')[line] ?? '')?.[1];
  return `the key ${key} is there twice, again in line ${line + 1}; rename or remove one`;
}

function expandAll(
  value: unknown,
  schema: Schema | undefined,
  path: readonly string[],
  expand: (text: string, path: readonly string[]) => string,
): unknown {
  if (typeof value === 'string') {
    if (!value.includes('${') && !isReference(value)) return value;
    const expanded = expand(value, path);
    return isTextDue(schema) ? expanded : scalar(expanded);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => expandAll(item, schema?.items, [...path, String(index)], expand));
  }
  if (value === null || typeof value !== 'object') return value;
  const others = typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const entries = Object.entries(value).map(([key, item]) => {
    return [key, expandAll(item, schema?.properties?.[key] ?? others, [...path, key], expand)];
  });
  return Object.fromEntries(entries);
}

function keysOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => keysOf(item, path === '' ? key : `${path}.${key}`))];
}

function isTextDue(schema: Schema | undefined): boolean {
  const types = [schema?.type ?? 'string'].flat();
  return types.includes('string');
}

/** Only a number, a boolean or null: a variable must not bring in a structure. */
function scalar(text: string): unknown {
  if (text.trim() === '') return text;
  try {
    const value = load(text);
    return value === null || typeof value === 'number' || typeof value === 'boolean' ? value : text;
  } catch {
    return text;
  }
}

function explain(error: ErrorObject, origins: ExpandedFile['origins']): string {
  const key = error.instancePath.slice(1).replaceAll('/', '.');
  const where = key === '' ? 'the file' : key;
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const unknown = String(params['additionalProperty']);
    const path = key === '' ? unknown : `${key}.${unknown}`;
    return `unknown key ${path}${didYouMean(unknown, knownKeys(error))}`;
  }
  if (error.keyword === 'required') return `${where} lacks the key ${String(params['missingProperty'])}`;
  const [reference] = origins.get(key)?.references ?? [];
  const found = reference === undefined ? JSON.stringify(error.data) : `what ${reference} holds`;
  if (error.keyword === 'enum') {
    const allowed = (params['allowedValues'] as unknown[]).map(String);
    const near = reference === undefined ? didYouMean(String(error.data), allowed) : '';
    return `${where} is ${found}, expected is one of ${allowed.join(', ')}${near}`;
  }
  return `${where} ${error.message ?? 'is wrong'}, found ${found}`;
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
