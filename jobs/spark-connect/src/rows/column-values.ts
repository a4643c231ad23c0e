/** One column of an Arrow batch to the values that rows hold; one with others inside is read through them. */
import { type Batch, Column, type DataType, Type } from '@uwdata/flechette';
import { fastReader, type Read } from './fast-columns.ts';
import type { Row, ValueFormat } from './row.ts';
import { SparkError } from '../errors.ts';
import {
  dateText,
  decimalText,
  localTimestampText,
  MS_PER_DAY,
  timestampDate,
  timestampText,
  timeText,
} from '../plan/values.ts';

type Convert = (value: unknown) => unknown;

/** Reads the values of a column as this client gives them. */
export function columnReader(column: Column<unknown>, format: ValueFormat = {}): Read {
  const [batch] = column.data;
  const direct =
    batch !== undefined && column.data.length === 1
      ? (fastReader(batch, format) ?? nestedReader(batch, format))
      : undefined;
  if (direct !== undefined) return direct;
  const values = column.toArray();
  const convert = converter(column.type, format);
  if (convert === undefined) return (index) => values[index];
  return (index) => {
    const value: unknown = values[index];
    return value === null ? null : convert(value);
  };
}

/** Undefined where the extracted value already is what we give. */
function converter(type: DataType, { timestamps, bigints }: ValueFormat): Convert | undefined {
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
      if (type.timezone === null) return (value) => localTimestampText(value as bigint);
      return timestamps === 'text'
        ? (value) => timestampText(value as bigint)
        : (value) => timestampDate(value as bigint);
    case Type.Int:
      return bigints === 'numbers' && type.bitWidth === 64 ? (value) => exactNumber(value as bigint) : undefined;
    case Type.Time:
      return (value) => timeText(BigInt(value as bigint | number));
    case Type.Interval:
      return intervalConverter;
    default:
      return undefined;
  }
}

/** @throws SparkError `usage` for one that a number would round */
function exactNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new SparkError('usage', `The BIGINT ${value} does not fit a number: ask for bigints, or cast its column.`);
}

/** Months as a number stay; months, days and nanoseconds become what a literal of the type gives. */
function intervalConverter(value: unknown): unknown {
  if (typeof value === 'number') return value;
  const [months = 0, days = 0, nanos = 0] = value as ArrayLike<number> as number[];
  return { months, days, micros: BigInt(Math.round(nanos / 1_000)) };
}

/** Undefined for a type without others inside. */
function nestedReader(batch: Batch<unknown>, format: ValueFormat): Read | undefined {
  const read = NESTED[batch.type.typeId]?.(batch, format);
  if (read === undefined || batch.nullCount === 0) return read;
  return (index) => (batch.isValid(index) ? read(index) : null);
}

/** Each gives the value at an index that is no null. */
const NESTED: Readonly<Record<number, (batch: Batch<unknown>, format: ValueFormat) => Read>> = {
  [Type.List]: listReader,
  [Type.LargeList]: listReader,
  [Type.Map]: mapReader,
  [Type.Struct]: structReader,
};

const childReaders = ({ children }: Batch<unknown>, format: ValueFormat): Read[] =>
  (children as Batch<unknown>[]).map((child) => columnReader(new Column([child]), format));

/** From the first element of an index to before that of the next. */
const rangeOf = ({ offsets }: Batch<unknown>, index: number): readonly [from: number, to: number] => [
  Number(offsets[index]),
  Number(offsets[index + 1]),
];

function listReader(batch: Batch<unknown>, format: ValueFormat): Read {
  const [read] = childReaders(batch, format) as [Read];
  return (index) => {
    const [from, to] = rangeOf(batch, index);
    const list: unknown[] = [];
    for (let at = from; at < to; at++) list.push(read(at));
    return list;
  };
}

function mapReader(batch: Batch<unknown>, format: ValueFormat): Read {
  const [entries] = batch.children as [Batch<unknown>];
  const [key, value] = childReaders(entries, format) as [Read, Read];
  return (index) => {
    const [from, to] = rangeOf(batch, index);
    const map = new Map<unknown, unknown>();
    for (let at = from; at < to; at++) map.set(key(at), value(at));
    return map;
  };
}

function structReader(batch: Batch<unknown>, format: ValueFormat): Read {
  const { type } = batch;
  const names = type.typeId === Type.Struct ? type.children.map(({ name }) => name) : [];
  const fields = childReaders(batch, format).map((read, at) => [names[at] as string, read] as const);
  // A name such as `__proto__` is a name like any other here.
  if (names.includes('__proto__'))
    return (index) => Object.fromEntries(fields.map(([name, read]) => [name, read(index)]));
  return (index) => {
    const object: Row = {};
    for (const [name, read] of fields) object[name] = read(index);
    return object;
  };
}
