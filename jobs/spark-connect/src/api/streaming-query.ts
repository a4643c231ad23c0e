/** A stream that runs on the server, or ran: it lives as long as the session, and longer than this handle. */
import { SparkError } from '../errors.ts';
import type { StreamingQueryCommandResult } from '../gen/spark/connect/commands_pb.js';
import { commandPlan } from '../plan/plan.ts';
import { longNumber } from '../plan/numbers.ts';
import { queryCommand, type QueryId, type QueryQuestion } from '../plan/stream.ts';
import type { StreamingProgress, StreamingStatus } from './streaming-progress.ts';
import type { RunOptions, Runner } from './work.ts';

type Result = Extract<StreamingQueryCommandResult['resultType'], { readonly case: string }>;
type Results = { readonly [R in Result as R['case']]: R['value'] };

/** How long to wait for an end; `signal` stops the waiting, not the query. */
export interface AwaitOptions extends RunOptions {
  /** For ever unless said. */
  readonly timeoutMs?: number | undefined;
}

/** What `writeStream…start()` gives, and `spark.streams`. PySpark: `StreamingQuery`. */
export class StreamingQuery {
  /** The same after each start from one checkpoint. PySpark: `id`. */
  readonly id: string;
  /** Of this start. PySpark: `runId`. */
  readonly runId: string;
  /** Undefined where it was given none. PySpark: `name`. */
  readonly name: string | undefined;
  readonly #runner: Runner;

  /** Made by a writer, not by callers. */
  constructor(runner: Runner, { id, runId, name }: QueryId & { readonly name: string | undefined }) {
    this.#runner = runner;
    this.id = id;
    this.runId = runId;
    this.name = name === '' ? undefined : name;
  }

  /** Whether it still runs. Asks the server. PySpark: `isActive`. */
  async isActive(): Promise<boolean> {
    return (await this.status()).isActive;
  }

  /** What it is doing. PySpark: `status`. */
  async status(): Promise<StreamingStatus> {
    const { statusMessage, isDataAvailable, isTriggerActive, isActive } = await this.#answer('status', {
      case: 'status',
      value: true,
    });
    return { message: statusMessage, isDataAvailable, isTriggerActive, isActive };
  }

  /** Of the last batch; undefined before the first. PySpark: `lastProgress`. */
  async lastProgress(): Promise<StreamingProgress | undefined> {
    const question = { case: 'lastProgress', value: true } as const;
    return progressOf(await this.#answer('recentProgress', question)).at(-1);
  }

  /** Of the last batches, as many as the server keeps (`spark.sql.streaming.numRecentProgressUpdates`). PySpark: `recentProgress`. */
  async recentProgress(): Promise<StreamingProgress[]> {
    return progressOf(await this.#answer('recentProgress', { case: 'recentProgress', value: true }));
  }

  /**
   * Waits until it has ended. PySpark: `awaitTermination`, whose timeout is in seconds.
   * @returns whether it has ended, which is true without a timeout
   * @throws SparkError `server` where it ended by an error, `interrupted` where the signal stopped the waiting
   */
  async awaitTermination({ timeoutMs, ...options }: AwaitOptions = {}): Promise<boolean> {
    const question = { case: 'awaitTermination', value: timeoutOf(timeoutMs) } as const;
    const { terminated } = await this.#answer('awaitTermination', question, options);
    return timeoutMs === undefined || terminated;
  }

  /** Waits until all that has come until now is through; for tests. PySpark: `processAllAvailable`. */
  async processAllAvailable(options?: RunOptions): Promise<void> {
    await this.#run({ case: 'processAllAvailable', value: true }, options);
  }

  /** Ends it, and waits for that. What it has written stays. PySpark: `stop`. */
  async stop(): Promise<void> {
    await this.#run({ case: 'stop', value: true });
  }

  /** How the server runs it; says so little before its first batch. PySpark: `explain`, which prints it. */
  async explain(extended = false): Promise<string> {
    return (await this.#answer('explain', { case: 'explain', value: { extended } })).result;
  }

  /** Why it ended; undefined where it runs, or was stopped. PySpark: `exception`. */
  async exception(): Promise<SparkError | undefined> {
    const answer = await this.#result('exception', { case: 'exception', value: true });
    // A server with nothing to say says nothing at all.
    const { exceptionMessage, errorClass, stackTrace } = answer ?? {};
    if (exceptionMessage === undefined) return undefined;
    const serverStack = (stackTrace ?? '').split('\n').flatMap((line) => /^\s*at (.+)$/.exec(line)?.[1] ?? []);
    // The class before the colon is always the same.
    return new SparkError('server', exceptionMessage.replace(/^[\w.$]+: /, ''), { errorClass, serverStack });
  }

  async #answer<N extends keyof Results>(name: N, question: QueryQuestion, options?: RunOptions): Promise<Results[N]> {
    const result = await this.#result(name, question, options);
    if (result !== undefined) return result;
    throw new SparkError('protocol', `Asked for the ${name} of a stream, the server answered something else.`);
  }

  async #result<N extends keyof Results>(
    name: N,
    question: QueryQuestion,
    options?: RunOptions,
  ): Promise<Results[N] | undefined> {
    const answers = await this.#run(question, options);
    const answer = answers.find(({ case: kind }) => kind === 'streamingQueryCommandResult');
    const result = answer?.case === 'streamingQueryCommandResult' ? answer.value.resultType : undefined;
    return result?.case === name ? (result.value as Results[N]) : undefined;
  }

  async #run(question: QueryQuestion, options?: RunOptions) {
    const work = { plan: commandPlan(queryCommand(this, question)), observations: [] };
    return await this.#runner.command(work, options);
  }
}

function progressOf({ recentProgressJson }: { readonly recentProgressJson: readonly string[] }): StreamingProgress[] {
  return recentProgressJson.map((text) => JSON.parse(text) as StreamingProgress);
}

/** @throws SparkError `usage` for what is no time above 0 */
export function timeoutOf(timeoutMs: number | undefined): { timeoutMs?: bigint } {
  if (timeoutMs === undefined) return {};
  if (!(timeoutMs > 0))
    throw new SparkError('usage', `A timeout is a number of milliseconds above 0, not ${timeoutMs}.`);
  return { timeoutMs: longNumber('A timeout', Math.ceil(timeoutMs)) };
}
