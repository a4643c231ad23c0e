/** Calendar dates as text: `2019-11-29` and nothing else. */
import { type Column, functions as F } from 'spark-connect';
import { isBlank, trim } from './text.ts';

/** `\z`: Java's `$` also matches before a last line end. */
const ISO_DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}\\z';

/** @returns the date; null for what is blank or no date of the calendar from year 1 to 9999 */
export function toDate(text: Column): Column {
  const date = trim(text);
  return F.when(F.rlike(date, ISO_DATE).and(F.startsWith(date, F.lit('0000')).not()), F.tryToDate(date));
}

/** True where the text is a date of the calendar, or blank. */
export function isDate(text: Column): Column {
  return isBlank(text).or(toDate(text).isNotNull());
}
