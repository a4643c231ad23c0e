/** Where the rows of a stream go: each call to `start` is a query that runs on the server until it is stopped. */
import { SparkError } from '../errors.ts';
import { commandPlan, type Plan, type PlanMessage } from '../plan/plan.ts';
import { startStream, type StreamParts } from '../plan/stream.ts';
import { type Options, textOptions } from './options.ts';
import { StreamingQuery } from './streaming-query.ts';
import { type Trigger, triggerOf } from './trigger.ts';
import type { Written } from './writer.ts';

const MODES = ['append', 'complete', 'update'] as const;

/** Rows that are new, all rows of the result, or those that changed. */
export type OutputMode = (typeof MODES)[number];

type Destination = StreamParts['sinkDestination'];
type Parts = Omit<StreamParts, 'sinkDestination'>;

const NOTHING: Parts = {
  format: '',
  options: {},
  outputMode: '',
  queryName: '',
  partitionBy: [],
  clusterBy: [],
  trigger: { case: undefined },
};

/** Immutable: each call gives a new writer. PySpark: `DataStreamWriter`. */
export class DataStreamWriter {
  readonly #frame: Pick<Written, 'runner' | 'relation'>;
  readonly #parts: Parts;

  /** Made by a frame, not by callers. */
  constructor(frame: Pick<Written, 'runner' | 'relation'>, parts: Parts = NOTHING) {
    this.#frame = frame;
    this.#parts = parts;
  }

  /** The sink, such as `parquet`, `kafka`, `memory` or `console`. PySpark: `format`. */
  format(format: string): DataStreamWriter {
    return this.#with({ format });
  }

  /** `append` unless said. PySpark: `outputMode`. */
  outputMode(outputMode: OutputMode): DataStreamWriter {
    if (!MODES.includes(outputMode))
      throw new SparkError('usage', `"${outputMode}" is no output mode: ${MODES.join(', ')}.`);
    return this.#with({ outputMode });
  }

  /** Of the sink; `checkpointLocation` is where the query keeps how far it got. PySpark: `option`. */
  option(name: string, value: string | number | boolean): DataStreamWriter {
    return this.options({ [name]: value });
  }

  /** Of the sink; later ones win. PySpark: `options`. */
  options(options: Options): DataStreamWriter {
    return this.#with({ options: { ...this.#parts.options, ...textOptions(options) } });
  }

  /** One folder for each value of these columns, as in `year=2019`. PySpark: `partitionBy`. */
  partitionBy(...names: readonly string[]): DataStreamWriter {
    return this.#with({ partitionBy: names });
  }

  /** Rows that are near each other in these columns come into the same files. PySpark: `clusterBy`. */
  clusterBy(...names: readonly string[]): DataStreamWriter {
    return this.#with({ clusterBy: names });
  }

  /** A name among the queries that run, and of the table of the sink `memory`. PySpark: `queryName`. */
  queryName(queryName: string): DataStreamWriter {
    if (queryName.trim() === '') throw new SparkError('usage', 'The name of a query cannot be empty.');
    return this.#with({ queryName });
  }

  /** When the next batch begins; as soon as the last has ended unless said. PySpark: `trigger`. */
  trigger(trigger: Trigger): DataStreamWriter {
    return this.#with({ trigger: triggerOf(trigger) });
  }

  /** PySpark: `start`. @param path a folder, as the server sees it; sinks that have none are started without */
  async start(path?: string): Promise<StreamingQuery> {
    return await this.#start(pathOf(path));
  }

  /** Into a table of the catalog, which is made where there is none. PySpark: `toTable`. */
  async toTable(name: string): Promise<StreamingQuery> {
    return await this.#start({ case: 'tableName', value: name });
  }

  /** The plan that `start` would send, for golden files. Not in PySpark. */
  toPlan(path?: string): Plan {
    return this.#plan(pathOf(path));
  }

  async #start(destination: Destination): Promise<StreamingQuery> {
    const { runner } = this.#frame;
    const answers = await runner.command({ plan: this.#plan(destination), observations: [] });
    const answer = answers.find(({ case: kind }) => kind === 'writeStreamOperationStartResult');
    if (answer?.case !== 'writeStreamOperationStartResult' || answer.value.queryId === undefined)
      throw new SparkError('protocol', 'The server started a stream without saying which.');
    const { id, runId } = answer.value.queryId;
    return new StreamingQuery(runner, { id, runId, name: answer.value.name });
  }

  #plan(sinkDestination: Destination): PlanMessage {
    return commandPlan(startStream(this.#frame.relation, { ...this.#parts, sinkDestination }));
  }

  #with(change: Partial<Parts>): DataStreamWriter {
    return new DataStreamWriter(this.#frame, { ...this.#parts, ...change });
  }
}

const pathOf = (path: string | undefined): Destination =>
  path === undefined ? { case: undefined } : { case: 'path', value: path };
