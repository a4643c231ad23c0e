/** The values of a configuration as a table for a person, a block for each file. */
import type { ConfigValue } from 'runtime';
import { textTable } from '../table.ts';

export function configText(values: readonly ConfigValue[]): string {
  const ofFiles = Map.groupBy(values, ({ file }) => file ?? 'environment');
  const rows = [...ofFiles].flatMap(([file, of]) => [
    [file, '', ''],
    ...of.map(({ key, value, origin }) => [`  ${key}`, valueText(value), origin]),
  ]);
  return textTable([['key', 'value', 'from'], ...rows], '');
}

/** A text as it is, so that it can be copied; an empty one so that it is seen. */
const valueText = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
