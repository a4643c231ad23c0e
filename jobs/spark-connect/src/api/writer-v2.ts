/** Rows into a table of a catalog: what happens is said by the last call, not by a mode. */
import { type Column, columnExpression, namedExpression } from '../expressions/column.ts';
import { SparkError } from '../errors.ts';
import { commandPlan, type Plan, type PlanMessage } from '../plan/plan.ts';
import { writeV2, type WriteV2Mode, type WriteV2Parts } from '../plan/write-v2.ts';
import { type Options, textOptions } from './options.ts';
import type { RunOptions } from './work.ts';
import type { Written } from './writer.ts';

/**
 * Immutable: each call gives a new writer. The last call runs the command, once. PySpark: `DataFrameWriterV2`.
 * @example
 * await frame.writeTo('lake.events').using('iceberg').partitionedBy('day').create();
 */
export class DataFrameWriterV2 {
  readonly #frame: Written;
  readonly #parts: WriteV2Parts;

  /** Made by a frame, not by callers. */
  constructor(frame: Written, parts: Pick<WriteV2Parts, 'table'> & Partial<WriteV2Parts>) {
    this.#frame = frame;
    this.#parts = { provider: undefined, options: {}, tableProperties: {}, partitionedBy: [], ...parts };
  }

  /** The source of a new table, such as `parquet` or `iceberg`. PySpark: `using`. */
  using(provider: string): DataFrameWriterV2 {
    return this.#with({ provider });
  }

  /** Of this write. PySpark: `option`. */
  option(name: string, value: string | number | boolean): DataFrameWriterV2 {
    return this.options({ [name]: value });
  }

  /** Of this write. PySpark: `options`. */
  options(options: Options): DataFrameWriterV2 {
    return this.#with({ options: { ...this.#parts.options, ...textOptions(options) } });
  }

  /** Of a new table, kept with it. PySpark: `tableProperty`. */
  tableProperty(name: string, value: string): DataFrameWriterV2 {
    return this.#with({ tableProperties: { ...this.#parts.tableProperties, [name]: value } });
  }

  /** Of a new table: columns, or transforms of them such as `F.callFunction('days', F.col('at'))`. PySpark: `partitionedBy`. */
  partitionedBy(...columns: readonly (Column | string)[]): DataFrameWriterV2 {
    return this.#with({ partitionedBy: columns.map(namedExpression) });
  }

  /** Of a new table: rows that are near each other in these columns come into the same files. PySpark: `clusterBy`. */
  clusterBy(...names: readonly [string, ...string[]]): DataFrameWriterV2 {
    return this.#with({ clusterBy: names });
  }

  /** A new table. PySpark: `create`. @throws SparkError `server` (`TABLE_OR_VIEW_ALREADY_EXISTS`) where there is one */
  async create(options?: RunOptions): Promise<void> {
    await this.#run({ kind: 'create' }, options);
  }

  /** The table anew, with this schema. PySpark: `replace`. @throws SparkError `server` where there is none */
  async replace(options?: RunOptions): Promise<void> {
    await this.#run({ kind: 'replace' }, options);
  }

  /** The table with this schema, whether there was one or not. PySpark: `createOrReplace`. */
  async createOrReplace(options?: RunOptions): Promise<void> {
    await this.#run({ kind: 'createOrReplace' }, options);
  }

  /** By the names of the columns. PySpark: `append`. @throws SparkError `server` (`TABLE_OR_VIEW_NOT_FOUND`) */
  async append(options?: RunOptions): Promise<void> {
    await this.#run({ kind: 'append' }, options);
  }

  /** In place of the rows for which the condition is true. PySpark: `overwrite`. */
  async overwrite(condition: Column, options?: RunOptions): Promise<void> {
    await this.#run({ kind: 'overwrite', condition: columnExpression(condition) }, options);
  }

  /** In place of every partition that gets at least one row. PySpark: `overwritePartitions`. */
  async overwritePartitions(options?: RunOptions): Promise<void> {
    await this.#run({ kind: 'overwritePartitions' }, options);
  }

  /** The plan that the call of this name would send, for golden files. Not in PySpark. */
  toPlan(call: WriteV2Mode['kind'], condition?: Column): Plan {
    if (call !== 'overwrite') return this.#plan({ kind: call });
    if (condition === undefined) throw new SparkError('usage', 'overwrite needs the condition of the rows that go.');
    return this.#plan({ kind: call, condition: columnExpression(condition) });
  }

  async #run(mode: WriteV2Mode, options?: RunOptions): Promise<void> {
    const { runner, observations } = this.#frame;
    await runner.command({ plan: this.#plan(mode), observations }, options);
  }

  #plan(mode: WriteV2Mode): PlanMessage {
    return commandPlan(writeV2(this.#frame.relation, this.#parts, mode));
  }

  #with(change: Partial<WriteV2Parts>): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.#frame, { ...this.#parts, ...change });
  }
}
