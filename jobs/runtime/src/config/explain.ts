/** Every key of an environment with its value and where that is from, fit to be shown. */
import { CREDENTIALS, loadFiles } from './files.ts';
import type { Settings } from './read-config.ts';
import { BLANK, redactRemote, scrubTexts, secretsOf, SECRET_CONF, SECRET_VARIABLES } from './secrets.ts';
import type { Environment } from './variables.ts';
import type { ExpandedFile } from './yaml-file.ts';

export interface ConfigValue {
  /** Undefined for a variable beside the files. */
  readonly file: string | undefined;
  /** As in the file, with dots. */
  readonly key: string;
  /** Secrets are `***`. */
  readonly value: unknown;
  /** The file, `default`, `variable NAME`, a reference; several with ` + ` between them. */
  readonly origin: string;
}

/** @param given the variables before references in them were read @throws LakeError config */
export function explainConfig(
  { config, variables, values }: Settings,
  configsDir: string,
  given: Environment,
): ConfigValue[] {
  const secrets = secretsOf(config, variables);
  const files = Object.values(loadFiles(config.env, configsDir, given, values));
  const ofFiles = files.flatMap(({ path, written, content, origins }) =>
    leaves(content).map(({ key, value }) => {
      const { origin, isSecret } = originOf(key, { written, origins }, path);
      return { file: path, key, value: isSecret ? BLANK : scrubTexts(shown(key, value), secrets), origin };
    }),
  );
  const beside = CREDENTIALS.flatMap((name) => {
    const value = given[name];
    if (!value) return [];
    const isRead = values.has(value);
    const isSecret = isRead || SECRET_VARIABLES.includes(name);
    return [
      { file: undefined, key: name, value: isSecret ? BLANK : value, origin: isRead ? value : `variable ${name}` },
    ];
  });
  return [...ofFiles, ...beside];
}

function shown(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return key.startsWith('conf.') && SECRET_CONF.test(key) ? BLANK : redactRemote(value);
}

/** A list is one value, and so is a map without entries. */
function leaves(value: unknown, key = ''): { readonly key: string; readonly value: unknown }[] {
  const entries = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  if (entries.length === 0) return [{ key, value }];
  return entries.flatMap(([name, item]) => leaves(item, key === '' ? name : `${key}.${name}`));
}

function originOf(
  key: string,
  { written, origins }: Pick<ExpandedFile, 'written' | 'origins'>,
  path: string,
): { readonly origin: string; readonly isSecret: boolean } {
  if (!written.has(key)) return { origin: 'default', isSecret: false };
  const parts = [...origins].filter(([place]) => place === key || isItem(place, key)).map(([, part]) => part);
  const from = [...new Set(parts.flatMap((part) => part.origins))];
  return {
    origin: from.length === 0 ? path : from.join(' + '),
    isSecret: parts.some(({ references }) => references.length > 0),
  };
}

const isItem = (place: string, list: string): boolean =>
  place.startsWith(`${list}.`) && /^\d+$/.test(place.slice(list.length + 1));
