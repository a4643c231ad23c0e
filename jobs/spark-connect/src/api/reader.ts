/** Where rows come from: format, schema, options and paths to a frame. Nothing is read until an action. */
import { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import * as plan from '../plan/relation.ts';
import { type Options, textOptions } from './options.ts';
import { ddlOf, type Schema } from '../rows/schema.ts';
import type { Runner } from './work.ts';

type Paths = string | readonly string[];

interface Parts {
  readonly format: string | undefined;
  readonly schema: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** Immutable: each call gives a new reader. PySpark: `DataFrameReader`. */
export class DataFrameReader {
  readonly #runner: Runner;
  readonly #parts: Parts;

  /** Made by a session, not by callers. */
  constructor(runner: Runner, parts: Parts = { format: undefined, schema: undefined, options: {} }) {
    this.#runner = runner;
    this.#parts = parts;
  }

  /** The source, such as `parquet`. PySpark: `format`. */
  format(format: string): DataFrameReader {
    return this.#with({ format });
  }

  /** PySpark: `schema`. @param schema such as `url STRING, at TIMESTAMP`; without one the server reads the data twice */
  schema(schema: Schema): DataFrameReader {
    return this.#with({ schema: ddlOf(schema) });
  }

  /** Of the source. PySpark: `option`. */
  option(name: string, value: string | number | boolean): DataFrameReader {
    return this.options({ [name]: value });
  }

  /** Of the source; later ones win. PySpark: `options`. */
  options(options: Options): DataFrameReader {
    return this.#with({ options: { ...this.#parts.options, ...textOptions(options) } });
  }

  /** Folders or files, as the server sees them; sources such as Kafka have no path. PySpark: `load`. */
  load(...paths: readonly string[]): DataFrame {
    return new DataFrame(this.#runner, plan.readSource({ ...this.#parts, paths }));
  }

  /** A table or view of the catalog. PySpark: `table`. */
  table(name: string): DataFrame {
    return new DataFrame(this.#runner, plan.readTable(name, this.#parts.options));
  }

  /** One column `value`, one row a line. PySpark: `text`. */
  text(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('text', paths, options);
  }

  /** One object a line, unless `multiLine` is set. PySpark: `json`. */
  json(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('json', paths, options);
  }

  /** One row a line, unless `multiLine` is set; columns `_c0`, … all STRING unless `schema` says else. PySpark: `csv`. */
  csv(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('csv', paths, options);
  }

  /** The schema is that of the files. PySpark: `parquet`. */
  parquet(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('parquet', paths, options);
  }

  /** The schema is that of the files. PySpark: `orc`. */
  orc(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('orc', paths, options);
  }

  /** A row for each element `rowTag`, which is an option that must be given. PySpark: `xml`. */
  xml(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('xml', paths, options);
  }

  /**
   * A table of another database, by the JDBC driver that the server has. PySpark: `jdbc`.
   * @param options such as `user`, `fetchsize`, or `partitionColumn`, `lowerBound`, `upperBound` and `numPartitions` together
   * @param predicates SQL conditions, one partition each
   */
  jdbc(url: string, table: string, options: Options = {}, predicates: readonly string[] = []): DataFrame {
    const reader = this.format('jdbc').options(options).options({ url, dbtable: table });
    return new DataFrame(this.#runner, plan.readSource({ ...reader.#parts, paths: [], predicates }));
  }

  /** What changed in a table between two of its versions, as options say, where its catalog keeps them. PySpark: `changes`. */
  changes(name: string): DataFrame {
    return changesOf(this.#runner, name, this.#parts, false);
  }

  #files(format: string, paths: Paths, options: Options): DataFrame {
    const list = typeof paths === 'string' ? [paths] : paths;
    if (list.length === 0) throw new SparkError('usage', `Reading ${format} needs at least one path.`);
    return this.format(format)
      .options(options)
      .load(...list);
  }

  #with(change: Partial<Parts>): DataFrameReader {
    return new DataFrameReader(this.#runner, { ...this.#parts, ...change });
  }
}

/** The changes of a table, of both readers. @throws SparkError `usage` where a schema is given */
export function changesOf(
  runner: Runner,
  name: string,
  { schema, options }: { readonly schema?: string | undefined; readonly options: Parts['options'] },
  isStreaming: boolean,
): DataFrame {
  if (schema !== undefined) throw new SparkError('usage', 'The changes of a table have their own schema.');
  return new DataFrame(runner, plan.readChanges(name, options, isStreaming));
}
