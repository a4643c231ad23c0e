/** Named aggregates that a server computes while it does something else with the rows. */
import { SparkError } from '../errors.ts';
import type { Row } from '../rows/row.ts';

/**
 * @example
 * const written = new Observation('written');
 * await frame.observe(written, { rows: F.count() }).write.format('parquet').save(folder);
 * written.values; // { rows: 484n }, or undefined where the server said nothing
 */
export class Observation {
  /** Unique among the observations of one plan. */
  readonly name: string;
  #values: Row | undefined;
  #error: SparkError | undefined;

  /** PySpark: `Observation`. @throws SparkError `usage` for an empty name */
  constructor(name: string) {
    if (name === '') throw new SparkError('usage', 'An observation needs a name.');
    this.name = name;
  }

  /**
   * What the last action over the observed frame gave. PySpark: `get`. Undefined before it, and where the server sent no values:
   * some sources and older servers send an empty answer, which means that the values are unknown, not that they are zero.
   * @throws SparkError `usage` where a value cannot be given: a struct with two fields of one name
   */
  get values(): Row | undefined {
    if (this.#error !== undefined) throw this.#error;
    return this.#values;
  }

  /** Called by the session, not by callers: forgets before an action, and keeps what it gave. Not in PySpark. */
  record(values: Row | undefined, error?: SparkError): void {
    this.#error = error;
    this.#values = values !== undefined && Object.keys(values).length > 0 ? values : undefined;
  }
}

/** Each once: both sides of a join may be observed by the same. */
export function allOf(first: readonly Observation[], second: readonly Observation[]): readonly Observation[] {
  return second.length === 0 ? first : [...new Set([...first, ...second])];
}
