/** One column of an Arrow batch to the values that rows hold. */
import { type Column, type DataType, type Field, Type } from '@uwdata/flechette';
import { fastReader, type Read } from './fast-columns.ts';
import type { Row } from './row.ts';
import { dateText, decimalText, localTimestampText, MS_PER_DAY, timestampDate, timeText } from '../plan/values.ts';

type Convert = (value: unknown) => unknown;

/** Reads the values of a column as this client gives them. */
export function columnReader(column: Column<unknown>): Read {
  const [batch] = column.data;
  const fast = batch !== undefined && column.data.length === 1 ? fastReader(batch) : undefined;
  if (fast !== undefined) return fast;
  const values = column.toArray();
  const convert = converter(column.type);
  if (convert === undefined) return (index) => values[index];
  return (index) => {
    const value: unknown = values[index];
    return value === null ? null : convert(value);
  };
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
