/** Decides the status of a day of the lake. */
import type { Finding } from '../publish/finding.ts';
import type { FileChange } from '../input-files.ts';
import type { ReportPlace } from '../layout.ts';
import type { Manifest, RestoredFrom } from '../publish/manifest.ts';

/** The data object of a job and its manifest, as found. */
export interface FoundData {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly publishedAt: Date;
  /** Undefined where no manifest knows the content. */
  readonly manifest: Manifest | undefined;
  /** The current manifest was brought up to date just now. */
  readonly isHealed: boolean;
}

export interface RejectedRun {
  readonly at: Date;
  readonly manifest: Manifest;
}

export interface Landed {
  readonly files: number;
  readonly sizeBytes: number;
  /** kafka.parquet lies there. */
  readonly hasKafka: boolean;
}

/** The records that a run took from Kafka. */
export interface LandedKafka {
  readonly runId: string;
  readonly rows: number;
  /** Offsets and topic, as the manifest records them. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Records of a day that came to Kafka after it landed. */
export interface LaterRecords {
  readonly records: number;
  /** False where only the first records after the landing were looked at. */
  readonly isWhole: boolean;
}

/** Everything that was found of one day. */
export interface FoundDay {
  readonly date: string;
  /** Undefined where nothing landed. */
  readonly landed: Landed | undefined;
  /** Why the landing cannot be read; undefined where it can. */
  readonly landingProblem: string | undefined;
  readonly landingChanges: readonly FileChange[];
  /** Undefined where nothing landed from Kafka, or no manifest knows it. */
  readonly landedKafka: LandedKafka | undefined;
  readonly table: FoundData | undefined;
  /** Of each report, in the order of schemas.yml. */
  readonly reports: readonly (ReportPlace & { readonly data: FoundData | undefined })[];
  /** Of all steps, the newest last. */
  readonly rejected: readonly (RejectedRun & { readonly job: Manifest['job'] })[];
}

export type TableState = 'published' | 'no manifest' | 'rejected' | 'missing';
export type ReportState = 'current' | 'stale' | 'no manifest' | 'missing';

export interface ReportStatus {
  readonly name: string;
  readonly report: ReportState;
  readonly runId: string | null;
}

/** One day in the JSON output; ages and sizes in the units of their names. */
export interface DayStatus {
  readonly date: string;
  readonly landed: Landed | null;
  readonly landingProblem: string | null;
  /** How the landing folder differs from what the table was made of. */
  readonly landingChanges: readonly FileChange[];
  readonly landedKafka: LandedKafka | null;
  /** Null where Kafka was not asked. */
  readonly later: LaterRecords | null;
  readonly table: TableState;
  readonly rows: number | null;
  readonly quarantined: number | null;
  /** Events by rule that only warns. */
  readonly warnings: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly runId: string | null;
  readonly restoredFrom: RestoredFrom | null;
  readonly publishedAt: string | null;
  readonly ageSeconds: number | null;
  /** Of several reports the worst. */
  readonly report: ReportState;
  /** Null also where there are several reports. */
  readonly reportRunId: string | null;
  /** Each report by itself; left out where there is one. */
  readonly reports?: readonly ReportStatus[];
  readonly rejected: readonly {
    readonly job: string;
    readonly runId: string;
    readonly at: string;
    readonly findings: readonly Finding[];
  }[];
  readonly healed: readonly Manifest['job'][];
}

export function dayStatus(found: FoundDay, now: Date): DayStatus {
  const { date, landed = null, landingProblem = null, landingChanges, landedKafka = null, table, rejected } = found;
  const manifest = table?.manifest;
  const counts = manifest?.counts as { quarantined?: number; warnings?: Readonly<Record<string, number>> } | undefined;
  const reports = found.reports.map(({ name, data }): ReportStatus => {
    return { name, report: reportState(table, data), runId: data?.manifest?.runId ?? null };
  });
  return {
    date,
    landed,
    landingProblem,
    landingChanges,
    landedKafka,
    later: null,
    table: tableState(found),
    rows: manifest?.staged.rows ?? null,
    quarantined: counts?.quarantined ?? null,
    warnings: counts?.warnings ?? {},
    findings: manifest?.findings ?? [],
    runId: manifest?.runId ?? null,
    restoredFrom: manifest?.restoredFrom ?? null,
    publishedAt: table?.publishedAt.toISOString() ?? null,
    ageSeconds:
      table === undefined ? null : Math.max(0, Math.round((now.getTime() - table.publishedAt.getTime()) / 1000)),
    report: worstOf(reports),
    reportRunId: reports.length === 1 ? (reports[0]?.runId ?? null) : null,
    ...(reports.length === 1 ? {} : { reports }),
    rejected: rejected.map(({ job, at, manifest: { runId, findings } }) => {
      return { job, runId, findings, at: at.toISOString() };
    }),
    healed: [
      ...(table?.isHealed === true ? ['dataload'] : []),
      ...found.reports.flatMap(({ step, data }) => (data?.isHealed === true ? [step] : [])),
    ],
  };
}

function tableState({ table, rejected }: FoundDay): TableState {
  if (table === undefined) return rejected.some(({ job }) => job === 'dataload') ? 'rejected' : 'missing';
  return table.manifest === undefined ? 'no manifest' : 'published';
}

/** A report is of one version of the table, which its manifest names; equal content makes an equal report. */
function reportState(table: FoundData | undefined, report: FoundData | undefined): ReportState {
  if (report === undefined) return 'missing';
  if (report.manifest === undefined) return 'no manifest';
  return report.manifest.input['sha256'] === table?.sha256 ? 'current' : 'stale';
}

const WORST_FIRST: readonly ReportState[] = ['missing', 'stale', 'no manifest', 'current'];

const worstOf = (reports: readonly ReportStatus[]): ReportState =>
  WORST_FIRST.find((state) => reports.some(({ report }) => report === state)) ?? 'missing';
