/** Calendar dates as text: `2019-11-29`, alone or with a time behind it. */
import { type Column, functions as F } from 'spark-connect';
import { trim } from './text.ts';

/** ISO 8601, extended format: a date or a date-time. `\z`: Java's `$` also matches before a last line end. */
const ISO_DATE =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}' +
  '(T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?)?(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?)?\\z';

/** @returns the date as it is written, whatever its zone; null for what is blank or no date of the calendar from year 1 to 9999 */
export function toDate(text: Column): Column {
  const date = trim(text);
  return F.when(
    F.rlike(date, ISO_DATE).and(F.startsWith(date, F.lit('0000')).not()),
    F.tryToDate(F.substring(date, 1, 10)),
  );
}
