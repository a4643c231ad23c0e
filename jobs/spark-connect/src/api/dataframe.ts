/** An immutable, lazy table: transformations give new frames, actions hand the plan to the session. */
import { countOf, textOf } from './single-row.ts';
import { type Column, columnExpression } from '../expressions/column.ts';
import { SparkError } from '../errors.ts';
import { functions } from '../expressions/functions/index.ts';
import { FrameSets } from './frame-sets.ts';
import { GroupedData } from './grouped.ts';
import { aggregate } from '../plan/aggregate.ts';
import { aliased, type Columns, expressionsOf, type NamedAggregates } from '../expressions/named-columns.ts';
import { MergeIntoWriter } from './merge-into.ts';
import { allOf, type Observation } from './observation.ts';
import { checkpoint, createView, type ViewParts } from '../plan/command.ts';
import { commandPlan, queryPlan } from '../plan/plan.ts';
import * as plan from '../plan/relation.ts';
import type { StorageLevel } from '../plan/storage-level.ts';
import type { ExplainMode, RunOptions, Runner, Work } from './work.ts';
import { allRows, arrowDecoder, columnDecoder, rowDecoder } from './decoders.ts';
import { joinedStreams } from '../rows/arrow-stream.ts';
import type { ColumnBatch } from '../rows/column-batch.ts';
import type { Row, RowFormat, ValueFormat } from '../rows/row.ts';
import { StructType } from '../rows/schema.ts';
import { columnTypes } from '../rows/types.ts';
import { DataFrameWriter, type Written } from './writer.ts';
import { DataStreamWriter } from './stream-writer.ts';
import { DataFrameWriterV2 } from './writer-v2.ts';

/** How a result runs, and in which form its rows are given. */
export interface ResultRowOptions extends RunOptions, RowFormat {}

export interface CheckpointOptions extends RunOptions {
  /** Whether the rows are computed now, and not at the first use of the frame; true unless said. */
  readonly isEager?: boolean;
}

/** Its rows are on the server: nothing runs before an action. PySpark: `DataFrame`. */
export class DataFrame<R = Row> extends FrameSets<R> {
  /** Made by a session, not by callers. */
  constructor(runner: Runner, relation: plan.Relation, observations: readonly Observation[] = []) {
    super(runner, relation, observations);
  }

  /** One group for each combination of the keys. PySpark: `groupBy`. */
  groupBy(...keys: Columns): GroupedData {
    return this.#grouped('groupBy', keys);
  }

  /** Groups by all keys, by all but the last, … and one of all rows. PySpark: `rollup`. */
  rollup(...keys: Columns): GroupedData {
    return this.#grouped('rollup', keys);
  }

  /** Groups by every subset of the keys. PySpark: `cube`. */
  cube(...keys: Columns): GroupedData {
    return this.#grouped('cube', keys);
  }

  /** Groups by each of these lists of keys: `groupingSets([['a', 'b'], ['a'], []], 'a', 'b')`. PySpark: `groupingSets`. */
  groupingSets(sets: readonly Columns[], ...keys: Columns): GroupedData {
    const parts = { sets: sets.map((set) => expressionsOf(set)) };
    const expressions = expressionsOf(keys);
    return new GroupedData((aggregates, pivot) => {
      if (pivot !== undefined) throw new SparkError('usage', 'pivot follows groupBy, not groupingSets.');
      return this.changed(aggregate(this.relation, 'groupingSets', expressions, aggregates, parts));
    });
  }

  /** Over all rows: exactly one row. PySpark: `agg`. */
  agg(...aggregates: readonly [NamedAggregates] | readonly Column[]): DataFrame {
    return this.groupBy().agg(...aggregates);
  }

  /**
   * Computes aggregates while an action runs over the frame; then `observation.values` has them. PySpark: `observe`.
   * @throws SparkError `usage` without any metric
   */
  observe(observation: Observation, metrics: NamedAggregates): DataFrame<R> {
    const aggregates = aliased(metrics);
    if (aggregates.length === 0) throw new SparkError('usage', `The observation "${observation.name}" has no metrics.`);
    const observed = plan.collectMetrics(this.relation, observation.name, aggregates);
    return this.with(observed, allOf(this.observations, [observation]));
  }

