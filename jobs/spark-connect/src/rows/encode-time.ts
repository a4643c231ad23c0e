/** Decides which days, moments and times of day a value stands for; undefined for none. */
import { dateText, MICROS_PER_MS, MS_PER_DAY } from '../plan/values.ts';

const MICROS_PER_SECOND = 1_000_000n;
const NANOS_PER_MICRO = 1_000n;
const DAY = String.raw`(\d{4}-\d{2}-\d{2})`;
const CLOCK = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?`;
const TIME = new RegExp(`^${CLOCK}$`);
const LOCAL = new RegExp(`^${DAY}[T ]${CLOCK}$`);
const MOMENT = new RegExp(`^${DAY}[T ]${CLOCK}(Z|[+-]\\d{2}:\\d{2})$`);

/** `2019-11-29` to days since 1970. */
export function days(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const day = Date.parse(`${value}T00:00:00Z`) / MS_PER_DAY;
  // The 30th of February parses to a day of March.
  return Number.isInteger(day) && dateText(day) === value ? day : undefined;
}

/** A Date, or text with its zone, to microseconds since 1970. */
export function micros(value: unknown): bigint | undefined {
  if (typeof value === 'string') return momentMicros(value);
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  return BigInt(value.getTime()) * MICROS_PER_MS;
}

/** Text without a zone to microseconds since 1970 on a clock that knows none. */
export function localMicros(value: unknown): bigint | undefined {
  const match = typeof value === 'string' ? LOCAL.exec(value) : null;
  return match === null ? undefined : sum(days(match[1]), clockMicros(match.slice(2)));
}

/** Text of a clock to nanoseconds since midnight. */
export function nanosOfDay(value: unknown): bigint | undefined {
  const match = typeof value === 'string' ? TIME.exec(value) : null;
  const time = match === null ? undefined : clockMicros(match.slice(1));
  return time === undefined ? undefined : time * NANOS_PER_MICRO;
}

function momentMicros(text: string): bigint | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const local = sum(days(match[1]), clockMicros(match.slice(2, 6)));
  const offset = offsetMicros(match[6] as string);
  return local === undefined || offset === undefined ? undefined : local - offset;
}

function offsetMicros(zone: string): bigint | undefined {
  if (zone === 'Z') return 0n;
  const size = clockMicros([zone.slice(1, 3), zone.slice(4)]);
  return size !== undefined && zone.startsWith('-') ? -size : size;
}

function clockMicros([hours = '0', minutes = '0', seconds = '0', fraction = '']: readonly (string | undefined)[]):
  bigint | undefined {
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const whole = BigInt((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds));
  return whole * MICROS_PER_SECOND + BigInt(fraction.padEnd(6, '0'));
}

function sum(day: number | undefined, clock: bigint | undefined): bigint | undefined {
  if (day === undefined || clock === undefined) return undefined;
  return BigInt(day) * BigInt(MS_PER_DAY) * MICROS_PER_MS + clock;
}
