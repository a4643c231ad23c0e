/** The public export list. */
export { DataFrame } from './dataframe.ts';
export { Column, type Operand, type WhenColumn } from './column.ts';
export { type QueryContext, type SparkErrorCode, SparkError } from './errors.ts';
export { functions } from './functions.ts';
export { GroupedData } from './grouped.ts';
export type { ColumnOrName, NamedColumns } from './named-columns.ts';
export { Observation } from './observation.ts';
export type { SaveMode } from './plan/command.ts';
export { type Plan, planToJson } from './plan/plan.ts';
export type { JoinType } from './plan/relation.ts';
export type { Progress, StageProgress } from './progress.ts';
export {
  type LogProgressOptions,
  type ProgressReporter,
  type ProgressStream,
  logProgress,
  terminalProgress,
} from './progress-reporter.ts';
export { progressText } from './progress-reporter-text.ts';
export { DataFrameReader, type Options } from './reader.ts';
export type { RuntimeConf } from './conf.ts';
export type { ExplainMode, Row, RunOptions } from './runner.ts';
export { type ConnectOptions, type SqlParameters, SparkSession } from './session.ts';
export type { TlsOptions } from './tls.ts';
export { Window, WindowSpec } from './window.ts';
export { DataFrameWriter } from './writer.ts';
export { DataFrameWriterV2 } from './writer-v2.ts';
