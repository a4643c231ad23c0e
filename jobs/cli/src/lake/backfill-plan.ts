/** Decides whether a backfill continues after each day, and what it reports in the end. */
import type { LogicalDate } from 'lake';
import type { Summary } from 'runtime';

export interface BackfilledDay {
  readonly date: string;
  /** Of the jobs that ran, in order; none where the day was not reached. */
  readonly summaries: readonly Summary[];
  readonly elapsedMs: number;
}

export const exitCodeOf = (summaries: readonly Summary[]): number =>
  summaries.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;

/** @returns whether the next day is run; after being stopped none ever is */
export function shouldContinue(last: BackfilledDay | undefined, continueOnError: boolean, isStopped: boolean): boolean {
  if (isStopped) return false;
  return last === undefined || continueOnError || exitCodeOf(last.summaries) === 0;
}

/** The exit code of the first day that failed. @param stopped exit code of being stopped, which outranks all */
export function backfillExitCode(days: readonly BackfilledDay[], stopped: number | undefined): number {
  return stopped ?? exitCodeOf(days.flatMap(({ summaries }) => summaries));
}

/** A day in the JSON output, which lists all days of the range, also those that were not reached. */
export interface DayOutcome {
  readonly date: string;
  readonly dataload: Summary | null;
  readonly prepare: Summary | null;
  readonly exitCode: number | null;
  readonly elapsedMs: number;
}

export function dayOutcomes(range: readonly LogicalDate[], days: readonly BackfilledDay[]): DayOutcome[] {
  return range.map(({ iso }) => {
    const { summaries = [], elapsedMs = 0 } = days.find(({ date }) => date === iso) ?? {};
    const of = (job: Summary['job']): Summary | null => summaries.find((summary) => summary.job === job) ?? null;
    const exitCode = summaries.length === 0 ? null : exitCodeOf(summaries);
    return { date: iso, dataload: of('dataload'), prepare: of('prepare'), exitCode, elapsedMs };
  });
}

type Cell = string | number;

export function outcomeRows(outcomes: readonly DayOutcome[]): Cell[][] {
  const rows = outcomes.map(({ date, dataload, prepare, exitCode, elapsedMs }): Cell[] => {
    const counts = (dataload?.['counts'] ?? {}) as { published?: number; quarantined?: number };
    if (exitCode === null) return [date, 'not run', '-', '-', 'not run', '-', '-'];
    const seconds = `${(elapsedMs / 1000).toFixed(1)} s`;
    const [loaded, prepared] = [dataload?.outcome ?? 'not run', prepare?.outcome ?? 'not run'];
    return [date, loaded, counts.published ?? '-', counts.quarantined ?? '-', prepared, exitCode, seconds];
  });
  return [['date', 'dataload', 'rows', 'quarantined', 'prepare', 'exit', 'time'], ...rows];
}

/** Why days failed, one line each. */
export function failureLines(outcomes: readonly DayOutcome[]): string[] {
  return outcomes.flatMap(({ date, dataload, prepare }) =>
    [dataload, prepare]
      .filter((summary) => summary !== null && summary.exitCode !== 0)
      .map(
        (summary) => `${date}: ${summary?.job} failed, exit code ${summary?.exitCode}: ${String(summary?.['message'])}`,
      ),
  );
}
