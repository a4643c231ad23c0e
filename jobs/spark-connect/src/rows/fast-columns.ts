/** Reads columns of the types that most results hold straight from their bytes, where that gives the same values sooner. */
import { isAscii } from 'node:buffer';
import { type Batch, DateUnit, Type } from '@uwdata/flechette';
import type { ValueFormat } from './row.ts';
import { dateText } from '../plan/values.ts';

const TWO_TO_32 = 4_294_967_296;
/** Of the upper half of 64 bits: below it a number holds every whole value. */
const MAX_HIGH = 2 ** 21;
const MICROS_PER_MS = 1_000;

/** Gives the value at an index. */
export type Read = (index: number) => unknown;

/** Undefined where there is no such way. */
export function fastReader(batch: Batch<unknown>, format: ValueFormat = {}): Read | undefined {
  const read = READERS[batch.type.typeId]?.(batch, format);
  if (read === undefined || batch.nullCount === 0) return read;
  return (index) => (batch.isValid(index) ? read(index) : null);
}

/** Each gives the value at an index that is no null. */
const READERS: Readonly<Record<number, (batch: Batch<unknown>, format: ValueFormat) => Read | undefined>> = {
  [Type.Utf8]: texts,
  [Type.LargeUtf8]: texts,
  [Type.Timestamp]: instants,
  [Type.Date]: dates,
  [Type.Decimal]: decimals,
  [Type.Int]: wholes,
  [Type.Float]: fractions,
};

/** A longer piece of a text is not copied by the engine: it would keep the text of the whole column in memory. */
const MAX_COPIED_LENGTH = 12;

/** Where all is ASCII a byte is a character, so the whole column is decoded at once. A mark of byte order is a character too. */
function texts({ values, offsets: given, length }: Batch<unknown>): Read | undefined {
  if (!(values instanceof Uint8Array)) return undefined;
  // Those of large texts have 64 bits.
  const offsets = given instanceof Int32Array ? given : Float64Array.from(given as Iterable<bigint>, Number);
  const first = offsets[0] ?? 0;
  const bytes = values.subarray(first, offsets[length]);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isAscii(bytes))
    return (index) =>
      buffer.toString('utf8', (offsets[index] as number) - first, (offsets[index + 1] as number) - first);
  const all = buffer.toString('latin1');
  return (index) => {
    const start = (offsets[index] as number) - first;
    const end = (offsets[index + 1] as number) - first;
    return end - start <= MAX_COPIED_LENGTH ? all.slice(start, end) : buffer.toString('latin1', start, end);
  };
}

function instants({ values, type, length }: Batch<unknown>, { timestamps }: ValueFormat): Read | undefined {
  if (timestamps === 'text') return undefined;
  if (type.typeId !== Type.Timestamp || type.timezone === null || !(values instanceof BigInt64Array)) return undefined;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  if (!areExact(words, length, 2)) return undefined;
  return (index) => {
    // Rounded down: up to 2^53 a quotient is a thousandth or more below the next whole number, and its error is less than that.
    return new Date(Math.floor(wholeNumber(words, 2 * index) / MICROS_PER_MS));
  };
}

/** Each kind of array has a reader of its own: an engine reads faster where it only ever sees one. */
function wholes({ values, length }: Batch<unknown>, { bigints }: ValueFormat): Read | undefined {
  if (values instanceof Int32Array) return (index) => values[index];
  if (!(values instanceof BigInt64Array)) return undefined;
  if (bigints !== 'numbers') return (index) => values[index];
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  return areExact(words, length, 2) ? (index) => wholeNumber(words, 2 * index) : undefined;
}

function fractions({ values }: Batch<unknown>): Read | undefined {
  return values instanceof Float64Array ? (index) => values[index] : undefined;
}

/** Texts of the days of 1900 to 2100, once they were asked for: each costs as much as all the rest of a row. */
let knownDays: (string | undefined)[] | undefined;
const FIRST_KNOWN_DAY = -25_567;
const KNOWN_DAYS = 73_414;

function dates({ values, type }: Batch<unknown>): Read | undefined {
  if (type.typeId !== Type.Date || type.unit !== DateUnit.DAY || !(values instanceof Int32Array)) return undefined;
  const known = (knownDays ??= Array.from({ length: KNOWN_DAYS }, () => undefined));
  return (index) => {
    const days = values[index] as number;
    const at = days - FIRST_KNOWN_DAY;
    return at >= 0 && at < KNOWN_DAYS ? (known[at] ??= dateText(days)) : dateText(days);
  };
}

function decimals({ values, type, length }: Batch<unknown>): Read | undefined {
  if (type.typeId !== Type.Decimal || type.bitWidth !== 128 || !(values instanceof BigUint64Array)) return undefined;
  const { scale } = type;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  if (scale < 0 || !areExact(words, length, 4)) return undefined;
  if (scale === 0) return (index) => String(wholeNumber(words, 4 * index));
  const unit = 10 ** scale;
  const fractionText = fractionTexts(scale);
  return (index) => {
    const unscaled = wholeNumber(words, 4 * index);
    const digits = Math.abs(unscaled);
    // The remainder of two numbers is exact, and so is the quotient without it.
    const fraction = digits % unit;
    const text = (digits - fraction) / unit + fractionText(fraction);
    return unscaled < 0 ? `-${text}` : text;
  };
}

/** Of prices and the like: as many different texts as there are cents. */
const MAX_TABLE_SCALE = 3;
const tables = new Map<number, readonly string[]>();

/** The text of a fraction of so many digits, with its point. */
function fractionTexts(scale: number): (fraction: number) => string {
  const textOf = (fraction: number): string => `.${String(fraction).padStart(scale, '0')}`;
  if (scale > MAX_TABLE_SCALE) return textOf;
  const table = tables.get(scale) ?? Array.from({ length: 10 ** scale }, (_, fraction) => textOf(fraction));
  tables.set(scale, table);
  return (fraction) => table[fraction] as string;
}

/** Whether every value, of as many 32-bit words, is a whole number that loses nothing; a null may hold anything. */
function areExact(words: Int32Array, count: number, width: number): boolean {
  for (let index = 0; index < count; index++) {
    const high = words[index * width + 1] as number;
    if (high >= MAX_HIGH || high < -MAX_HIGH) return false;
    for (let word = 2; word < width; word++) if (words[index * width + word] !== high >> 31) return false;
  }
  return true;
}

const wholeNumber = (words: Int32Array, at: number): number =>
  (words[at + 1] as number) * TWO_TO_32 + ((words[at] as number) >>> 0);
