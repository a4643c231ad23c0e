/** Arrow IPC bytes of one batch to plain rows. */
import { type Field, type Table, tableFromIPC } from '@uwdata/flechette';
import type { WholeBatch } from './batches.ts';
import { columnReader } from './column-values.ts';
import { SparkError } from '../errors.ts';
import { assertDistinctIn } from '../plan/distinct-names.ts';
import type { Read } from './fast-columns.ts';
import type { Row, RowFormat } from './row.ts';
import { rowMaker } from './row-maker.ts';

const EXTRACTION = { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true };

/**
 * - numbers and strings as they are, BIGINT as bigint, DECIMAL as exact text, BINARY as Uint8Array
 * - DATE as `YYYY-MM-DD`, TIMESTAMP as Date (milliseconds), TIMESTAMP_NTZ and TIME as text
 * - ARRAY as array, MAP as Map, STRUCT as object
 * - year-month intervals as months, day-time intervals as microseconds (bigint)
 * @throws SparkError `usage` for two columns, or two fields of a struct, of one name; `protocol` for bytes that are no such batch
 */
export function rowsOf({ data, rowCount }: WholeBatch): Row[];
export function rowsOf({ data, rowCount }: WholeBatch, format: RowFormat): unknown[];
export function rowsOf({ data, rowCount }: WholeBatch, format: RowFormat = {}): unknown[] {
  const table = tableOf(aligned(data));
  const names = table.names;
  // Without a column nothing in the bytes says how many rows there are.
  const numRows = names.length === 0 ? (rowCount ?? 0) : table.numRows;
  if (rowCount !== undefined && numRows !== rowCount) {
    throw new SparkError('protocol', `A batch of ${rowCount} rows holds ${numRows}.`, { retryable: true });
  }
  const reader = (index: number): Read => columnReader(table.getChildAt(index), format);
  if (format.rows === 'arrays') {
    assertDistinctInside(table.schema.fields, []);
    return arrays(
      numRows,
      names.map((_, index) => reader(index)),
    );
  }
  assertDistinctFields(table.schema.fields);
  return rowMaker(names)(
    numRows,
    names.map((_, index) => reader(index)),
  );
}

/** @param data on a border of eight bytes: values are read in place */
export function tableOf(data: Uint8Array): Table {
  try {
    return tableFromIPC(data, EXTRACTION);
  } catch (cause) {
    throw new SparkError('protocol', 'A batch is no Arrow stream that this client can read.', { cause });
  }
}

function arrays(count: number, readers: readonly Read[]): unknown[][] {
  const rows: unknown[][] = [];
  for (let index = 0; index < count; index++) rows.push(readers.map((read) => read(index)));
  return rows;
}

/** For the batches of all results: their values are in rows before the next one is read. */
const scratch = new Uint8Array(2 * 1024 * 1024);

/** gRPC's bytes begin anywhere. */
function aligned(data: Uint8Array): Uint8Array {
  if (data.byteOffset % 8 === 0) return data;
  if (data.length > scratch.length) return new Uint8Array(data);
  scratch.set(data);
  return scratch.subarray(0, data.length);
}

function assertDistinctFields(fields: readonly Field[], path: readonly string[] = []): void {
  const names = fields.map(({ name }) => name);
  assertDistinctIn(names, path);
  assertDistinctInside(fields, path);
}

function assertDistinctInside(fields: readonly Field[], path: readonly string[]): void {
  for (const { name, type } of fields) {
    if ('children' in type) assertDistinctFields(type.children, [...path, name]);
  }
}
