/** Arrow IPC bytes of one batch to plain rows. */
import { type Column, type DataType, type Field, type Table, tableFromIPC, Type } from '@uwdata/flechette';
import type { WholeBatch } from './batches.ts';
import { SparkError } from './errors.ts';
import type { Row } from './runner.ts';
import { dateText, decimalText, localTimestampText, timestampDate, timeText } from './values.ts';

const MS_PER_DAY = 86_400_000;
const EXTRACTION = { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true };

/**
 * - numbers and strings as they are, BIGINT as bigint, DECIMAL as exact text, BINARY as Uint8Array
 * - DATE as `YYYY-MM-DD`, TIMESTAMP as Date (milliseconds), TIMESTAMP_NTZ and TIME as text
 * - ARRAY as array, MAP as Map, STRUCT as object
 * - year-month intervals as months, day-time intervals as microseconds (bigint)
 * @throws SparkError `usage` for two columns of one name, `protocol` for bytes that are no such batch
 */
export function rowsOf({ data, rowCount }: WholeBatch): Row[] {
  const table = tableOf(data);
  const { numRows } = table;
  if (rowCount !== undefined && numRows !== rowCount) {
    throw new SparkError('protocol', `A batch of ${rowCount} rows holds ${numRows}.`, { retryable: true });
  }
  const names = table.names;
  assertDistinct(names);
  const columns = names.map((_, index) => valuesOf(table.getChildAt(index)));
  const rows: Row[] = Array.from({ length: numRows });
  for (let index = 0; index < numRows; index++) rows[index] = objectOf(names, columns, index);
  return rows;
}

function tableOf(data: Uint8Array): Table {
  // Values are read in place, eight bytes at a time, so the bytes must begin on such a border; gRPC's do not.
  const aligned = data.byteOffset % 8 === 0 ? data : new Uint8Array(data);
  try {
    return tableFromIPC(aligned, EXTRACTION);
  } catch (cause) {
    throw new SparkError('protocol', 'A batch is no Arrow stream that this client can read.', { cause });
  }
}

function objectOf(names: readonly string[], columns: readonly ArrayLike<unknown>[], index: number): Row {
  const row: Row = {};
  for (let column = 0; column < names.length; column++) {
    const name = names[column] as string;
    const value = columns[column]?.[index];
    if (name === '__proto__')
      Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true });
    else row[name] = value;
  }
  return row;
}

function assertDistinct(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new SparkError(
      'usage',
      `The result has two columns named "${twice}": give one of them another name by as().`,
    );
  }
}

type Convert = (value: unknown) => unknown;

function valuesOf(column: Column<unknown>): ArrayLike<unknown> {
  const values = column.toArray();
  const convert = converter(column.type);
  if (convert === undefined) return values;
  return Array.from(values, (value) => (value === null ? null : convert(value)));
}

/** Undefined where the extracted value already is what we give. */
function converter(type: DataType): Convert | undefined {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- every other type is given as it was extracted
  switch (type.typeId) {
    case Type.Binary:
    case Type.LargeBinary:
    case Type.FixedSizeBinary:
      // A copy, so that one value does not keep the whole message in memory.
      return (value) => new Uint8Array(value as Uint8Array);
    case Type.Decimal: {
      const { scale } = type;
      return (value) => decimalText(BigInt(value as bigint | number), scale);
    }
    case Type.Date:
      return (value) => dateText((value as number) / MS_PER_DAY);
    case Type.Timestamp:
      return type.timezone === null
        ? (value) => localTimestampText(value as bigint)
        : (value) => timestampDate(value as bigint);
    case Type.Time:
      return (value) => timeText(BigInt(value as bigint | number));
    case Type.Interval:
      return intervalConverter;
    case Type.List:
    case Type.LargeList: {
      const convert = orIdentity(converter(type.children[0].type));
      return (value) => Array.from(value as ArrayLike<unknown>, convert);
    }
    case Type.Map:
      return mapConverter(type.children[0].type);
    case Type.Struct:
      return structConverter(type.children);
    default:
      return undefined;
  }
}

function orIdentity(convert: Convert | undefined): Convert {
  return convert === undefined ? (value) => value : (value) => (value === null ? null : convert(value));
}

/** Months as a number stay; months, days and nanoseconds become what a literal of the type gives. */
function intervalConverter(value: unknown): unknown {
  if (typeof value === 'number') return value;
  const [months = 0, days = 0, nanos = 0] = value as ArrayLike<number> as number[];
  return { months, days, micros: BigInt(Math.round(nanos / 1_000)) };
}

function mapConverter(entries: DataType): Convert {
  const [key, value] = entries.typeId === Type.Struct ? entries.children : [];
  const convertKey = orIdentity(key && converter(key.type));
  const convertValue = orIdentity(value && converter(value.type));
  return (pairs) => new Map((pairs as [unknown, unknown][]).map(([k, v]) => [convertKey(k), convertValue(v)]));
}

function structConverter(fields: readonly Field[]): Convert | undefined {
  const converted = fields.flatMap(({ name, type }) => {
    const convert = converter(type);
    return convert === undefined ? [] : [{ name, convert }];
  });
  if (converted.length === 0) return undefined;
  return (struct) => {
    const object = struct as Row;
    for (const { name, convert } of converted) {
      const value = object[name];
      if (value !== null) object[name] = convert(value);
    }
    return object;
  };
}
