/** An immutable, lazy table: transformations give new frames, actions hand the plan to the session. */
import { countOf, textOf } from './single-row.ts';
import { type Column, namedExpression, type Operand, toExpression } from '../expressions/column.ts';
import { SparkError } from '../errors.ts';
import { functions } from '../expressions/functions/index.ts';
import { GroupedData } from './grouped.ts';
import {
  aliased,
  type ColumnOrName,
  named,
  type NamedAggregates,
  type NamedColumns,
} from '../expressions/named-columns.ts';
import { allOf, type Observation } from './observation.ts';
import { createView } from '../plan/command.ts';
import { asSortOrder } from '../plan/expression.ts';
import { commandPlan, type Plan, queryPlan } from '../plan/plan.ts';
import * as plan from '../plan/relation.ts';
import type { ExplainMode, RunOptions, Runner } from './work.ts';
import type { Row } from '../rows/row.ts';
import { DataFrameWriter, type Written } from './writer.ts';
import { DataFrameWriterV2 } from './writer-v2.ts';

/** Its rows are on the server: nothing runs before an action. PySpark: `DataFrame`. */
export class DataFrame {
  readonly #runner: Runner;
  readonly #relation: plan.Relation;
  readonly #observations: readonly Observation[];

  /** Made by a session, not by callers. */
  constructor(runner: Runner, relation: plan.Relation, observations: readonly Observation[] = []) {
    this.#runner = runner;
    this.#relation = relation;
    this.#observations = observations;
  }

  /** These columns and no others. PySpark: `select`. */
  select(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#with(plan.project(this.#relation, columns.map(namedExpression)));
  }

  /** Adds columns, or replaces those of the same name; all of them see the frame as it was before. PySpark: `withColumns`. */
  withColumns(columns: NamedColumns): DataFrame {
    const added = named(columns);
    return added.length === 0 ? this : this.#with(plan.withColumns(this.#relation, added));
  }

  /** Adds one column, or replaces that of the same name. PySpark: `withColumn`. */
  withColumn(name: string, column: Operand): DataFrame {
    return this.withColumns({ [name]: column });
  }

  /** PySpark: `withColumnsRenamed`. @param names new name by old name; a name that is not there is left out */
  withColumnsRenamed(names: Readonly<Record<string, string>>): DataFrame {
    return this.#with(plan.renameColumns(this.#relation, names));
  }

  /** The same columns under these names, in order. PySpark: `toDF`. */
  toDF(...names: readonly string[]): DataFrame {
    return this.#with(plan.toDF(this.#relation, names));
  }

  /** The rows for which the condition is true. PySpark: `filter`. */
  filter(condition: Column): DataFrame {
    return this.#with(plan.filter(this.#relation, condition.expression));
  }

  /** As {@link filter}. PySpark: `where`. */
  where(condition: Column): DataFrame {
    return this.filter(condition);
  }

  /** Without these columns; a name that is not there is left out. PySpark: `drop`. */
  drop(...columns: readonly ColumnOrName[]): DataFrame {
    const names = columns.filter((column) => typeof column === 'string');
    const expressions = columns.filter((column) => typeof column !== 'string').map(({ expression }) => expression);
    return this.#with(plan.drop(this.#relation, names, expressions));
  }

