/** The one error type of the client, and what kinds of failure it tells apart. */

/**
 * - `usage`: the caller asked for something that cannot be; trying again does not help
 * - `unreachable`: no connection, or no answer in time
 * - `server`: Spark answered with an error
 * - `interrupted`: the operation was stopped, by us or by someone else
 * - `session-lost`: the server no longer knows this session or operation; a new session is needed
 * - `protocol`: the server said something this client does not understand
 */
export type SparkErrorCode = 'usage' | 'unreachable' | 'server' | 'interrupted' | 'session-lost' | 'protocol';

/** The part of a query that an error is about. */
export interface QueryContext {
  readonly kind: 'sql' | 'dataframe';
  /** Where the text stands, such as `VIEW`; empty for the query itself. */
  readonly objectType: string;
  readonly objectName: string;
  /** Of the first and the last character in the text of the query, counted from 0; -1 where it is not known. */
  readonly startIndex: number;
  readonly stopIndex: number;
  readonly fragment: string;
  /** Of a frame's call, where the client told. */
  readonly callSite: string;
  /** For people: text, line and position. */
  readonly summary: string;
}

export interface SparkErrorDetails {
  /** Spark's name of the error, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`. */
  readonly errorClass?: string | undefined;
  /** Five characters, such as `42703`. */
  readonly sqlState?: string | undefined;
  readonly messageParameters?: Readonly<Record<string, string>> | undefined;
  /** The operation on the server, as Spark's UI and logs name it. */
  readonly operationId?: string | undefined;
  /** JVM class names, the most special first. */
  readonly classes?: readonly string[] | undefined;
  readonly queryContexts?: readonly QueryContext[] | undefined;
  readonly serverStack?: readonly string[] | undefined;
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/** Every error the client throws on purpose. */
export class SparkError extends Error {
  override readonly name = 'SparkError';
  readonly code: SparkErrorCode;
  /** Spark's name of the error, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`. */
  readonly errorClass: string | undefined;
  /** Five characters, such as `42703`. */
  readonly sqlState: string | undefined;
  /** The values that Spark put into its message, by name. */
  readonly messageParameters: Readonly<Record<string, string>>;
  /** The operation on the server, as Spark's UI and logs name it. */
  readonly operationId: string | undefined;
  /** JVM class names of a server's exception, the most special first. */
  readonly classes: readonly string[];
  /** What parts of the query the error is about; PySpark: `getQueryContext`. */
  readonly queryContexts: readonly QueryContext[];
  /** Of the server's exception, such as `org.apache.spark.A.run(A.scala:12)`, the throwing frame first. Empty where the server keeps it. */
  readonly serverStack: readonly string[];
  /** True where the same work may succeed later, in a new session. */
  readonly retryable: boolean;

  constructor(code: SparkErrorCode, message: string, details: SparkErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.errorClass = details.errorClass;
    this.sqlState = details.sqlState;
    this.messageParameters = details.messageParameters ?? {};
    this.operationId = details.operationId;
    this.classes = details.classes ?? [];
    this.queryContexts = details.queryContexts ?? [];
    this.serverStack = details.serverStack ?? [];
    this.retryable = details.retryable ?? false;
  }
}

/** What is thrown where an AbortSignal stops the work. */
export function interrupted(operationId?: string, cause?: unknown): SparkError {
  const what = operationId === undefined ? 'The call' : `Operation ${operationId}`;
  return new SparkError('interrupted', `${what} was interrupted.`, { operationId, cause });
}
