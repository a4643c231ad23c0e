/** The named checks: true where the check is broken. A missing text passes, unless it is asked for. */
import { type Column, functions as F } from 'spark-connect';
import { isDuration, isUnknownDuration } from '../plan/values/duration.ts';
import { isBlank } from '../plan/values/text.ts';

/** What a field says, converted as the table's columns are. */
type Converted = (as: string) => Column;

export interface Check {
  /** The conversions that it looks at. */
  readonly needs: readonly string[];
  /** @param text of the field, null where it is missing */
  readonly broken: (text: Column, converted: Converted) => Column;
}

export const checks: Readonly<Record<string, Check>> = {
  not_blank: {
    needs: ['trimmed'],
    broken: (text, converted) => text.isNotNull().and(converted('trimmed').isNull()),
  },
  has_lines: { needs: ['lines'], broken: (_text, converted) => F.size(converted('lines')).eq(0) },
  iso_duration: {
    needs: ['seconds'],
    broken: (text, converted) =>
      converted('seconds')
        .isNull()
        .and(isUnknownDuration(text).or(isDuration(text)).not()),
  },
  fixed_duration: {
    needs: ['seconds'],
    broken: (text, converted) => converted('seconds').isNull().and(isDuration(text)),
  },
  iso_date: {
    needs: ['date'],
    broken: (text, converted) => converted('date').isNull().and(isBlank(text).not()),
  },
  known_text: { needs: ['text'], broken: (_text, converted) => converted('text').isNull() },
  known_duration: { needs: ['seconds'], broken: (_text, converted) => converted('seconds').isNull() },
};
