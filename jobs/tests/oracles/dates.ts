/** Decides which texts are days: YYYY-MM-DD, alone or with a time behind it, and the day exists (luxon knows the calendar). */
import { DateTime } from 'luxon';

/** ISO 8601, extended format. luxon takes more: week dates, the basic format, hour 24, any offset. */
const TIME = '[0-9]{2}(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?';
const OFFSET = 'Z|[-+](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?';
const FORM = new RegExp(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T(?!24)${TIME}(?:${OFFSET})?)?$`);

export function isDay(text: string): boolean {
  if (!FORM.test(text)) return false;
  const day = DateTime.fromISO(text, { setZone: true });
  return day.isValid && day.year >= 1;
}

/** Conversion `date`: the day as it is written, as YYYY-MM-DD; what is no day is null. */
export function toDate(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  return isDay(text) ? text.slice(0, 10) : null;
}
