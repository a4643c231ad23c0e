/** Decides which texts are days: exactly YYYY-MM-DD, and the day exists (luxon knows the calendar). */
import { DateTime } from 'luxon';

const FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export function isDay(text: string): boolean {
  if (!FORM.test(text)) return false;
  const day = DateTime.fromISO(text, { zone: 'utc' });
  return day.isValid && day.year >= 1;
}

/** Conversion `date`: the day as YYYY-MM-DD, blank and missing are null. */
export function toDate(value: string | undefined): string | null {
  return value?.trim() || null;
}
