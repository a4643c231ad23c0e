/** A range of days, open at either end, and runs of days that follow each other. */
import { intervalOf, type LogicalDate } from '../logical-date.ts';

export interface DateRange {
  /** The first day. */
  readonly from?: LogicalDate | undefined;
  /** The last day. */
  readonly to?: LogicalDate | undefined;
}

/** `--from 2019-11-28 --to 2019-11-30` */
export const rangeFlags = (first: LogicalDate, last: LogicalDate): string => `--from ${first.iso} --to ${last.iso}`;

/** Splits items wherever a day is left out or the kind changes. @param items oldest first */
export function consecutive<T extends { readonly date: LogicalDate; readonly kind: string }>(
  items: readonly T[],
): { readonly kind: T['kind']; readonly first: LogicalDate; readonly last: LogicalDate }[] {
  const runs: { kind: T['kind']; first: LogicalDate; last: LogicalDate }[] = [];
  for (const { date, kind } of items) {
    const run = runs.at(-1);
    if (run !== undefined && run.kind === kind && follows(run.last, date)) run.last = date;
    else runs.push({ kind, first: date, last: date });
  }
  return runs;
}

const follows = (before: LogicalDate, after: LogicalDate): boolean =>
  intervalOf(before).end.toMillis() === intervalOf(after).start.toMillis();
