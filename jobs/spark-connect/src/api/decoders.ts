/** Decides in which form a result is given: rows, columns, or Arrow as it came. */
import { rowsOf } from '../rows/arrow.ts';
import { ColumnBatch } from '../rows/column-batch.ts';
import { assertDistinctInColumns, assertDistinctNames } from '../plan/distinct-names.ts';
import type { RowFormat, ValueFormat } from '../rows/row.ts';
import { SparkError } from '../errors.ts';
import type { Decoder } from './results.ts';

const FORMATS: Readonly<Record<keyof RowFormat, readonly string[]>> = {
  rows: ['objects', 'arrays'],
  timestamps: ['dates', 'text'],
  bigints: ['bigints', 'numbers'],
};

/** @throws SparkError `usage` for a form that there is not */
function assertFormat(format: RowFormat): void {
  for (const [name, known] of Object.entries(FORMATS)) {
    const given = format[name as keyof RowFormat];
    if (given !== undefined && !known.includes(given))
      throw new SparkError('usage', `"${given}" is no form of ${name}: ${known.join(', ')}.`);
  }
}

export function rowDecoder({ rows, timestamps, bigints }: RowFormat = {}): Decoder<unknown[]> {
  const format = { rows, timestamps, bigints };
  assertFormat(format);
  return {
    batch: (whole) => {
      const decoded = rowsOf(whole, format);
      return decoded.length === 0 ? undefined : decoded;
    },
    schema: rows === 'arrays' ? assertDistinctInColumns : assertDistinctNames,
  };
}

export function columnDecoder({ timestamps, bigints }: ValueFormat = {}): Decoder<ColumnBatch> {
  const format = { timestamps, bigints };
  assertFormat(format);
  return { batch: (whole) => new ColumnBatch(whole, format), schema: assertDistinctInColumns };
}

/** The bytes as they came, each batch a complete Arrow stream. */
export const arrowDecoder: Decoder<Uint8Array> = { batch: ({ data }) => data, schema: () => undefined };

export async function allRows(batches: AsyncIterable<readonly unknown[]>): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
}
