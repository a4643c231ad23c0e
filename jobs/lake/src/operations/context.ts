/** The context of every lake command: stores, keys, reports, limits. */
import type { AuditLimits } from '../publish/audit.ts';
import type { RetentionDays } from './retention.ts';
import type { Day } from '../publish/published-day.ts';
import { type Layout, type OwnFolders, ownFolders, type ReportPlace, type StepName } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import type { ObjectStore } from '../stores/store.ts';

export interface LakeContext {
  readonly lake: ObjectStore;
  readonly output: ObjectStore;
  readonly layout: Layout;
  /** All reports, in the order of schemas.yml. */
  readonly reports: readonly ReportPlace[];
  readonly config: { readonly retention: RetentionDays; readonly audit: AuditLimits };
  readonly now: Date;
  /** Aborted when the command must end: nothing more is changed. */
  readonly signal: AbortSignal;
  /** Gets what is odd but stops nothing. */
  readonly warn: (text: string) => void;
}

export const dataDay = ({ lake, layout, warn }: LakeContext, date: LogicalDate): Day => {
  return { job: 'dataload', layout, date, lake, target: lake, dataKey: layout.tableObject(date), warn };
};

export const reportDay = ({ lake, output, layout, warn }: LakeContext, report: ReportPlace, date: LogicalDate): Day => {
  return { job: report.step, layout, date, lake, target: output, dataKey: layout.report(report.name, date), warn };
};

/** The records that dataload took from Kafka. */
export const landingDay = (
  { lake, layout, warn }: Pick<LakeContext, 'lake' | 'layout' | 'warn'>,
  date: LogicalDate,
): Day => {
  return { job: 'landing', layout, date, lake, target: lake, dataKey: layout.landedKafka(date), warn };
};

/** All steps that keep manifests, in the order in which they run. */
export const stepsOf = ({ reports }: LakeContext): readonly StepName[] => [
  'landing',
  'dataload',
  ...reports.map(({ step }) => step),
];

/** @throws Error where no step has the name */
export function dayOf(context: LakeContext, step: StepName, date: LogicalDate): Day {
  if (step === 'dataload') return dataDay(context, date);
  if (step === 'landing') return landingDay(context, date);
  const report = context.reports.find((candidate) => candidate.step === step);
  if (report === undefined) throw new Error(`no report has the step ${step}`);
  return reportDay(context, report, date);
}

/** The parts of a store that are ours. */
export function foldersIn(
  { lake, output, layout, reports }: Pick<LakeContext, 'lake' | 'output' | 'layout' | 'reports'>,
  { uri }: Pick<ObjectStore, 'uri'>,
): OwnFolders {
  return ownFolders(layout, reports, { lake: uri === lake.uri, output: uri === output.uri });
}

/** The stores of a lake, each once: the output may lie in the same place. */
export const storesOf = ({ lake, output }: Pick<LakeContext, 'lake' | 'output'>): ObjectStore[] =>
  lake.uri === output.uri ? [lake] : [lake, output];
