/** The named checks of schemas.yml in plain TypeScript. */
import { isDay } from './dates.ts';
import { readDuration } from './durations.ts';
import { decodeEntities, isBlank, toLines } from './text.ts';

/** Says whether a value breaks the check; undefined stands for a missing value. */
export type Check = (value: string | undefined) => boolean;

const CHECKS: ReadonlyMap<string, Check> = new Map([
  ['not_blank', (value) => value !== undefined && isBlank(value)],
  ['has_lines', (value) => value !== undefined && toLines(value).length === 0],
  ['iso_duration', (value) => value !== undefined && readDuration(value).kind === 'malformed'],
  ['fixed_duration', (value) => value !== undefined && readDuration(value).kind === 'not_fixed'],
  ['iso_date', (value) => value !== undefined && !isBlank(value) && !isDay(value.trim())],
  ['known_text', (value) => value === undefined || isBlank(decodeEntities(value))],
  ['known_duration', (value) => value === undefined || readDuration(value).kind === 'unknown'],
] satisfies [string, Check][]);

/** Throws for a check that the oracle does not know, so that no new rule goes untested. */
export function checkNamed(name: string): Check {
  const check = CHECKS.get(name);
  if (check === undefined) throw new Error(`The oracle has no check "${name}": add it to oracle-checks.ts.`);
  return check;
}