  /** All rows, in memory. PySpark: `collect`. @throws SparkError also for two columns of one name, unless rows are arrays */
  async collect<T = unknown[]>(options: ResultRowOptions & { readonly rows: 'arrays' }): Promise<T[]>;
  async collect<T = R>(options?: ResultRowOptions): Promise<T[]>;
  async collect(options?: ResultRowOptions): Promise<unknown[]> {
    return await allRows(this.batches<unknown>(options));
  }

  /** The rows as they come, an array a batch; leaving the loop early interrupts the operation. PySpark: `toLocalIterator`. */
  batches<T = unknown[]>(options: ResultRowOptions & { readonly rows: 'arrays' }): AsyncGenerator<T[], void, void>;
  batches<T = R>(options?: ResultRowOptions): AsyncGenerator<T[], void, void>;
  batches(options?: ResultRowOptions): AsyncGenerator<unknown[], void, void> {
    return this.runner.batches(this.#work(), rowDecoder(options), options);
  }

  /** As {@link batches}, by columns: numbers as typed arrays over the bytes that came. Not in PySpark. */
  columnBatches(options?: RunOptions & ValueFormat): AsyncGenerator<ColumnBatch, void, void> {
    return this.runner.batches(this.#work(), columnDecoder(options), options);
  }

  /** As {@link batches}, each a complete stream in Arrow's IPC format, as the server made it. Not in PySpark. */
  arrowBatches(options?: RunOptions): AsyncGenerator<Uint8Array, void, void> {
    return this.runner.batches(this.#work(), arrowDecoder, options);
  }

  /** All rows, in memory, as one stream in Arrow's IPC format, for DuckDB, Polars, Arquero and others. PySpark: `toArrow`. */
  async toArrow(options?: RunOptions): Promise<Uint8Array> {
    const streams: Uint8Array[] = [];
    for await (const stream of this.arrowBatches(options)) streams.push(stream);
    return joinedStreams(streams);
  }

  /** How many rows. PySpark: `count`. */
  async count(options?: RunOptions): Promise<bigint> {
    return countOf(await this.agg(functions.count()).collect(options));
  }

  /** Undefined where there is none. PySpark: `first`. */
  async first<T = R>(options?: ResultRowOptions): Promise<T | undefined> {
    return (await this.limit(1).collect<T>(options))[0];
  }

  /** The columns: their `fields`, and `toDDL()` such as `url STRING NOT NULL, at TIMESTAMP`. Asks the server. PySpark: `schema`. */
  async schema(): Promise<StructType> {
    return new StructType(await this.runner.schema(queryPlan(this.relation)));
  }

  /** The names of the columns. Asks the server. PySpark: `columns`. */
  async columns(): Promise<string[]> {
    return (await this.dtypes()).map(([name]) => name);
  }

  /** Name and type in DDL of each column. Asks the server. PySpark: `dtypes`, which writes types in small letters. */
  async dtypes(): Promise<[name: string, type: string][]> {
    return columnTypes(await this.runner.schema(queryPlan(this.relation)));
  }

  /** The server keeps the rows from their first use on, for all frames of the same plan. PySpark: `cache`. @returns this frame */
  async cache(): Promise<DataFrame<R>> {
    return await this.persist();
  }

  /** As {@link cache}, at a place that is said, such as `DISK_ONLY`. PySpark: `persist`. @returns this frame */
  async persist(level: StorageLevel = 'MEMORY_AND_DISK_DESER'): Promise<DataFrame<R>> {
    await this.runner.keep(this.relation, level);
    return this;
  }

  /** The server lets the rows go that {@link cache} kept. PySpark: `unpersist`. @returns this frame */
  async unpersist(): Promise<DataFrame<R>> {
    await this.runner.keep(this.relation, undefined);
    return this;
  }

  /**
   * The rows as they are now, in files of the server's checkpoint folder until the session ends. PySpark: `checkpoint`.
   * @returns a frame that reads them
   */
  async checkpoint(options?: CheckpointOptions): Promise<DataFrame<R>> {
    return await this.#checkpointed(false, options);
  }

  /** As {@link checkpoint}, in the memory and on the disks of the executors, which may be lost. PySpark: `localCheckpoint`. */
  async localCheckpoint(options?: CheckpointOptions): Promise<DataFrame<R>> {
    return await this.#checkpointed(true, options);
  }

  /** How the server would run it. PySpark: `explain`. */
  async explain(mode: ExplainMode = 'simple'): Promise<string> {
    return await this.runner.explain(queryPlan(this.relation), mode);
  }

  /** The first rows as a table of text. PySpark: `show`. @param truncate characters of a cell; 0 cuts nothing */
  async showString(rows = 20, truncate = 20): Promise<string> {
    const shown = this.changed(plan.showString(this.relation, { rows, truncate, isVertical: false }));
    return textOf(await shown.collect());
  }

  /** The first rows, in memory. PySpark: `take`. */
  async take<T = R>(rows: number, options?: ResultRowOptions): Promise<T[]> {
    return await this.limit(rows).collect<T>(options);
  }

  /** As {@link take}; one row unless said. PySpark: `head`. */
  async head<T = R>(rows = 1, options?: ResultRowOptions): Promise<T[]> {
    return await this.take<T>(rows, options);
  }

  /** Whether there is no row. PySpark: `isEmpty`. */
  async isEmpty(options?: RunOptions): Promise<boolean> {
    return (await this.select().take(1, options)).length === 0;
  }

  /** A name in the session; SQL that uses the name sees the frame of that moment. PySpark: `createOrReplaceTempView`. */
  async createOrReplaceTempView(name: string): Promise<void> {
    await this.#createView(name, { isReplacing: true, isGlobal: false });
  }

  /** As {@link createOrReplaceTempView}. PySpark: `createTempView`. @throws SparkError `server` where the name is taken */
  async createTempView(name: string): Promise<void> {
    await this.#createView(name, { isReplacing: false, isGlobal: false });
  }

  /** For all sessions of the server, as `global_temp.name`. PySpark: `createOrReplaceGlobalTempView`. */
  async createOrReplaceGlobalTempView(name: string): Promise<void> {
    await this.#createView(name, { isReplacing: true, isGlobal: true });
  }

  /** For all sessions of the server. PySpark: `createGlobalTempView`. @throws SparkError `server` where the name is taken */
  async createGlobalTempView(name: string): Promise<void> {
    await this.#createView(name, { isReplacing: false, isGlobal: true });
  }

  /** Where the rows go: files or tables. PySpark: `write`. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.#written());
  }

  /** Where the rows of a stream go. PySpark: `writeStream`. */
  get writeStream(): DataStreamWriter {
    return new DataStreamWriter(this.#written());
  }

  /** A table of a catalog as the target, such as `lake.events`. PySpark: `writeTo`. */
  writeTo(table: string): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.#written(), { table });
  }

  /** Changes a table by these rows: `mergeInto('t', F.col('t.id').eq(F.col('s.id'))).whenMatched().updateAll().merge()`. PySpark: `mergeInto`. */
  mergeInto(table: string, condition: Column): MergeIntoWriter {
    return new MergeIntoWriter(this.#written(), { table, condition: columnExpression(condition), clauses: [] });
  }

  #work(): Work {
    return { plan: queryPlan(this.relation), observations: this.observations };
  }

  #grouped(grouping: 'groupBy' | 'rollup' | 'cube', keys: Columns): GroupedData {
    const expressions = expressionsOf(keys);
    return new GroupedData((aggregates, pivot) => {
      if (pivot !== undefined && grouping !== 'groupBy')
        throw new SparkError('usage', `pivot follows groupBy, not ${grouping}.`);
      const kind = pivot === undefined ? grouping : 'pivot';
      return this.changed(aggregate(this.relation, kind, expressions, aggregates, { pivot }));
    });
  }

  async #checkpointed(isLocal: boolean, { isEager = true, ...options }: CheckpointOptions = {}): Promise<DataFrame<R>> {
    const work = { plan: commandPlan(checkpoint(this.relation, isLocal, isEager)), observations: this.observations };
    const answers = await this.runner.command(work, options);
    const answer = answers.find(({ case: kind }) => kind === 'checkpointCommandResult');
    if (answer?.case !== 'checkpointCommandResult' || answer.value.relation === undefined)
      throw new SparkError('protocol', 'The server answered a checkpoint without saying where it is.');
    return this.with(plan.relation({ case: 'cachedRemoteRelation', value: answer.value.relation }), []);
  }

  async #createView(name: string, parts: ViewParts): Promise<void> {
    const work = { plan: commandPlan(createView(this.relation, name, parts)), observations: [] };
    await this.runner.command(work);
  }

  #written(): Written {
    return { runner: this.runner, relation: this.relation, observations: this.observations };
  }

  protected with(relation: plan.Relation, observations: readonly Observation[] = this.observations): DataFrame<R> {
    return new DataFrame<R>(this.runner, relation, observations);
  }
}
