/** What a row of a result is, and in which forms a caller may ask for it. */

/** One row of a result: values by column name, in the order of the columns. */
export type Row = Record<string, unknown>;

/** How values of types that JavaScript has no exact twin of are given. */
export interface ValueFormat {
  /** TIMESTAMP: `dates` (milliseconds) unless said; `text` as `2019-11-29T01:02:03.456789Z`, with all microseconds. */
  readonly timestamps?: 'dates' | 'text' | undefined;
  /** BIGINT: `bigints` unless said; `numbers`, where one beyond 2^53 is an error with code `usage`. */
  readonly bigints?: 'bigints' | 'numbers' | undefined;
}

export interface RowFormat extends ValueFormat {
  /** `objects` by name unless said; `arrays` in the order of the columns, of which two may have one name. */
  readonly rows?: 'objects' | 'arrays' | undefined;
}
