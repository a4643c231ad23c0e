/** Conversions of an event's texts into the columns of the table: the `as` of schema/schemas.yml. */
import { type Column, functions as F } from 'spark-connect';
import { toDate } from './values/date.ts';
import { durationSeconds } from './values/duration.ts';
import { decodeEntities } from './values/entities.ts';
import { toLines } from './values/lines.ts';
import { emptyToNull, trim } from './values/text.ts';

/** From the one or two columns named by `from` to the table's column; null where the text says nothing, or nothing valid. */
type Conversion = (first: Column, second: Column) => Column;

export const conversions: Readonly<Record<string, Conversion>> = {
  trimmed: (text) => emptyToNull(trim(text)),
  text: (text) => emptyToNull(trim(decodeEntities(text))),
  lines: toLines,
  seconds: durationSeconds,
  sum: (first, second) => F.coalesce(first.plus(second), first, second),
  date: toDate,
  event: (event) => event,
};
