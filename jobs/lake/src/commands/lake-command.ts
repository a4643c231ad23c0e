/** What every lake command is given. */
import type { Config } from '../config-schema.ts';
import type { Day } from '../day.ts';
import { layout, type JobName } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import type { ObjectStore } from '../store.ts';

export interface LakeContext {
  readonly lake: ObjectStore;
  readonly output: ObjectStore;
  readonly config: Pick<Config['lake'], 'retention' | 'audit'>;
  readonly now: Date;
  /** Aborted when the command must end: nothing more is changed. */
  readonly signal: AbortSignal;
  /** Told what is odd but stops nothing. */
  readonly warn: (text: string) => void;
}

export const dataDay = ({ lake, warn }: LakeContext, date: LogicalDate): Day => {
  return { job: 'dataload', date, lake, target: lake, dataKey: layout.partition(date), warn };
};

export const reportDay = ({ lake, output, warn }: LakeContext, date: LogicalDate): Day => {
  return { job: 'prepare', date, lake, target: output, dataKey: layout.report(date), warn };
};

export const dayOf = (context: LakeContext, job: JobName, date: LogicalDate): Day =>
  job === 'dataload' ? dataDay(context, date) : reportDay(context, date);

/** The stores of a lake, each once: the output may lie in the same place. */
export const storesOf = ({ lake, output }: Pick<LakeContext, 'lake' | 'output'>): ObjectStore[] =>
  lake.uri === output.uri ? [lake] : [lake, output];
