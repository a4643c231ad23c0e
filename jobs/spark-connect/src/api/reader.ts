/** Where rows come from: format, schema, options and paths to a frame. Nothing is read until an action. */
import { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import { partsOfFrame } from './frame.ts';
import { parse, type TextFormat } from '../plan/parse.ts';
import * as plan from '../plan/relation.ts';
import { type Options, textOptions } from './options.ts';
import { dataTypeOf } from '../rows/data-type.ts';
import { ddlOf, type Schema } from '../rows/schema.ts';
import type { Runner } from './work.ts';

type Paths = string | readonly string[];

interface Parts {
  readonly format: string | undefined;
  readonly schema: Schema | undefined;
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
    return this.#with({ schema });
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
    return new DataFrame(this.#runner, this.#source(paths));
  }

  /** A table or view of the catalog. PySpark: `table`. */
  table(name: string): DataFrame {
    return new DataFrame(this.#runner, plan.readTable(name, this.#parts.options));
  }

  /** One column `value`, one row a line. PySpark: `text`. */
  text(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('text', paths, options);
  }

  /** One object a line, unless `multiLine` is set; also one for each text of a frame of one column. PySpark: `json`. */
  json(paths: Paths | DataFrame<unknown>, options: Options = {}): DataFrame {
    return isPaths(paths) ? this.#files('json', paths, options) : this.#texts('json', paths, options);
  }

  /** One row a line, unless `multiLine` is set; columns `_c0`, … all STRING unless `schema` says else; also of the texts of a frame. PySpark: `csv`. */
  csv(paths: Paths | DataFrame<unknown>, options: Options = {}): DataFrame {
    return isPaths(paths) ? this.#files('csv', paths, options) : this.#texts('csv', paths, options);
  }

  /** The schema is that of the files. PySpark: `parquet`. */
  parquet(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('parquet', paths, options);
  }

  /** The schema is that of the files. PySpark: `orc`. */
  orc(paths: Paths, options: Options = {}): DataFrame {
    return this.#files('orc', paths, options);
  }

  /** A row for each element `rowTag`, which is an option that must be given; also of the texts of a frame. PySpark: `xml`. */
  xml(paths: Paths | DataFrame<unknown>, options: Options = {}): DataFrame {
    return isPaths(paths) ? this.#files('xml', paths, options) : this.#texts('xml', paths, options);
  }

  /**
   * A table of another database, by the JDBC driver that the server has. PySpark: `jdbc`.
   * @param options such as `user`, `fetchsize`, or `partitionColumn`, `lowerBound`, `upperBound` and `numPartitions` together
   * @param predicates SQL conditions, one partition each
   */
  jdbc(url: string, table: string, options: Options = {}, predicates: readonly string[] = []): DataFrame {
    const reader = this.format('jdbc').options(options).options({ url, dbtable: table });
    return new DataFrame(this.#runner, reader.#source([], predicates));
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

  #texts(format: TextFormat, texts: DataFrame<unknown>, options: Options): DataFrame {
    const reader = this.options(options);
    const { relation, observations } = partsOfFrame(texts, this.#runner);
    const { schema } = reader.#parts;
    const type = schema === undefined ? undefined : dataTypeOf(schema);
    const parsed = parse(relation, { format, schema: type, options: reader.#parts.options });
    return new DataFrame(this.#runner, parsed, observations);
  }

  #source(paths: readonly string[], predicates: readonly string[] = []): plan.Relation {
    const { schema, ...parts } = this.#parts;
    return plan.readSource({ ...parts, schema: schema === undefined ? undefined : ddlOf(schema), paths, predicates });
  }

  #with(change: Partial<Parts>): DataFrameReader {
    return new DataFrameReader(this.#runner, { ...this.#parts, ...change });
  }
}

function isPaths(paths: Paths | DataFrame<unknown>): paths is Paths {
  return typeof paths === 'string' || Array.isArray(paths);
}

/** The changes of a table, of both readers. @throws SparkError `usage` where a schema is given */
export function changesOf(
  runner: Runner,
  name: string,
  { schema, options }: { readonly schema?: Schema | undefined; readonly options: Parts['options'] },
  isStreaming: boolean,
): DataFrame {
  if (schema !== undefined) throw new SparkError('usage', 'The changes of a table have their own schema.');
  return new DataFrame(runner, plan.readChanges(name, options, isStreaming));
}
