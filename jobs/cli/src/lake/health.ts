/** Decides whether a lake is as it should be: what is lacking, one line each. */
import { type DayStatus, type LogicalDate, parseLogicalDate } from 'lake';
import { DateTime } from 'luxon';
import type { MissingDays } from 'watch';
import { faultRemarks, kafkaRemarks, missingLine } from './status-text.ts';

export interface Found {
  readonly days: readonly DayStatus[];
  readonly missing: readonly MissingDays[];
  /** Why Kafka could not be asked; null where it was, or need not be. */
  readonly kafkaProblem: string | null;
  /** What `clean` would remove, as a text; undefined where it would nothing. */
  readonly leftovers: string | undefined;
}

/**
 * @param expectedMinutes after midnight UTC, when the day before is expected
 * @returns the newest day that is expected by now
 */
export function newestExpected(now: Date, expectedMinutes: number): LogicalDate {
  const due = DateTime.fromJSDate(now, { zone: 'utc' }).minus({ days: 1, minutes: expectedMinutes });
  return parseLogicalDate(due.toFormat('yyyy-MM-dd'));
}

/** @returns nothing for a healthy lake */
export function lacksOf({ days, missing, kafkaProblem, leftovers }: Found): string[] {
  if (days.length === 0) return ['no day lies in the lake'];
  return [
    ...missing.filter(({ kind }) => kind !== 'not over').map(missingLine),
    ...days.flatMap(faultRemarks),
    ...kafkaRemarks(kafkaProblem),
    ...(leftovers === undefined ? [] : [leftovers]),
  ];
}
