/** Where rows go: format, mode, options and target to one command. */
import { SparkError } from '../errors.ts';
import type { Observation } from './observation.ts';
import { saveModes, type SaveMode, type Target, write, type WriteParts } from '../plan/command.ts';
import { commandPlan, type Plan, type PlanMessage } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import { type Options, textOptions } from './options.ts';
import type { RunOptions, Runner } from './work.ts';

type Parts = Omit<WriteParts, 'target'>;

/** The frame that is written. */
export interface Written {
  readonly runner: Runner;
  readonly relation: Relation;
  readonly observations: readonly Observation[];
}

/** Immutable: each call gives a new writer. The last call runs the command, once. */
export class DataFrameWriter {
  readonly #frame: Written;
  readonly #parts: Parts;

  /** Made by a frame, not by callers. */
  constructor(frame: Written, parts: Parts = { format: undefined, mode: undefined, options: {}, partitionBy: [] }) {
    this.#frame = frame;
    this.#parts = parts;
  }

  /** The source, such as `parquet`. PySpark: `format`. */
  format(format: string): DataFrameWriter {
    return this.#with({ format });
  }

  /** What happens where there is something already; `errorifexists` unless said otherwise. PySpark: `mode`. */
  mode(mode: SaveMode): DataFrameWriter {
    if (!saveModes.includes(mode)) throw new SparkError('usage', `"${mode}" is no save mode: ${saveModes.join(', ')}.`);
    return this.#with({ mode });
  }

  /** Of the source. PySpark: `option`. */
  option(name: string, value: string | number | boolean): DataFrameWriter {
    return this.options({ [name]: value });
  }

  /** Of the source; later ones win. PySpark: `options`. */
  options(options: Options): DataFrameWriter {
    return this.#with({ options: { ...this.#parts.options, ...textOptions(options) } });
  }

  /** One folder for each value of these columns, as in `year=2019`. PySpark: `partitionBy`. */
  partitionBy(...names: readonly string[]): DataFrameWriter {
    return this.#with({ partitionBy: names });
  }

  /** Into so many files for each partition, by the hash of these columns; for `saveAsTable` only. PySpark: `bucketBy`. */
  bucketBy(buckets: number, ...names: readonly [string, ...string[]]): DataFrameWriter {
    return this.#with({ bucketBy: { numBuckets: buckets, bucketColumnNames: [...names] } });
  }

  /** The order in each bucket of {@link bucketBy}. PySpark: `sortBy`. */
  sortBy(...names: readonly [string, ...string[]]): DataFrameWriter {
    return this.#with({ sortBy: names });
  }

  /** Rows that are near each other in these columns come into the same files. PySpark: `clusterBy`. */
  clusterBy(...names: readonly [string, ...string[]]): DataFrameWriter {
    return this.#with({ clusterBy: names });
  }

  /** PySpark: `save`. @param path a folder, as the server sees it; sources that have no path are saved without */
  async save(path?: string, options?: RunOptions): Promise<void> {
    await this.#run(path === undefined ? { kind: 'nowhere' } : { kind: 'path', path }, options);
  }

  /** PySpark: `parquet`. */
  async parquet(path: string): Promise<void> {
    await this.format('parquet').save(path);
  }

  /** PySpark: `orc`. */
  async orc(path: string): Promise<void> {
    await this.format('orc').save(path);
  }

  /** PySpark: `xml`. */
  async xml(path: string): Promise<void> {
    await this.format('xml').save(path);
  }

  /** A table of another database, by the JDBC driver that the server has. PySpark: `jdbc`. @param options such as `user` */
  async jdbc(url: string, table: string, options: Options = {}): Promise<void> {
    await this.format('jdbc').options(options).options({ url, dbtable: table }).save();
  }

  /** One object a line. PySpark: `json`. */
  async json(path: string): Promise<void> {
    await this.format('json').save(path);
  }

  /** PySpark: `csv`. */
  async csv(path: string): Promise<void> {
    await this.format('csv').save(path);
  }

  /** The only column, a STRING, one row a line. PySpark: `text`. */
  async text(path: string): Promise<void> {
    await this.format('text').save(path);
  }

  /** A table of the catalog. PySpark: `saveAsTable`. */
  async saveAsTable(name: string): Promise<void> {
    await this.#run({ kind: 'table', name, isInsert: false });
  }

  /** By position of the columns, not by their names. PySpark: `insertInto`. */
  async insertInto(name: string): Promise<void> {
    await this.#run({ kind: 'table', name, isInsert: true });
  }

  /** The plan that `save` would send, for golden files. Not in PySpark. */
  toPlan(path?: string): Plan {
    return this.#plan(path === undefined ? { kind: 'nowhere' } : { kind: 'path', path });
  }

  async #run(target: Target, options?: RunOptions): Promise<void> {
    const { runner, observations } = this.#frame;
    await runner.command({ plan: this.#plan(target), observations }, options);
  }

  #plan(target: Target): PlanMessage {
    return commandPlan(write(this.#frame.relation, { ...this.#parts, target }));
  }

  #with(change: Partial<Parts>): DataFrameWriter {
    return new DataFrameWriter(this.#frame, { ...this.#parts, ...change });
  }
}
