/** An immutable, lazy table: transformations give new frames, actions hand the plan to the session. */
import { type Column, namedExpression, type Operand, toExpression } from './column.ts';
import { SparkError } from './errors.ts';
import { functions } from './functions.ts';
import { GroupedData } from './grouped.ts';
import type { Observation } from './observation.ts';
import { createView } from './plan/command.ts';
import { alias, asSortOrder } from './plan/expression.ts';
import { commandPlan, type Plan, queryPlan } from './plan/plan.ts';
import * as plan from './plan/relation.ts';
import type { ExplainMode, Row, RunOptions, Runner } from './runner.ts';
import { DataFrameWriter } from './writer.ts';
import { DataFrameWriterV2 } from './writer-v2.ts';

/** Where a frame is asked for its columns, a string is a column's name. */
type ColumnOrName = Column | string;

/** Aggregates by the name of their column. */
export type NamedColumns = Readonly<Record<string, Operand>>;

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

  select(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#with(plan.project(this.#relation, columns.map(namedExpression)));
  }

  /** Adds columns, or replaces those of the same name; all of them see the frame as it was before. */
  withColumns(columns: NamedColumns): DataFrame {
    const named = Object.entries(columns).map(([name, column]) => ({ name, expression: toExpression(column) }));
    return named.length === 0 ? this : this.#with(plan.withColumns(this.#relation, named));
  }

  withColumn(name: string, column: Operand): DataFrame {
    return this.withColumns({ [name]: column });
  }

  /** @param names new name by old name; a name that is not there is left out */
  withColumnsRenamed(names: Readonly<Record<string, string>>): DataFrame {
    return this.#with(plan.renameColumns(this.#relation, names));
  }

  /** The same columns under these names, in order. */
  toDF(...names: readonly string[]): DataFrame {
    return this.#with(plan.toDF(this.#relation, names));
  }

  filter(condition: Column): DataFrame {
    return this.#with(plan.filter(this.#relation, condition.expression));
  }

  where(condition: Column): DataFrame {
    return this.filter(condition);
  }

  /** A name that is not there is left out. */
  drop(...columns: readonly ColumnOrName[]): DataFrame {
    const names = columns.filter((column) => typeof column === 'string');
    const expressions = columns.filter((column) => typeof column !== 'string').map(({ expression }) => expression);
    return this.#with(plan.drop(this.#relation, names, expressions));
  }

  /** A shuffle; without columns round robin. */
  repartition(partitions: number, ...columns: readonly ColumnOrName[]): DataFrame {
    return this.#with(
      columns.length === 0
        ? plan.repartition(this.#relation, partitions, true)
        : plan.repartitionBy(this.#relation, columns.map(namedExpression), partitions),
    );
  }

  /** Fewer partitions without a shuffle. */
  coalesce(partitions: number): DataFrame {
    return this.#with(plan.repartition(this.#relation, partitions, false));
  }

  sortWithinPartitions(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sorted(columns, false);
  }

  orderBy(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sorted(columns, true);
  }

  limit(rows: number): DataFrame {
    return this.#with(plan.limit(this.#relation, rows));
  }

  offset(rows: number): DataFrame {
    return this.#with(plan.offset(this.#relation, rows));
  }

  tail(rows: number): DataFrame {
    return this.#with(plan.tail(this.#relation, rows));
  }

  /** @param fraction 0..1, how likely each row is taken */
  sample(fraction: number, seed: bigint): DataFrame {
    return this.#with(plan.sample(this.#relation, { fraction, seed, withReplacement: false }));
  }

  groupBy(...keys: readonly ColumnOrName[]): GroupedData {
    return this.#grouped('groupBy', keys);
  }

  rollup(...keys: readonly ColumnOrName[]): GroupedData {
    return this.#grouped('rollup', keys);
  }

  cube(...keys: readonly ColumnOrName[]): GroupedData {
    return this.#grouped('cube', keys);
  }

  /** Over all rows: exactly one row. */
  agg(...aggregates: readonly [NamedColumns] | readonly Column[]): DataFrame {
    return this.groupBy().agg(...aggregates);
  }

  /**
   * Computes aggregates while an action runs over the frame; afterwards `observation.values` has them.
   * @param metrics aggregates by name
   */
  observe(observation: Observation, metrics: NamedColumns): DataFrame {
    const named = Object.entries(metrics).map(([name, metric]) => alias(toExpression(metric), name));
    if (named.length === 0) throw new SparkError('usage', `The observation "${observation.name}" has no metrics.`);
    const observed = plan.collectMetrics(this.#relation, observation.name, named);
    return new DataFrame(this.#runner, observed, union(this.#observations, [observation]));
  }

  distinct(): DataFrame {
    return this.#with(plan.deduplicate(this.#relation, []));
  }

  /** One row of each group that is equal in these columns; which one is not said. */
  dropDuplicates(...names: readonly string[]): DataFrame {
    return this.#with(plan.deduplicate(this.#relation, names));
  }

  /** By position of the columns; keeps duplicates. */
  union(other: DataFrame): DataFrame {
    return this.#combined(other, { operation: 'union', isAll: true, byName: false, allowMissingColumns: false });
  }

  /** By names of the columns; keeps duplicates. */
  unionByName(other: DataFrame, options: { readonly allowMissingColumns?: boolean } = {}): DataFrame {
    const allowMissingColumns = options.allowMissingColumns ?? false;
    return this.#combined(other, { operation: 'union', isAll: true, byName: true, allowMissingColumns });
  }

  intersect(other: DataFrame): DataFrame {
    return this.#combined(other, { operation: 'intersect', isAll: false, byName: false, allowMissingColumns: false });
  }

  /** Rows of this frame that the other does not have, each once. */
  except(other: DataFrame): DataFrame {
    return this.#combined(other, { operation: 'except', isAll: false, byName: false, allowMissingColumns: false });
  }

  /**
   * @param on a condition over both sides (tell them apart by {@link as}), or names of columns that both have and
   *   that come out once
   */
  join(other: DataFrame, on: Column | string | readonly string[], type: plan.JoinType = 'inner'): DataFrame {
    const condition = typeof on === 'string' ? [on] : 'expression' in on ? on.expression : on;
    return this.#beside(other, plan.join(this.#relation, other.#relation, type, condition));
  }

  crossJoin(other: DataFrame): DataFrame {
    return this.#beside(other, plan.join(this.#relation, other.#relation, 'cross', []));
  }

  /** A name before the dot for the columns of this frame: `frame.as('a')`, then `F.col('a.url')`. */
  as(name: string): DataFrame {
    return this.#with(plan.aliased(this.#relation, name));
  }

  /** Such as `broadcast`. */
  hint(name: string, ...parameters: readonly Operand[]): DataFrame {
    return this.#with(plan.hint(this.#relation, name, parameters.map(toExpression)));
  }

  /** All rows in memory. @throws SparkError */
  async collect<R = Row>(options?: RunOptions): Promise<R[]> {
    const rows: R[] = [];
    for await (const batch of this.batches<R>(options)) for (const row of batch) rows.push(row);
    return rows;
  }

  /** The rows as they come, one array for each batch of the server; leaving the loop early interrupts the operation. */
  batches<R = Row>(options?: RunOptions): AsyncGenerator<R[], void, void> {
    const work = { plan: this.toPlan(), observations: this.#observations };
    return this.#runner.batches(work, options) as AsyncGenerator<R[], void, void>;
  }

  async count(options?: RunOptions): Promise<bigint> {
    const [row = {}] = await this.agg(functions.count()).collect<Record<string, bigint>>(options);
    const [count] = Object.values(row);
    if (count === undefined) throw new SparkError('protocol', 'The server answered a count without a row.');
    return count;
  }

  async first<R = Row>(options?: RunOptions): Promise<R | undefined> {
    return (await this.limit(1).collect<R>(options))[0];
  }

  /** The columns in DDL: `url STRING NOT NULL, at TIMESTAMP`. Asks the server. */
  async schema(): Promise<string> {
    return await this.#runner.schema(this.toPlan());
  }

  /** How the server would run it. */
  async explain(mode: ExplainMode = 'simple'): Promise<string> {
    return await this.#runner.explain(this.toPlan(), mode);
  }

  /** The first rows as a table of text. @param truncate characters of a cell; 0 cuts nothing */
  async showString(rows = 20, truncate = 20): Promise<string> {
    const shown = this.#with(plan.showString(this.#relation, { rows, truncate, isVertical: false }));
    const [row] = await shown.collect();
    return Object.values(row ?? {}).join('');
  }

  /** Gives the frame a name in the session; the SQL that uses the name sees the frame of that moment. */
  async createOrReplaceTempView(name: string): Promise<void> {
    const work = { plan: commandPlan(createView(this.#relation, name, true)), observations: [] };
    for await (const _ of this.#runner.batches(work)) {
      // The command answers no rows.
    }
  }

  get write(): DataFrameWriter {
    return new DataFrameWriter({ runner: this.#runner, relation: this.#relation, observations: this.#observations });
  }

  /** A table of a catalog as the target, such as `lake.events`. PySpark: `writeTo`. */
  writeTo(table: string): DataFrameWriterV2 {
    const frame = { runner: this.#runner, relation: this.#relation, observations: this.#observations };
    return new DataFrameWriterV2(frame, { table });
  }

  /** The plan that an action would send, the same for the same code: for golden files. */
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

  #beside(other: DataFrame, relation: plan.Relation): DataFrame {
    if (other.#runner !== this.#runner) throw new SparkError('usage', 'Frames of two sessions cannot be combined.');
    return new DataFrame(this.#runner, relation, union(this.#observations, other.#observations));
  }
}

function union(first: readonly Observation[], second: readonly Observation[]): readonly Observation[] {
  return second.length === 0 ? first : [...new Set([...first, ...second])];
}
