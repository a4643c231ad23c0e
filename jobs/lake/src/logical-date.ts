/** The logical date of a run: one calendar day in UTC. */
import { DateTime, Interval } from 'luxon';
import { LakeError } from './failure.ts';

export interface LogicalDate {
  /** `2019-11-29` */
  readonly iso: string;
  /** `2019` */
  readonly year: string;
  /** `11` */
  readonly month: string;
  /** `29` */
  readonly day: string;
}

/** @throws LakeError usage where the text is not a day such as 2019-11-29 */
export function parseLogicalDate(text: string): LogicalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null || !DateTime.fromISO(text, { zone: 'utc' }).isValid) {
    throw new LakeError('usage', `--date ${JSON.stringify(text)} is not a day of the calendar; write it as 2019-11-29`);
  }
  const [iso, year, month, day] = match as unknown as [string, string, string, string];
  return { iso, year, month, day };
}

/** The day's half-open interval: from midnight UTC to the next. */
export function intervalOf(date: LogicalDate): Interval<true> {
  const start = DateTime.fromISO(date.iso, { zone: 'utc' });
  return Interval.after(start, { days: 1 }) as Interval<true>;
}

export function hasEnded(date: LogicalDate, now: Date): boolean {
  return intervalOf(date).end.toMillis() <= now.getTime();
}

/** The days from first to last, both included, oldest first. */
export function daysBetween(first: LogicalDate, last: LogicalDate): LogicalDate[] {
  const span = Interval.fromDateTimes(intervalOf(first).start, intervalOf(last).end);
  return span.splitBy({ days: 1 }).map((day) => parseLogicalDate(String(day.start?.toISODate())));
}
