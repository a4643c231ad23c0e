/** How values of Spark's types look in JavaScript, given the numbers that travel on the wire. */

export const MS_PER_DAY = 86_400_000;
export const MICROS_PER_MS = 1_000n;
const MICROS_PER_DAY = 86_400_000_000n;

/** A DATE: days since 1970-01-01 -> `YYYY-MM-DD`; years outside 0..9999 have a sign and six digits, as in ISO 8601. */
export function dateText(days: number): string {
  return new Date(days * MS_PER_DAY).toISOString().split('T')[0] as string;
}

/** A TIMESTAMP: microseconds since the epoch -> Date, rounded down to milliseconds. */
export function timestampDate(micros: bigint): Date {
  return new Date(Number(floorDivide(micros, MICROS_PER_MS)));
}

/** A TIMESTAMP: microseconds since the epoch -> `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`, without trailing zeros. */
export function timestampText(micros: bigint): string {
  return `${localTimestampText(micros)}Z`;
}

/** A TIMESTAMP_NTZ: local microseconds since 1970-01-01T00:00 -> `YYYY-MM-DDTHH:MM:SS[.ffffff]`; it names no instant, so it is no Date. */
export function localTimestampText(micros: bigint): string {
  const days = floorDivide(micros, MICROS_PER_DAY);
  return `${dateText(Number(days))}T${timeText((micros - days * MICROS_PER_DAY) * 1_000n)}`;
}

/** A TIME: nanoseconds since midnight -> `HH:MM:SS[.fffffffff]`, without trailing zeros. */
export function timeText(nanos: bigint): string {
  const seconds = Number(nanos / 1_000_000_000n);
  const fraction = (nanos % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

/** A DECIMAL: unscaled value and scale -> exact text with all digits of the scale, such as `-1.50`. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return (unscaled * 10n ** BigInt(-scale)).toString();
  const isNegative = unscaled < 0n;
  return decimalDigits(isNegative, (isNegative ? -unscaled : unscaled).toString(), scale);
}

/** @param digits of the unscaled value, without a sign. @param scale how many of them stand behind the point, 0 or more */
export function decimalDigits(isNegative: boolean, digits: string, scale: number): string {
  const sign = isNegative ? '-' : '';
  if (scale === 0) return sign + digits;
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
