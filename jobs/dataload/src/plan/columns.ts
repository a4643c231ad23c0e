/** Conversions of a judged event's texts into the columns of the table: the `as` of schema/schemas.yml. */
import { type Column, functions as F } from 'spark-connect';
import { toDate } from './values/date.ts';
import { durationSeconds } from './values/duration.ts';
import { decodeEntities } from './values/entities.ts';
import { emptyToNull, trim } from './values/text.ts';

/** From the one or two columns named by `from` to the table's column. */
type Conversion = (first: Column, second: Column) => Column;

export const conversions: Readonly<Record<string, Conversion>> = {
  trimmed: (text) => emptyToNull(trim(text)),
  text: (text) => emptyToNull(trim(decodeEntities(text))),
  lines: ingredientLines,
  seconds: durationSeconds,
  sum: (first, second) => F.coalesce(first.plus(second), first, second),
  date: toDate,
  event: (event) => event,
};

/** Split first, so that a decoded line end does not make a line; replacing is far cheaper than splitting by a pattern. */
function ingredientLines(text: Column): Column {
  const lineEnds = F.replace(F.replace(text, F.lit('\r\n'), F.lit('\n')), F.lit('\r'), F.lit('\n'));
  const lines = F.transform(F.split(lineEnds, F.lit('\n')), (line) => trim(decodeEntities(line)));
  return F.filter(lines, (line) => line.ne(''));
}
