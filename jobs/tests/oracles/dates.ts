/** Decides which texts are days: YYYY-MM-DD, alone or with a time behind it, and the day exists (luxon knows the calendar). */
import { DateTime } from 'luxon';

const FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T(?!24)[0-9:.,]+(?:Z|[-+](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?$/;
/** The extended format, never mixed with the basic one. */
const TIME = /T[0-9]{2}(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?(?:[-+Z]|$)/;

export function isDay(text: string): boolean {
  if (!FORM.test(text) || (text.includes('T') && !TIME.test(text))) return false;
  const day = DateTime.fromISO(text, { setZone: true });
  return day.isValid && day.year >= 1;
}

/** Conversion `date`: the day as it is written, as YYYY-MM-DD; what is no day is null. */
export function toDate(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  return isDay(text) ? text.slice(0, 10) : null;
}
