/** What a stream says of itself, as Spark writes it. */

/** PySpark: `status` of a `StreamingQuery`, and `isActive`. */
export interface StreamingStatus {
  /** For people, such as `Waiting for data to arrive`. */
  readonly message: string;
  readonly isDataAvailable: boolean;
  readonly isTriggerActive: boolean;
  readonly isActive: boolean;
}

/** PySpark: `SourceProgress`. */
export interface SourceProgress {
  readonly description: string;
  /** In the form of the source. */
  readonly startOffset: unknown;
  readonly endOffset: unknown;
  readonly latestOffset: unknown;
  readonly numInputRows: number;
  /** Missing where a batch took no time. */
  readonly inputRowsPerSecond?: number;
  readonly processedRowsPerSecond?: number;
  readonly metrics?: Readonly<Record<string, string>>;
}

/** PySpark: `SinkProgress`. */
export interface SinkProgress {
  readonly description: string;
  /** -1 where the sink does not say. */
  readonly numOutputRows: number;
  readonly metrics?: Readonly<Record<string, string>>;
}

/** PySpark: `StateOperatorProgress`. */
export interface StateOperatorProgress {
  readonly operatorName: string;
  readonly numRowsTotal: number;
  readonly numRowsUpdated: number;
  readonly numRowsRemoved: number;
  readonly numRowsDroppedByWatermark: number;
  readonly memoryUsedBytes: number;
  readonly customMetrics?: Readonly<Record<string, number>>;
}

/** Of one batch. PySpark: `StreamingQueryProgress`. */
export interface StreamingProgress {
  readonly id: string;
  readonly runId: string;
  readonly name: string | null;
  /** When the batch began, in UTC. */
  readonly timestamp: string;
  readonly batchId: number;
  readonly batchDuration: number;
  readonly durationMs: Readonly<Record<string, number>>;
  /** Such as `watermark` and `max`. */
  readonly eventTime?: Readonly<Record<string, string>>;
  readonly numInputRows?: number;
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceProgress[];
  readonly sink: SinkProgress;
  /** The values of `observe`, by its name. */
  readonly observedMetrics?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
