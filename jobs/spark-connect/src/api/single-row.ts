/** What an action makes of the one row that its plan gives. */
import { SparkError } from '../errors.ts';
import type { Row } from '../rows/row.ts';

/** @throws SparkError `protocol` where there is no row */
export function countOf([row = {}]: readonly Row[]): bigint {
  const [count] = Object.values(row);
  if (typeof count !== 'bigint') throw new SparkError('protocol', 'The server answered a count without a count.');
  return count;
}

export function textOf([row = {}]: readonly Row[]): string {
  return Object.values(row).join('');
}
