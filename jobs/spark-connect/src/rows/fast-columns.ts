/** Reads columns of the types that most results hold straight from their bytes, where that gives the same values sooner. */
import { isAscii } from 'node:buffer';
import { type Batch, DateUnit, Type } from '@uwdata/flechette';
import type { ValueFormat } from './row.ts';
import { dateText, decimalDigits } from '../plan/values.ts';

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
  [Type.Timestamp]: instants,
  [Type.Date]: dates,
  [Type.Decimal]: decimals,
  [Type.Int]: longs,
};

/** A longer piece of a text is not copied by the engine: it would keep the text of the whole column in memory. */
const MAX_COPIED_LENGTH = 12;

/** ASCII only: there a byte is a character, so the whole column is decoded at once. */
function texts({ values, offsets, length }: Batch<unknown>): Read | undefined {
  if (!(offsets instanceof Int32Array) || !(values instanceof Uint8Array)) return undefined;
  const first = offsets[0] ?? 0;
  const bytes = values.subarray(first, offsets[length]);
  if (!isAscii(bytes)) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
    const micros = wholeNumber(words, 2 * index);
    const rest = micros % MICROS_PER_MS;
    // Rounded down, by whole numbers: a quotient might be rounded up.
    return new Date((micros - (rest < 0 ? rest + MICROS_PER_MS : rest)) / MICROS_PER_MS);
  };
}

function longs({ values, length }: Batch<unknown>, { bigints }: ValueFormat): Read | undefined {
  if (bigints !== 'numbers' || !(values instanceof BigInt64Array)) return undefined;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  return areExact(words, length, 2) ? (index) => wholeNumber(words, 2 * index) : undefined;
}

/** Most results hold few different days, and a text costs as much as all the rest of a row. */
const knownDays = new Map<number, string>();
const MAX_KNOWN_DAYS = 50_000;

function dates({ values, type }: Batch<unknown>): Read | undefined {
  if (type.typeId !== Type.Date || type.unit !== DateUnit.DAY || !(values instanceof Int32Array)) return undefined;
  return (index) => {
    const days = values[index] as number;
    const known = knownDays.get(days);
    if (known !== undefined) return known;
    if (knownDays.size >= MAX_KNOWN_DAYS) knownDays.clear();
    const text = dateText(days);
    knownDays.set(days, text);
    return text;
  };
}

function decimals({ values, type, length }: Batch<unknown>): Read | undefined {
  if (type.typeId !== Type.Decimal || type.bitWidth !== 128 || !(values instanceof BigUint64Array)) return undefined;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  if (!areExact(words, length, 4)) return undefined;
  const { scale } = type;
  return (index) => {
    const unscaled = wholeNumber(words, 4 * index);
    return decimalDigits(unscaled < 0, String(Math.abs(unscaled)), scale);
  };
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
