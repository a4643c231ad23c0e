/** The named checks: text of a field to a column that is true where the check is broken. Null text passes, unless it is asked for. */
import type { Column } from 'spark-connect';
import { isDate } from '../plan/values/date.ts';
import { isDuration, isUnknownDuration } from '../plan/values/duration.ts';
import { decodeEntities } from '../plan/values/entities.ts';
import { isBlank } from '../plan/values/text.ts';

export const checks: Readonly<Record<string, (text: Column) => Column>> = {
  not_blank: isBlank,
  // Splitting, decoding and trimming line by line leaves nothing exactly when decoding and trimming the whole leaves nothing.
  has_lines: (text) => isBlank(decodeEntities(text)),
  iso_duration: (text) => isDuration(text).not(),
  iso_date: (text) => isDate(text).not(),
  known_text: (text) => text.isNull().or(isBlank(decodeEntities(text))),
  known_duration: (text) => text.isNull().or(isUnknownDuration(text)),
};
