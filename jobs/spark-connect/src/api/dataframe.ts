/** An immutable, lazy table: transformations give new frames, actions hand the plan to the session. */
import { countOf, textOf } from './single-row.ts';
import { type Column, namedExpression } from '../expressions/column.ts';
import { SparkError } from '../errors.ts';
import { functions } from '../expressions/functions/index.ts';
import { FrameSets } from './frame-sets.ts';
import { GroupedData } from './grouped.ts';
import { aliased, type ColumnOrName, type NamedAggregates } from '../expressions/named-columns.ts';
import { allOf, type Observation } from './observation.ts';
import { createView } from '../plan/command.ts';
import { commandPlan } from '../plan/plan.ts';
import * as plan from '../plan/relation.ts';
import type { ExplainMode, RunOptions, Runner } from './work.ts';
import type { Row } from '../rows/row.ts';
import { DataFrameWriter, type Written } from './writer.ts';
import { DataFrameWriterV2 } from './writer-v2.ts';

/** Its rows are on the server: nothing runs before an action. PySpark: `DataFrame`. */
export class DataFrame extends FrameSets {
  /** Made by a session, not by callers. */
  constructor(runner: Runner, relation: plan.Relation, observations: readonly Observation[] = []) {
    super(runner, relation, observations);
  }

  /** One group for each combination of the keys. PySpark: `groupBy`. */
  groupBy(...keys: readonly ColumnOrName[]): GroupedData {
    return this.#grouped('groupBy', keys);
  }

  /** Groups by all keys, by all but the last, … and one of all rows. PySpark: `rollup`. */
  rollup(...keys: readonly ColumnOrName[]): GroupedData {
    return this.#grouped('rollup', keys);
  }

  /** Groups by every subset of the keys. PySpark: `cube`. */
  cube(...keys: readonly ColumnOrName[]): GroupedData {
    return this.#grouped('cube', keys);
  }

  /** Over all rows: exactly one row. PySpark: `agg`. */
  agg(...aggregates: readonly [NamedAggregates] | readonly Column[]): DataFrame {
    return this.groupBy().agg(...aggregates);
  }

  /**
   * Computes aggregates while an action runs over the frame; then `observation.values` has them. PySpark: `observe`.
   * @throws SparkError `usage` without any metric
   */
  observe(observation: Observation, metrics: NamedAggregates): DataFrame {
    const aggregates = aliased(metrics);
    if (aggregates.length === 0) throw new SparkError('usage', `The observation "${observation.name}" has no metrics.`);
    const observed = plan.collectMetrics(this.relation, observation.name, aggregates);
    return this.with(observed, allOf(this.observations, [observation]));
  }

  /** All rows, in memory. PySpark: `collect`. @throws SparkError also for two columns of one name */
  async collect<R = Row>(options?: RunOptions): Promise<R[]> {
    const rows: R[] = [];
    for await (const batch of this.batches<R>(options)) for (const row of batch) rows.push(row);
    return rows;
  }

  /** The rows as they come, an array a batch; leaving the loop early interrupts the operation. PySpark: `toLocalIterator`. */
  batches<R = Row>(options?: RunOptions): AsyncGenerator<R[], void, void> {
    const work = { plan: this.toPlan(), observations: this.observations };
    return this.runner.batches(work, options) as AsyncGenerator<R[], void, void>;
  }

  /** How many rows. PySpark: `count`. */
  async count(options?: RunOptions): Promise<bigint> {
    return countOf(await this.agg(functions.count()).collect(options));
  }

  /** Undefined where there is none. PySpark: `first`. */
  async first<R = Row>(options?: RunOptions): Promise<R | undefined> {
    return (await this.limit(1).collect<R>(options))[0];
  }

  /** The columns in DDL: `url STRING NOT NULL, at TIMESTAMP`. Asks the server. PySpark: `schema`. */
  async schema(): Promise<string> {
    return await this.runner.schema(this.toPlan());
  }

  /** How the server would run it. PySpark: `explain`. */
  async explain(mode: ExplainMode = 'simple'): Promise<string> {
    return await this.runner.explain(this.toPlan(), mode);
  }

  /** The first rows as a table of text. PySpark: `show`. @param truncate characters of a cell; 0 cuts nothing */
  async showString(rows = 20, truncate = 20): Promise<string> {
    const shown = this.with(plan.showString(this.relation, { rows, truncate, isVertical: false }));
    return textOf(await shown.collect());
  }

  /** A name in the session; SQL that uses the name sees the frame of that moment. PySpark: `createOrReplaceTempView`. */
  async createOrReplaceTempView(name: string): Promise<void> {
    const work = { plan: commandPlan(createView(this.relation, name, true)), observations: [] };
    for await (const _ of this.runner.batches(work)) {
      // The command answers no rows.
    }
  }

  /** Where the rows go: files or tables. PySpark: `write`. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.#written());
  }

  /** A table of a catalog as the target, such as `lake.events`. PySpark: `writeTo`. */
  writeTo(table: string): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.#written(), { table });
  }

  #grouped(grouping: plan.Grouping, keys: readonly ColumnOrName[]): GroupedData {
    const expressions = keys.map(namedExpression);
    return new GroupedData((aggregates) => this.with(plan.aggregate(this.relation, grouping, expressions, aggregates)));
  }

  #written(): Written {
    return { runner: this.runner, relation: this.relation, observations: this.observations };
  }

  protected with(relation: plan.Relation, observations: readonly Observation[] = this.observations): DataFrame {
    return new DataFrame(this.runner, relation, observations);
  }
}
