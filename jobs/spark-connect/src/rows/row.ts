/** One row of a result: values by column name, in the order of the columns. */
export type Row = Record<string, unknown>;
