/** The public export list. */
export type { NamedColumns } from './dataframe.ts';
export { DataFrame } from './dataframe.ts';
export { Column, type Operand, type WhenColumn } from './column.ts';
export { type SparkErrorCode, SparkError } from './errors.ts';
export { functions } from './functions.ts';
export { GroupedData } from './grouped.ts';
export { Observation } from './observation.ts';
export type { SaveMode } from './plan/command.ts';
export { type Plan, planToJson } from './plan/plan.ts';
export type { JoinType } from './plan/relation.ts';
export type { Progress, StageProgress } from './progress.ts';
export { DataFrameReader, type Options } from './reader.ts';
export type { RuntimeConf } from './conf.ts';
export type { ExplainMode, Row, RunOptions } from './runner.ts';
export { type ConnectOptions, type SqlParameters, SparkSession } from './session.ts';
export type { TlsOptions } from './tls.ts';
export { Window, WindowSpec } from './window.ts';
export { DataFrameWriter } from './writer.ts';
