/** The four files of an environment, with what variables and AWS say put in. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LakeError } from 'lake';
import type { AwsValues } from './aws/read-values.ts';
import { isReference, parseReference } from './aws/reference.ts';
import { expandValue } from './expand-value.ts';
import { CONFIG_SCHEMAS, type ConfigFile } from './schema.ts';
import type { Environment } from './variables.ts';
import { didYouMean, expandYaml, type ExpandedFile, validated } from './yaml-file.ts';

export interface LoadedFile extends ExpandedFile {
  readonly path: string;
}

/** Variables that are read beside the files. */
export const CREDENTIALS = ['KAFKA_USERNAME', 'KAFKA_PASSWORD', 'OPENLINEAGE_API_KEY'] as const;

const FILES = Object.keys(CONFIG_SCHEMAS) as ConfigFile[];

/** @returns each file as its schema describes it @throws LakeError config */
export function loadFiles(
  env: string,
  configsDir: string,
  variables: Environment,
  values: AwsValues,
): Readonly<Record<ConfigFile, LoadedFile>> {
  const valueOf = (reference: string): string => {
    const value = values.get(reference);
    if (value === undefined) throw new Error(`${reference} was not read from AWS`);
    return value;
  };
  const folder = folderOf(env, configsDir);
  const files = FILES.map((file) => {
    const path = join(folder, file);
    const expanded = expandYaml(path, CONFIG_SCHEMAS[file], (text) => expandValue(text, variables, valueOf));
    return [file, { ...expanded, path, content: validated(path, CONFIG_SCHEMAS[file], expanded) }];
  });
  return Object.fromEntries(files) as Record<ConfigFile, LoadedFile>;
}

/** @returns where each reference stands, by reference @throws LakeError config, also for one that is ill-formed */
export function referencePlaces(
  env: string,
  configsDir: string,
  variables: Environment,
): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const add = (reference: string, place: string): void =>
    void places.set(reference, [...(places.get(reference) ?? []), place]);
  const checked = (reference: string): string => {
    parseReference(reference);
    return reference;
  };
  const folder = folderOf(env, configsDir);
  for (const file of FILES) {
    const path = join(folder, file);
    const { origins } = expandYaml(path, CONFIG_SCHEMAS[file], (text) => expandValue(text, variables, checked));
    for (const [key, { references, variables: names }] of origins) {
      const through = names.length === 0 ? '' : ` (variable ${names.join(', ')})`;
      for (const reference of references) add(reference, `${path}: ${key}${through}`);
    }
  }
  for (const name of CREDENTIALS) {
    const value = variables[name] ?? '';
    if (isReference(value))
      add(
        refusing(`variable ${name}`, () => checked(value)),
        `variable ${name}`,
      );
  }
  return places;
}

function refusing(place: string, check: () => string): string {
  try {
    return check();
  } catch (cause) {
    throw new LakeError('config', `${place}: ${(cause as Error).message}`, { cause });
  }
}

/** @throws LakeError config where there is no such environment */
function folderOf(env: string, configsDir: string): string {
  const folder = join(configsDir, env);
  if (/^[A-Za-z0-9_-]+$/.test(env) && existsSync(folder)) return folder;
  const known = existsSync(configsDir) ? readdirSync(configsDir, { withFileTypes: true }) : [];
  const names = known.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  throw new LakeError(
    'config',
    `there is no environment ${JSON.stringify(env)} in ${configsDir}${didYouMean(env, names)}`,
  );
}
