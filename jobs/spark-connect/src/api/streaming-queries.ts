/** The streams of a session, however they were started. */
import { SparkError } from '../errors.ts';
import type { StreamingQueryManagerCommandResult } from '../gen/spark/connect/commands_pb.js';
import { commandPlan } from '../plan/plan.ts';
import { queriesCommand, type QueriesQuestion } from '../plan/stream.ts';
import { type AwaitOptions, StreamingQuery, timeoutOf } from './streaming-query.ts';
import type { RunOptions, Runner } from './work.ts';

type Result = StreamingQueryManagerCommandResult['resultType'];
interface Instance {
  readonly id?: { readonly id: string; readonly runId: string } | undefined;
  readonly name?: string | undefined;
}

/** PySpark: `StreamingQueryManager`, as `spark.streams`. */
export class StreamingQueryManager {
  readonly #runner: Runner;

  /** Made by a session, not by callers. */
  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** Those that run. PySpark: `streams.active`. */
  async active(): Promise<StreamingQuery[]> {
    const result = await this.#ask({ case: 'active', value: true });
    return result.case === 'active' ? result.value.activeQueries.map((one) => this.#query(one)) : [];
  }

  /** One that runs; undefined where none has the id. PySpark: `streams.get`. */
  async get(id: string): Promise<StreamingQuery | undefined> {
    const result = await this.#ask({ case: 'getQuery', value: id });
    return result.case === 'query' ? this.#query(result.value) : undefined;
  }

  /**
   * Waits until one has ended since the session began, or since {@link resetTerminated}. PySpark: `streams.awaitAnyTermination`.
   * @returns whether one has, which is true without a timeout
   * @throws SparkError `server` where it ended by an error
   */
  async awaitAnyTermination({ timeoutMs, ...options }: AwaitOptions = {}): Promise<boolean> {
    const question = { case: 'awaitAnyTermination', value: timeoutOf(timeoutMs) } as const;
    const result = await this.#ask(question, options);
    return timeoutMs === undefined || (result.case === 'awaitAnyTermination' && result.value.terminated);
  }

  /** Those that have ended are forgotten, so that {@link awaitAnyTermination} waits for others. PySpark: `streams.resetTerminated`. */
  async resetTerminated(): Promise<void> {
    await this.#ask({ case: 'resetTerminated', value: true });
  }

  async #ask(question: QueriesQuestion, options?: RunOptions): Promise<Result> {
    const work = { plan: commandPlan(queriesCommand(question)), observations: [] };
    const answers = await this.#runner.command(work, options);
    const answer = answers.find(({ case: kind }) => kind === 'streamingQueryManagerCommandResult');
    if (answer?.case === 'streamingQueryManagerCommandResult') return answer.value.resultType;
    throw new SparkError('protocol', 'Asked about its streams, the server answered something else.');
  }

  #query({ id, name }: Instance): StreamingQuery {
    if (id === undefined) throw new SparkError('protocol', 'The server named a stream without its id.');
    return new StreamingQuery(this.#runner, { id: id.id, runId: id.runId, name });
  }
}