  /** A shuffle; without columns round robin. PySpark: `repartition`. */
  repartition(partitions: number, ...columns: readonly ColumnOrName[]): DataFrame {
    return this.#with(
      columns.length === 0
        ? plan.repartition(this.#relation, partitions, true)
        : plan.repartitionBy(this.#relation, columns.map(namedExpression), partitions),
    );
  }

  /** Fewer partitions without a shuffle. PySpark: `coalesce`. */
  coalesce(partitions: number): DataFrame {
    return this.#with(plan.repartition(this.#relation, partitions, false));
  }

  /** Sorted in each partition by itself, without a shuffle. PySpark: `sortWithinPartitions`. */
  sortWithinPartitions(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sorted(columns, false);
  }

  /** Ascending, nulls first, unless a column says else: `F.col('n').desc()`. PySpark: `orderBy`. */
  orderBy(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sorted(columns, true);
  }

  /** At most so many rows. PySpark: `limit`. */
  limit(rows: number): DataFrame {
    return this.#with(plan.limit(this.#relation, rows));
  }

  /** Without the first rows. PySpark: `offset`. */
  offset(rows: number): DataFrame {
    return this.#with(plan.offset(this.#relation, rows));
  }

  /** The last rows, as a frame. PySpark: `tail`, which gives the rows at once. */
  tail(rows: number): DataFrame {
    return this.#with(plan.tail(this.#relation, rows));
  }

  /** PySpark: `sample`. @param fraction 0..1, how likely each row is taken */
  sample(fraction: number, seed: bigint): DataFrame {
    return this.#with(plan.sample(this.#relation, { fraction, seed, withReplacement: false }));
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
    const observed = plan.collectMetrics(this.#relation, observation.name, aggregates);
    return new DataFrame(this.#runner, observed, allOf(this.#observations, [observation]));
  }

  /** Each row once. PySpark: `distinct`. */
  distinct(): DataFrame {
    return this.#with(plan.deduplicate(this.#relation, []));
  }

  /** One row of each group that is equal in these columns; which one is not said. PySpark: `dropDuplicates`. */
  dropDuplicates(...names: readonly string[]): DataFrame {
    return this.#with(plan.deduplicate(this.#relation, names));
  }

  /** By position of the columns; keeps duplicates. PySpark: `union`. */
  union(other: DataFrame): DataFrame {
    return this.#combined(other, { operation: 'union', isAll: true, byName: false, allowMissingColumns: false });
  }

  /** By names of the columns; keeps duplicates. PySpark: `unionByName`. */
  unionByName(other: DataFrame, options: { readonly allowMissingColumns?: boolean } = {}): DataFrame {
    const allowMissingColumns = options.allowMissingColumns ?? false;
    return this.#combined(other, { operation: 'union', isAll: true, byName: true, allowMissingColumns });
  }

  /** Rows that both frames have, each once. PySpark: `intersect`. */
  intersect(other: DataFrame): DataFrame {
    return this.#combined(other, { operation: 'intersect', isAll: false, byName: false, allowMissingColumns: false });
  }

  /** Rows of this frame that the other does not have, each once. PySpark: `subtract`. */
  except(other: DataFrame): DataFrame {
    return this.#combined(other, { operation: 'except', isAll: false, byName: false, allowMissingColumns: false });
  }

  /**
   * PySpark: `join`. @throws SparkError `usage` for a frame of another session, as all that take a second frame
   * @param on a condition over both sides (told apart by {@link as}), or names of columns, which come out once
   */
  join(other: DataFrame, on: Column | string | readonly string[], type: plan.JoinType = 'inner'): DataFrame {
    const condition = typeof on === 'string' ? [on] : 'expression' in on ? on.expression : on;
    return this.#beside(other, plan.join(this.#relation, other.#relation, type, condition));
  }

  /** Each row with each row of the other. PySpark: `crossJoin`. */
  crossJoin(other: DataFrame): DataFrame {
    return this.#beside(other, plan.join(this.#relation, other.#relation, 'cross', []));
  }

  /** A name before the dot for the columns of this frame: `frame.as('a')`, then `F.col('a.url')`. PySpark: `alias`. */
  as(name: string): DataFrame {
    return this.#with(plan.aliased(this.#relation, name));
  }

  /** Such as `broadcast`. PySpark: `hint`. */
  hint(name: string, ...parameters: readonly Operand[]): DataFrame {
    return this.#with(plan.hint(this.#relation, name, parameters.map(toExpression)));
  }

  /** All rows, in memory. PySpark: `collect`. @throws SparkError also for two columns of one name */
  async collect<R = Row>(options?: RunOptions): Promise<R[]> {
    const rows: R[] = [];
    for await (const batch of this.batches<R>(options)) for (const row of batch) rows.push(row);
    return rows;
  }

  /** The rows as they come, an array a batch; leaving the loop early interrupts the operation. PySpark: `toLocalIterator`. */
  batches<R = Row>(options?: RunOptions): AsyncGenerator<R[], void, void> {
    const work = { plan: this.toPlan(), observations: this.#observations };
    return this.#runner.batches(work, options) as AsyncGenerator<R[], void, void>;
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
    return await this.#runner.schema(this.toPlan());
  }

  /** How the server would run it. PySpark: `explain`. */
  async explain(mode: ExplainMode = 'simple'): Promise<string> {
    return await this.#runner.explain(this.toPlan(), mode);
  }

  /** The first rows as a table of text. PySpark: `show`. @param truncate characters of a cell; 0 cuts nothing */
  async showString(rows = 20, truncate = 20): Promise<string> {
    const shown = this.#with(plan.showString(this.#relation, { rows, truncate, isVertical: false }));
    return textOf(await shown.collect());
  }

  /** A name in the session; SQL that uses the name sees the frame of that moment. PySpark: `createOrReplaceTempView`. */
  async createOrReplaceTempView(name: string): Promise<void> {
    const work = { plan: commandPlan(createView(this.#relation, name, true)), observations: [] };
    for await (const _ of this.#runner.batches(work)) {
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

  /** The plan that an action would send, the same for the same code: for golden files. Not in PySpark. */
  toPlan(): Plan {
    return queryPlan(this.#relation);
  }

  #with(relation: plan.Relation): DataFrame {
    return new DataFrame(this.#runner, relation, this.#observations);
  }

  #grouped(grouping: plan.Grouping, keys: readonly ColumnOrName[]): GroupedData {
    const expressions = keys.map(namedExpression);
    return new GroupedData((aggregates) =>
      this.#with(plan.aggregate(this.#relation, grouping, expressions, aggregates)),
    );
  }

  #sorted(columns: readonly ColumnOrName[], isGlobal: boolean): DataFrame {
    const order = columns.map((column) => asSortOrder(namedExpression(column)));
    return this.#with(plan.sort(this.#relation, order, isGlobal));
  }

  #combined(other: DataFrame, parts: plan.SetParts): DataFrame {
    return this.#beside(other, plan.setOperation(this.#relation, other.#relation, parts));
  }

  #written(): Written {
    return { runner: this.#runner, relation: this.#relation, observations: this.#observations };
  }

  #beside(other: DataFrame, relation: plan.Relation): DataFrame {
    if (other.#runner !== this.#runner) throw new SparkError('usage', 'Frames of two sessions cannot be combined.');
    return new DataFrame(this.#runner, relation, allOf(this.#observations, other.#observations));
  }
}
