/** What every lake command is given. */
import type { AuditLimits } from '../publish/audit.ts';
import type { RetentionDays } from './retention.ts';
import type { Day } from '../publish/published-day.ts';
import { layout, type StepName } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import type { ObjectStore } from '../stores/store.ts';

export interface LakeContext {
  readonly lake: ObjectStore;
  readonly output: ObjectStore;
  readonly config: { readonly retention: RetentionDays; readonly audit: AuditLimits };
  readonly now: Date;
  /** Aborted when the command must end: nothing more is changed. */
  readonly signal: AbortSignal;
  /** Told what is odd but stops nothing. */
  readonly warn: (text: string) => void;
}

export const dataDay = ({ lake, warn }: LakeContext, date: LogicalDate): Day => {
  return { job: 'dataload', date, lake, target: lake, dataKey: layout.tableObject(date), warn };
};

export const reportDay = ({ lake, output, warn }: LakeContext, date: LogicalDate): Day => {
  return { job: 'prepare', date, lake, target: output, dataKey: layout.report(date), warn };
};

/** What dataload landed from Kafka. */
export const landingDay = ({ lake, warn }: Pick<LakeContext, 'lake' | 'warn'>, date: LogicalDate): Day => {
  return { job: 'landing', date, lake, target: lake, dataKey: layout.landedKafka(date), warn };
};

const DAYS = { dataload: dataDay, prepare: reportDay, landing: landingDay } as const;

export const dayOf = (context: LakeContext, step: StepName, date: LogicalDate): Day => DAYS[step](context, date);

/** The stores of a lake, each once: the output may lie in the same place. */
export const storesOf = ({ lake, output }: Pick<LakeContext, 'lake' | 'output'>): ObjectStore[] =>
  lake.uri === output.uri ? [lake] : [lake, output];
