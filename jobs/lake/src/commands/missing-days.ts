/** Decides which days of a range are to be run again, and with which command. */
import { hasEnded, parseLogicalDate } from '../logical-date.ts';
import { consecutive, rangeFlags } from './date-range.ts';
import type { DayStatus } from './day-status.ts';

export type Lack = 'not loaded' | 'rejected' | 'nothing landed' | 'not over' | 'report missing' | 'report stale';

export interface MissingDays {
  readonly kind: Lack;
  readonly from: string;
  readonly to: string;
  /** Null where there is nothing to run yet. */
  readonly command: string | null;
  readonly advice: string;
}

const ADVICE: Readonly<Record<Lack, string>> = {
  'not loaded': 'landed, but not in the table',
  rejected: 'rejected by the audit: look at the findings, mend the input or the limits first',
  'nothing landed': 'nothing landed as files: land them first, or name another --source, or --allow-empty',
  'not over': 'the day has not ended yet',
  'report missing': 'in the table, but without a report',
  'report stale': 'the report is of an earlier version of the table',
};

/** @param whereFlags as they were given to the command, so that the proposed one means the same lake */
export function missingDays(days: readonly DayStatus[], now: Date, whereFlags: string): MissingDays[] {
  const lacks = days.flatMap((day) => {
    const date = parseLogicalDate(day.date);
    const kind = lackOf(day, hasEnded(date, now));
    return kind === undefined ? [] : [{ date, kind }];
  });
  return consecutive(lacks).map(({ kind, first, last }) => {
    const jobs = kind.startsWith('report') ? ' --job prepare' : '';
    const command =
      kind === 'not over' ? null : `npm run lake -- backfill ${rangeFlags(first, last)}${jobs}${whereFlags}`;
    return { kind, from: first.iso, to: last.iso, command, advice: ADVICE[kind] };
  });
}

function lackOf(day: DayStatus, isOver: boolean): Lack | undefined {
  if (day.table === 'rejected') return 'rejected';
  if (day.table === 'missing') {
    if (!isOver) return 'not over';
    return day.landed === null && day.landingProblem === null ? 'nothing landed' : 'not loaded';
  }
  if (day.report === 'missing') return 'report missing';
  return day.report === 'stale' ? 'report stale' : undefined;
}
