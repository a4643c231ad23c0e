/** A day as pages show it: its status, its reports' numbers, and what its manifests count. */
import type { DayStatus, LogicalDate, ReportPlace } from 'lake';
import type { FoundDay } from 'lake/days';

/** What pages need of a report; `as` says what a column holds. */
export interface PageReport extends ReportPlace {
  readonly ingredient: string;
  readonly levels: readonly { readonly name: string }[];
  readonly columns: readonly { readonly name: string; readonly as: string }[];
}

export interface ReportFacts {
  readonly name: string;
  readonly state: DayStatus['report'];
  /** Header first; undefined where there is no report. */
  readonly csv: readonly (readonly string[])[] | undefined;
  /** Minutes by level. */
  readonly averages: ReadonlyMap<string, number>;
  /** Recipes by level and in all; empty where no manifest knows the report. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface DayFacts {
  readonly date: LogicalDate;
  readonly status: DayStatus;
  readonly found: FoundDay;
  readonly lines: LineCounts;
  readonly reports: readonly ReportFacts[];
}

/** Where the lines of a day went; undefined where no manifest counts them. */
export interface LineCounts {
  readonly read?: number;
  readonly published?: number;
  readonly superseded?: number;
  readonly quarantined?: number;
  readonly blank?: number;
  readonly reasons?: Readonly<Record<string, number>>;
  readonly warnings?: Readonly<Record<string, number>>;
  readonly unknownFields?: Readonly<Record<string, number>>;
}

/** @param csvs of the reports that are there, by name */
export function dayFacts(
  date: LogicalDate,
  found: FoundDay,
  status: DayStatus,
  reports: readonly PageReport[],
  csvs: ReadonlyMap<string, string>,
): DayFacts {
  return {
    date,
    found,
    status,
    lines: found.table?.manifest?.counts ?? {},
    reports: reports.map((report) => {
      const text = csvs.get(report.name);
      const csv = text === undefined ? undefined : cellsOf(text);
      const { report: state } = status.reports?.find(({ name }) => name === report.name) ?? status;
      const manifest = found.reports.find(({ name }) => name === report.name)?.data?.manifest;
      const counts = (manifest?.counts ?? {}) as Readonly<Record<string, number>>;
      return { name: report.name, state, csv, averages: averagesOf(report, csv ?? []), counts };
    }),
  };
}

/** No cell of a report needs quoting, which is checked where they are written. */
const cellsOf = (csv: string): string[][] =>
  csv
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(','));

function averagesOf({ columns }: PageReport, [header = [], ...rows]: readonly (readonly string[])[]) {
  const at = (as: string): number => header.indexOf(columns.find((column) => column.as === as)?.name ?? '');
  const [level, minutes] = [at('level'), at('average_minutes')];
  const averages = rows.map((row): [string, number] => [row[level] ?? '', Number(row[minutes] ?? Number.NaN)]);
  return new Map(averages.filter(([name, value]) => name !== '' && Number.isFinite(value)));
}

/** What came, or may have come, after the day was loaded. */
export function lateText({ status, found }: DayFacts): string {
  const { later, landingChanges } = status;
  const files = landingChanges.length === 0 ? [] : [`${landingChanges.length} files`];
  const records = later === null || later.records === 0 ? [] : [`${later.records}${later.isWhole ? '' : '+'} records`];
  const isUnknown = later === null && found.landedKafka !== undefined;
  const known = [...files, ...records].join(', ');
  return known !== '' ? known : isUnknown ? 'not asked' : 'none';
}

/** The state of the table, and whether a run was rejected since. */
export function tableText({ status: { table, rejected, publishedAt } }: DayFacts): string {
  const since = publishedAt !== null && rejected.some(({ at }) => at > publishedAt);
  return since ? `${table}, a later run was rejected` : table;
}

export const sum = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
