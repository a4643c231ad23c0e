/** A session on a Spark Connect server: the way from frames and SQL to rows. */
import { randomUUID } from 'node:crypto';
import type { SparkClient } from '../protocol/client.ts';
import { INSPECT } from '../expressions/column.ts';
import { type AddArtifactOptions, artifactOf, type ArtifactSource, forwardedArtifact } from './artifacts.ts';
import { addArtifacts, artifactStatuses } from '../protocol/artifacts.ts';
import { Catalog } from './catalog.ts';
import type { ConnectOptions } from './connect-options.ts';
import { CommandsOnce } from './commands-once.ts';
import { RuntimeConf } from './conf.ts';
import { DataFrame } from './dataframe.ts';
import { KEEP_ALIVE_MS } from '../protocol/keep-alive.ts';
import { keepAlive } from '../protocol/keep-alive-timer.ts';
import { sqlCommand } from '../plan/command.ts';
import { LargeRows } from './large-rows.ts';
import { localRowsIpc } from '../rows/local-rows.ts';
import { commandPlan } from '../plan/plan.ts';
import { localRows, range, sql, tableFunction } from '../plan/relation.ts';
import { parameterExpressions, type SqlParameters } from './sql-parameters.ts';
import { isQuery } from '../plan/sql-text.ts';
import { TableFunctions } from './table-functions.ts';
import { DataFrameReader } from './reader.ts';
import { openClient, RELEASE_WHEN_ABORTED_MS } from './open-client.ts';
import { DataStreamReader } from './stream-reader.ts';
import { StreamingQueryManager } from './streaming-queries.ts';
import { allRows, rowDecoder } from './decoders.ts';
import { eitherSignal, sessionRunner } from './runner.ts';
import type { RunOptions, Runner } from './work.ts';
import { ddlOf, type Schema } from '../rows/schema.ts';
import type { Row, RowFormat } from '../rows/row.ts';
import { assertTag } from './tags.ts';

const RELEASE_MS = 10_000;

/**
 * Release it when done, also after errors, or let `await using` do it: the server keeps an unreleased one for an hour.
 * @example
 * await using spark = await SparkSession.connect({ remote: 'sc://127.0.0.1:15002' });
 * const rows = await spark.read.schema('url STRING').json('/data/events').select('url').collect();
 */
export class SparkSession implements AsyncDisposable {
  /** Of the server, such as `4.2.0`. PySpark: `spark.version`. */
  readonly version: string;
  /** By which the server and its logs know the session. PySpark: `spark.session_id`. */
  readonly sessionId: string;
  /** The confs of this session. PySpark: `spark.conf`. */
  readonly conf: RuntimeConf;
  readonly #client: SparkClient;
  readonly #signal: AbortSignal | undefined;
  readonly #runner: Runner;
  readonly #commands = new CommandsOnce();
  readonly #largeRows = new LargeRows();
  readonly #tags = new Set<string>();
  readonly #stopPings: () => void;
  #released: Promise<void> | undefined;
  #options: ConnectOptions = {};

