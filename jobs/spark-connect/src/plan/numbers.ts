/** Decides which numbers a plan can hold: what does not fit is named here, not by whatever writes the message. */
import { SparkError } from '../errors.ts';

const MAX_INT = 2 ** 31 - 1;
const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);

/** @param what the argument, such as `limit`. @returns the number itself. @throws SparkError `usage` */
export function wholeNumber(what: string, value: number, least = 0): number {
  const fits = Number.isInteger(value) && value >= least && value <= MAX_INT;
  if (!fits)
    throw new SparkError('usage', `${what} must be a whole number from ${least} to ${MAX_INT}, not ${shown(value)}.`);
  return value;
}

/** @throws SparkError `usage` for what is no whole number of 64 bits */
export function longNumber(what: string, value: number | bigint): bigint {
  const long = typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (long === undefined || long > MAX_LONG || long < MIN_LONG)
    throw new SparkError('usage', `${what} must be a whole number of 64 bits, not ${shown(value)}.`);
  return long;
}

/** @throws SparkError `usage` for what is not from 0 to the most, 1 unless said */
export function fractionNumber(what: string, value: number, most = 1): number {
  if (typeof value === 'number' && value >= 0 && value <= most && value < Infinity) return value;
  throw new SparkError('usage', `${what} must be a number from 0 to ${most}, not ${shown(value)}.`);
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? `the text ${JSON.stringify(value)}` : String(value);
