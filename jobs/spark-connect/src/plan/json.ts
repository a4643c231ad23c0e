/** Metadata of a column as the JSON text that a plan carries. */
import { SparkError } from '../errors.ts';

/** @throws SparkError `usage` for what JSON cannot hold */
export function jsonOf(metadata: object): string {
  try {
    if (!Array.isArray(metadata)) return JSON.stringify(metadata);
  } catch (cause) {
    throw new SparkError('usage', 'The metadata of a column must be JSON: it has no bigint and no circle.', { cause });
  }
  throw new SparkError('usage', 'The metadata of a column is an object, not a list.');
}
