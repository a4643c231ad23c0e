/** A batch of a result by its columns: numbers as they came, without a copy of each. */
import { type Column, Type } from '@uwdata/flechette';
import { tableOf } from './arrow.ts';
import type { WholeBatch } from './batches.ts';
import { columnReader } from './column-values.ts';
import type { Read } from './fast-columns.ts';
import type { ValueFormat } from './row.ts';
import { SparkError } from '../errors.ts';

/** The values of a column without nulls whose type is that of a typed array. */
export type ColumnValues =
  Int8Array | Int16Array | Int32Array | BigInt64Array | Float32Array | Float64Array | unknown[];

const NUMBERS = new Set<number>([Type.Int, Type.Float]);

/** Its memory is its own, so it may be kept. Not in PySpark. */
export class ColumnBatch {
  /** How many rows. */
  readonly rowCount: number;
  /** Of the columns, in their order. */
  readonly names: readonly string[];
  readonly #columns: readonly Column<unknown>[];
  readonly #format: ValueFormat;

  /** Made by `columnBatches`, not by callers. */
  constructor({ data, rowCount }: WholeBatch, format: ValueFormat = {}) {
    // A copy where the bytes begin on no border of eight: the values are read in place.
    const table = tableOf(data.byteOffset % 8 === 0 ? data : new Uint8Array(data));
    this.names = table.names;
    this.rowCount = this.names.length === 0 ? (rowCount ?? 0) : table.numRows;
    this.#columns = this.names.map((_, index) => table.getChildAt(index));
    this.#format = format;
  }

  /**
   * TINYINT to BIGINT, FLOAT and DOUBLE without a null as a typed array over the bytes that came; all else as an array of
   * the values that rows have. Not in PySpark.
   * @param column its name, or its position from 0 where names are not distinct
   * @throws SparkError `usage` for a column that is not there
   */
  column(column: string | number): ColumnValues {
    const index = typeof column === 'number' ? column : this.names.indexOf(column);
    const found = this.#columns[index];
    if (found === undefined)
      throw new SparkError('usage', `There is no column ${JSON.stringify(column)}: ${this.names.join(', ')}.`);
    return plainNumbers(found, this.#format) ?? valuesOf(columnReader(found, this.#format), this.rowCount);
  }
}

function valuesOf(read: Read, count: number): unknown[] {
  const values: unknown[] = [];
  for (let row = 0; row < count; row++) values.push(read(row));
  return values;
}

function plainNumbers({ type, data }: Column<unknown>, { bigints }: ValueFormat): ColumnValues | undefined {
  const [batch] = data;
  if (!NUMBERS.has(type.typeId) || data.length !== 1 || batch === undefined || batch.nullCount > 0) return undefined;
  const { values, length } = batch;
  if (values instanceof BigInt64Array && bigints === 'numbers') return undefined;
  // The bytes of a column may be followed by others that fill it up.
  return (values as Exclude<ColumnValues, unknown[]>).subarray(0, length);
}