  /** Made by {@link SparkSession.connect}, not by callers. */
  constructor(
    client: SparkClient,
    version: string,
    { signal, onProgress, keepAliveMs = 0 }: Pick<ConnectOptions, 'signal' | 'onProgress' | 'keepAliveMs'> = {},
  ) {
    this.version = version;
    this.sessionId = client.sessionId;
    this.conf = new RuntimeConf(client, signal);
    this.#client = client;
    this.#signal = signal;
    this.#runner = sessionRunner({
      client,
      signal,
      onProgress,
      tags: this.#tags,
      commands: this.#commands,
      largeRows: this.#largeRows,
    });
    this.#stopPings = keepAlive(client, keepAliveMs);
  }

  /**
   * Connects, asks for the version and sets the confs. PySpark: `SparkSession.builder.remote(…).create()`.
   * @param options or only the address: `connect('sc://127.0.0.1:15002')`
   * @throws SparkError `usage` for a bad address or too old a server, `unreachable` with host and port within the connect timeout
   */
  static async connect(options: ConnectOptions | string = {}): Promise<SparkSession> {
    return await SparkSession.#connect(typeof options === 'string' ? { remote: options } : options);
  }

  static async #connect(options: ConnectOptions, sessionId?: string): Promise<SparkSession> {
    const { client, version } = await openClient(options, sessionId);
    const session = new SparkSession(client, version, { keepAliveMs: KEEP_ALIVE_MS, ...options });
    session.#options = options;
    return session;
  }

  /** Another session on the same server, opened as this one was: with its confs, and nothing of its views. PySpark: `newSession`. */
  async newSession(): Promise<SparkSession> {
    return await SparkSession.#connect(this.#options, randomUUID());
  }

  /** Another session that begins with the confs, views and functions that this one has now. PySpark: `cloneSession`. */
  async cloneSession(): Promise<SparkSession> {
    const newSessionId = randomUUID();
    await this.#client.call('cloneSession', { newSessionId }, { signal: this.#signal, isRetried: false });
    return await SparkSession.#connect({ ...this.#options, conf: undefined, inheritsConf: undefined }, newSessionId);
  }

  /** Databases, tables, views and functions. PySpark: `catalog`. */
  get catalog(): Catalog {
    return new Catalog(this.#runner);
  }

  /** Functions that make tables, such as `spark.tvf.explode(…)`. PySpark: `tvf`. */
  get tvf(): TableFunctions {
    return new TableFunctions((name, args) => new DataFrame(this.#runner, tableFunction(name, args)));
  }

  /** A reader of files and tables. PySpark: `read`. */
  get read(): DataFrameReader {
    return new DataFrameReader(this.#runner);
  }

  /** A reader of streams. PySpark: `readStream`. */
  get readStream(): DataStreamReader {
    return new DataStreamReader(this.#runner);
  }

  /** The streams that run. PySpark: `streams`. */
  get streams(): StreamingQueryManager {
    return new StreamingQueryManager(this.#runner);
  }

  /**
   * SQL text as a lazy frame. A query runs at each action; a command (DDL, DML, SHOW, …) runs once, at the first use of its
   * frame, which then has its rows, and not again if it fails. See {@link execute}, which runs it now. PySpark: `sql`.
   */
  sql<R = Row>(query: string, parameters: SqlParameters = {}): DataFrame<R> {
    const relation = sql(query, parameterExpressions(parameters));
    if (!isQuery(query)) this.#commands.add(relation);
    return new DataFrame(this.#runner, relation);
  }

  /** Runs DDL or DML once. PySpark: `sql`, which runs commands at once. @returns its rows, such as those of SHOW TABLES */
  async execute<R = Row>(
    statement: string,
    parameters: SqlParameters = {},
    options?: RunOptions & RowFormat,
  ): Promise<R[]> {
    const plan = commandPlan(sqlCommand(sql(statement, parameterExpressions(parameters))));
    return (await allRows(this.#runner.batches({ plan, observations: [] }, rowDecoder(options), options))) as R[];
  }

  /**
   * One column `id`, BIGINT: `range(end)` from 0, `range(start, end, step, partitions)`; the end is not included. PySpark: `range`.
   * @throws SparkError `usage` for what is no whole number
   */
  range(
    start: number | bigint,
    end?: number | bigint,
    step: number | bigint = 1,
    partitions?: number,
  ): DataFrame<{ id: bigint }> {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    return new DataFrame(this.#runner, range({ start: from, end: to, step, partitions }));
  }

  /**
   * Rows of this process as a frame; they travel with every plan that uses it, or, where they are large, once. PySpark: `createDataFrame`.
   * @param rows values as a result gives them; what is missing or undefined is null
   * @param schema in DDL, of all types but intervals and VARIANT; without it the types are those of the values: BOOLEAN, INT,
   * BIGINT or DOUBLE as all numbers of a column need, STRING, BINARY, TIMESTAMP, and ARRAY, MAP and STRUCT of them
   * @throws SparkError `usage` for a value that does not fit, by row, column and type
   */
  createDataFrame<R = Row>(rows: readonly object[], schema?: Schema): DataFrame<R> {
    const relation = localRows(localRowsIpc(rows, schema && ddlOf(schema)));
    this.#largeRows.add(relation);
    return new DataFrame(this.#runner, relation);
  }

  /** A table or view of the catalog. PySpark: `table`. */
  table<R = Row>(name: string): DataFrame<R> {
    return this.read.table(name);
  }

  /**
   * Gives the session a jar, file, archive or Python file, for as long as it lives. PySpark: `addArtifact`.
   * @throws SparkError `usage` for what is no such file, `server` for other content under a name that is taken
   */
  async addArtifact(source: ArtifactSource, options?: AddArtifactOptions): Promise<void> {
    await this.addArtifacts([source], options);
  }

  /** As {@link addArtifact}, by one upload. PySpark: `addArtifacts`. */
  async addArtifacts(sources: readonly ArtifactSource[], options: AddArtifactOptions = {}): Promise<void> {
    const artifacts = await Promise.all(sources.map((source) => artifactOf(source, options.kind)));
    await addArtifacts(this.#client, artifacts, eitherSignal(this.#signal, options.signal));
  }

  /** Whether the server has these artifacts, by name; it knows only of those under `cache/`. Not in PySpark. */
  async artifactStatuses(...names: readonly string[]): Promise<Record<string, boolean>> {
    return await artifactStatuses(this.#client, names, this.#signal);
  }

  /**
   * A file of this machine to a path of the server, such as `/data/prices.csv`, in its default file system. PySpark: `copyFromLocalToFs`.
   * @throws SparkError `server` where that is a local disk, unless `spark.sql.artifact.copyFromLocalToFs.allowDestLocal` is set
   */
  async copyFromLocalToFs(local: string | URL, target: string): Promise<void> {
    await addArtifacts(this.#client, [await forwardedArtifact(local, target)], this.#signal);
  }

  /** Every operation that starts from now on bears the tag. PySpark: `addTag`. @throws SparkError `usage` for a comma */
  addTag(tag: string): void {
    assertTag(tag);
    this.#tags.add(tag);
  }

  /** For operations that start from now on; a tag that is not there is no error. PySpark: `removeTag`. */
  removeTag(tag: string): void {
    assertTag(tag);
    this.#tags.delete(tag);
  }

  /** In the order in which they were added. PySpark: `getTags`. */
  getTags(): string[] {
    return [...this.#tags];
  }

  /** PySpark: `clearTags`. */
  clearTags(): void {
    this.#tags.clear();
  }

  /** Stops every operation of the session on the server. PySpark: `interruptAll`. @returns the ids of those that ran */
  async interruptAll(): Promise<string[]> {
    return await this.#client.interrupt();
  }

  /** Stops the operations that bear the tag. PySpark: `interruptTag`. @returns the ids of those that ran */
  async interruptTag(tag: string): Promise<string[]> {
    assertTag(tag);
    return await this.#client.interrupt({ case: 'operationTag', value: tag });
  }

  /** Stops one operation. PySpark: `interruptOperation`. @returns its id where it ran */
  async interruptOperation(operationId: string): Promise<string[]> {
    return await this.#client.interrupt({ case: 'operationId', value: operationId });
  }

  /** Ends the session on the server, and the connection, within seconds. Never fails; may be called again. PySpark: `stop`. */
  async release(): Promise<void> {
    this.#stopPings();
    this.#released ??= this.#client.close(this.#signal?.aborted === true ? RELEASE_WHEN_ABORTED_MS : RELEASE_MS);
    await this.#released;
  }

  /** Which server, of which version. PySpark: `repr`. */
  toString(): string {
    return `SparkSession<${this.#client.server}, Spark ${this.version}>`;
  }

  /** For `console.log`. Not in PySpark. */
  [INSPECT](): string {
    return this.toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }
}
