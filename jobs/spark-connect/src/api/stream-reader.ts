/** Where rows come from that never end: format, schema and options to a frame that only a stream's writer can run. */
import { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import * as plan from '../plan/relation.ts';
import { type Options, textOptions } from './options.ts';
import { changesOf } from './reader.ts';
import { ddlOf, type Schema } from '../rows/schema.ts';
import type { Runner } from './work.ts';

interface Parts {
  readonly format?: string;
  readonly schema?: string;
  readonly sourceName?: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Immutable: each call gives a new reader. PySpark: `DataStreamReader`. */
export class DataStreamReader {
  readonly #runner: Runner;
  readonly #parts: Parts;

  /** Made by a session, not by callers. */
  constructor(runner: Runner, parts: Parts = { options: {} }) {
    this.#runner = runner;
    this.#parts = parts;
  }

  /** The source, such as `kafka` or `rate`. PySpark: `format`. */
  format(format: string): DataStreamReader {
    return this.#with({ format });
  }

  /** PySpark: `schema`. @param schema such as `url STRING, at TIMESTAMP`; sources of files need one */
  schema(schema: Schema): DataStreamReader {
    return this.#with({ schema: ddlOf(schema) });
  }

  /** Of the source. PySpark: `option`. */
  option(name: string, value: string | number | boolean): DataStreamReader {
    return this.options({ [name]: value });
  }

  /** Of the source; later ones win. PySpark: `options`. */
  options(options: Options): DataStreamReader {
    return this.#with({ options: { ...this.#parts.options, ...textOptions(options) } });
  }

  /** What a checkpoint calls the source, so that a query may have others later: letters, digits and `_`. PySpark: `name`. */
  name(sourceName: string): DataStreamReader {
    if (!/^\w+$/.test(sourceName))
      throw new SparkError('usage', `"${sourceName}" is no name of a source: only letters, digits and _.`);
    return this.#with({ sourceName });
  }

  /** PySpark: `load`. @param path a folder, as the server sees it; sources such as Kafka have none */
  load(path?: string): DataFrame {
    const { format, schema, sourceName, options } = this.#parts;
    const paths = path === undefined ? [] : [path];
    return new DataFrame(
      this.#runner,
      plan.readSource({ format, schema, options, paths, sourceName, isStreaming: true }),
    );
  }

  /** The rows that are added to a table. PySpark: `table`. */
  table(name: string): DataFrame {
    return new DataFrame(this.#runner, plan.readTable(name, this.#parts.options, true));
  }

  /** What changes in a table, where its catalog keeps that. PySpark: `changes`. */
  changes(name: string): DataFrame {
    return changesOf(this.#runner, name, this.#parts, true);
  }

  /** One column `value`, one row a line of each new file. PySpark: `text`. */
  text(path: string, options: Options = {}): DataFrame {
    return this.format('text').options(options).load(path);
  }

  /** One object a line of each new file. PySpark: `json`. */
  json(path: string, options: Options = {}): DataFrame {
    return this.format('json').options(options).load(path);
  }

  /** One row a line of each new file. PySpark: `csv`. */
  csv(path: string, options: Options = {}): DataFrame {
    return this.format('csv').options(options).load(path);
  }

  /** The rows of each new file. PySpark: `parquet`. */
  parquet(path: string, options: Options = {}): DataFrame {
    return this.format('parquet').options(options).load(path);
  }

  /** The rows of each new file. PySpark: `orc`. */
  orc(path: string, options: Options = {}): DataFrame {
    return this.format('orc').options(options).load(path);
  }

  /** A row for each element `rowTag` of each new file. PySpark: `xml`. */
  xml(path: string, options: Options = {}): DataFrame {
    return this.format('xml').options(options).load(path);
  }

  #with(change: Partial<Parts>): DataStreamReader {
    return new DataStreamReader(this.#runner, { ...this.#parts, ...change });
  }
}
