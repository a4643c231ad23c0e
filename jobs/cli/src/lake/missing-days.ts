/** Decides which days of a range are to be run again, and with which command. */
import { type DayStatus, hasEnded, intervalOf, type LogicalDate, parseLogicalDate } from 'lake';

export type Lack =
  | 'not loaded'
  | 'not judged'
  | 'rejected'
  | 'nothing landed'
  | 'not over'
  | 'landing changed'
  | 'more in Kafka'
  | 'report missing'
  | 'report stale';

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
  'not judged': 'landed from Kafka, but not in the table',
  rejected: 'rejected by the audit: read the findings, then correct the input or the limits',
  'nothing landed': 'nothing landed as files: land them first, or name another --source, or --allow-empty',
  'not over': 'the day has not ended yet',
  'landing changed': 'files were added, removed or written since the day was loaded',
  'more in Kafka': 'records of the day came to Kafka after it landed',
  'report missing': 'in the table, but without a report',
  'report stale': 'the report is of an earlier version of the table',
};

/** Flags of the command, by what a day lacks. */
const FLAGS: Readonly<Partial<Record<Lack, string>>> = {
  'not judged': ' --source kafka',
  'more in Kafka': ' --source kafka --refetch',
  'report missing': ' --job prepare',
  'report stale': ' --job prepare',
};

/** @param whereFlags as they were given to the command, so that the proposed one means the same lake */
export function missingDays(days: readonly DayStatus[], now: Date, whereFlags: string): MissingDays[] {
  const lacks = days.flatMap((day) => {
    const date = parseLogicalDate(day.date);
    const kind = lackOf(day, hasEnded(date, now));
    return kind === undefined ? [] : [{ date, kind }];
  });
  return consecutive(lacks).map(({ kind, first, last }) => {
    const flags = `${rangeFlags(first, last)}${FLAGS[kind] ?? ''}${whereFlags}`;
    const command = kind === 'not over' ? null : `npm run lake -- backfill ${flags}`;
    return { kind, from: first.iso, to: last.iso, command, advice: ADVICE[kind] };
  });
}

function lackOf(day: DayStatus, isOver: boolean): Lack | undefined {
  if (day.table === 'rejected') return 'rejected';
  if (day.table === 'missing') {
    if (!isOver) return 'not over';
    if (day.landed === null && day.landingProblem === null) return 'nothing landed';
    return day.landed?.files === 0 && day.landed.hasKafka ? 'not judged' : 'not loaded';
  }
  // Whoever brought a version back wanted it, whatever came since.
  if (day.restoredFrom === null) {
    if (day.landingChanges.length > 0) return 'landing changed';
    if (day.later !== null && day.later.records > 0) return 'more in Kafka';
  }
  if (day.report === 'missing') return 'report missing';
  return day.report === 'stale' ? 'report stale' : undefined;
}

/** `--from 2019-11-28 --to 2019-11-30` */
const rangeFlags = (first: LogicalDate, last: LogicalDate): string => `--from ${first.iso} --to ${last.iso}`;

/** Splits items wherever a day is left out or the kind changes. @param items oldest first */
function consecutive<T extends { readonly date: LogicalDate; readonly kind: string }>(
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
