/** Decides which days of a range are to be run again, and with which command. */
import { type DayStatus, hasEnded, intervalOf, type LogicalDate, parseLogicalDate } from 'lake';
import { type ProposalPlace, type Rerun, rerunCommand } from './proposals.ts';

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

/** What is to be made again, where it is not the day. */
const REPORTS: Readonly<Partial<Record<Lack, Rerun['what']>>> = {
  'report missing': 'missing report',
  'report stale': 'stale report',
};

export function missingDays(days: readonly DayStatus[], now: Date, place: ProposalPlace): MissingDays[] {
  const lacks = days.flatMap((day) => {
    const date = parseLogicalDate(day.date);
    const kind = lackOf(day, hasEnded(date, now));
    return kind === undefined
      ? []
      : [{ date, kind, source: kind === 'more in Kafka' ? ('kafka' as const) : sourceOf(day, place) }];
  });
  return consecutive(lacks).map(({ kind, source, first, last }) => {
    const rerun = { first, last, source, refetch: kind === 'more in Kafka', what: REPORTS[kind] ?? 'day' } as const;
    const command = kind === 'not over' ? null : rerunCommand(rerun, place);
    return { kind, from: first.iso, to: last.iso, command, advice: adviceOf(kind, place) };
  });
}

function adviceOf(kind: Lack, { hasKafka }: ProposalPlace): string {
  return kind === 'nothing landed' && hasKafka ? 'nothing landed yet' : ADVICE[kind];
}

/** Where the day came from, or would come from. */
export function sourceOf({ landed }: DayStatus, { hasKafka }: ProposalPlace): Rerun['source'] {
  if (landed === null) return hasKafka ? 'kafka' : 'files';
  return landed.hasKafka && landed.files === 0 ? 'kafka' : 'files';
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

interface Lacking {
  readonly date: LogicalDate;
  readonly kind: Lack;
  readonly source: Rerun['source'];
}

/** Splits items wherever a day is left out, or the kind or the source changes. @param items oldest first */
function consecutive(items: readonly Lacking[]) {
  const runs: { kind: Lack; source: Rerun['source']; first: LogicalDate; last: LogicalDate }[] = [];
  for (const { date, kind, source } of items) {
    const run = runs.at(-1);
    if (run !== undefined && run.kind === kind && run.source === source && follows(run.last, date)) run.last = date;
    else runs.push({ kind, source, first: date, last: date });
  }
  return runs;
}

const follows = (before: LogicalDate, after: LogicalDate): boolean =>
  intervalOf(before).end.toMillis() === intervalOf(after).start.toMillis();
