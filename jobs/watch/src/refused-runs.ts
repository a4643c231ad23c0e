/** Decides which runs stand refused, why, and which commands come next. */
import { type DayStatus, type Finding, type LogicalDate, type Manifest, parseLogicalDate } from 'lake';
import type { FoundDay } from 'lake/days';
import { sourceOf } from './missing-days.ts';
import type { LineCounts } from './pages/day-facts.ts';
import { type ProposalPlace, quarantineCommand, rerunCommand } from './proposals.ts';

export interface RefusedRun {
  readonly date: LogicalDate;
  /** The step that the audit refused: dataload, or that of a report. */
  readonly job: Manifest['job'];
  readonly runId: string;
  readonly at: Date;
  /** Those for which it was refused. */
  readonly findings: readonly Finding[];
  readonly counts: LineCounts;
  /** Undefined where no line was quarantined. */
  readonly quarantineKey: string | undefined;
  /** Whether an earlier run's data is there all the same. */
  readonly hasData: boolean;
  /** In the order in which they are typed. */
  readonly commands: readonly string[];
}

/** Of each step its newest run, unless something was published after it: then it is history. @returns the newest day first */
export function refusedRuns(
  days: readonly { readonly found: FoundDay; readonly status: DayStatus }[],
  place: ProposalPlace,
): RefusedRun[] {
  return days.toReversed().flatMap(({ found, status }) => {
    const newest = new Map(found.rejected.map((run) => [run.job, run]));
    return [...newest.values()].flatMap(({ job, at, manifest }) => {
      const data = job === 'dataload' ? found.table : found.reports.find(({ step }) => step === job)?.data;
      if (data !== undefined && at <= data.publishedAt) return [];
      const { runId, counts, quarantine } = manifest;
      const date = parseLogicalDate(found.date);
      const what = job === 'dataload' ? 'day' : 'stale report';
      const rerun = { first: date, last: date, source: sourceOf(status, place), refetch: false, what } as const;
      return {
        date,
        job,
        runId,
        at,
        findings: manifest.findings.filter(({ severity }) => severity === 'error'),
        counts,
        quarantineKey: quarantine?.key,
        hasData: data !== undefined,
        commands: [...(quarantine === null ? [] : [quarantineCommand(date, place)]), rerunCommand(rerun, place)],
      };
    });
  });
}
