/** The public export list. */
export { type CheckpointOptions, DataFrame, type ResultRowOptions } from './api/dataframe.ts';
export { Column, type Metadata, type Operand } from './expressions/column.ts';
export type { WhenColumn } from './expressions/when-column.ts';
export { type QueryContext, type SparkErrorCode, SparkError } from './errors.ts';
export type { AddArtifactOptions, ArtifactKind, ArtifactSource } from './api/artifacts.ts';
export { functions } from './expressions/functions/index.ts';
export { GroupedData } from './api/grouped.ts';
export {
  Catalog,
  type CreateDatabaseOptions,
  type CreateTableOptions,
  type DropDatabaseOptions,
  type DropTableOptions,
} from './api/catalog.ts';
export type { CatalogInfo, ColumnInfo, DatabaseInfo, FunctionInfo, TableInfo } from './api/catalog-entries.ts';
export type { ConnectOptions } from './api/connect-options.ts';
export { DataFrameNulls, type DropOptions } from './api/nulls.ts';
export type { ColumnOrName, Columns, NamedAggregates, NamedColumns } from './expressions/named-columns.ts';
export {
  MergeIntoWriter,
  type WhenMatched,
  type WhenNotMatched,
  type WhenNotMatchedBySource,
} from './api/merge-into.ts';
export { Observation } from './api/observation.ts';
export type { SaveMode } from './plan/command.ts';
export { type Plan, planToJson } from './plan/plan.ts';
export type { JoinType, LateralJoinType } from './plan/relation.ts';
export type { Progress, StageProgress } from './progress/progress.ts';
export {
  type LogProgressOptions,
  type ProgressReporter,
  type ProgressStream,
  logProgress,
  terminalProgress,
} from './progress/reporter.ts';
export { progressText } from './progress/text.ts';
export type { NearestOptions } from './api/frame-sets.ts';
export type { SampleOptions } from './api/frame-rows.ts';
export { DataFrameStatistics } from './api/statistics.ts';
export type { StorageLevel } from './plan/storage-level.ts';
export { DataFrameReader } from './api/reader.ts';
export type { Options } from './api/options.ts';
export type { RuntimeConf } from './api/conf.ts';
export type { ExplainMode, RunOptions } from './api/work.ts';
export { ColumnBatch, type ColumnValues } from './rows/column-batch.ts';
export type { Row, RowFormat, ValueFormat } from './rows/row.ts';
export { type Schema, type SparkType, type StructField, StructType } from './rows/schema.ts';
export type { ScalarTypeName } from './rows/types.ts';
export { SparkSession } from './api/session.ts';
export { DataStreamReader } from './api/stream-reader.ts';
export { DataStreamWriter, type OutputMode } from './api/stream-writer.ts';
export { type AwaitOptions, StreamingQuery } from './api/streaming-query.ts';
export { StreamingQueryManager } from './api/streaming-queries.ts';
export type {
  SinkProgress,
  SourceProgress,
  StateOperatorProgress,
  StreamingProgress,
  StreamingStatus,
} from './api/streaming-progress.ts';
export type { Trigger } from './api/trigger.ts';
export { TableFunctions } from './api/table-functions.ts';
export { TableArg } from './expressions/table-arg.ts';
export type { SqlParameters } from './api/sql-parameters.ts';
export type { TlsOptions } from './protocol/tls.ts';
export { Window, WindowSpec } from './expressions/window.ts';
export { DataFrameWriter } from './api/writer.ts';
export { DataFrameWriterV2 } from './api/writer-v2.ts';
