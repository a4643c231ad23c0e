/** The shape of the table of ways to break a line. */
import type { Entry, FieldValue } from './json-writer.ts';
import type { Random } from 'spark-connect/testing/random';

export interface Way {
  readonly name: string;
  /** `rule:field`, or `rule` where the whole line is meant: exactly these, in the order of the quarantine. */
  readonly breaks: readonly [string, ...string[]];
  /** Every one is a line of its own kind; days go round among them. */
  readonly variants: readonly [Breaker, ...Breaker[]];
}

/** Makes the broken line (without its LF) from the fields of a clean one. */
export type Breaker = (entries: readonly Entry[], random: Random) => string | Uint8Array;

/** A way whose lines still are JSON objects: each variant changes the fields. */
export type FieldChange = (entries: readonly Entry[]) => readonly Entry[];

/** Sets a field, also one that the clean line lacks. */
export function set(entries: readonly Entry[], name: string, value: FieldValue): Entry[] {
  const found = entries.some(([field]) => field === name);
  return found ? entries.map((entry) => (entry[0] === name ? [name, value] : entry)) : [...entries, [name, value]];
}
