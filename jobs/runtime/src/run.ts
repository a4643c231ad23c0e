/** One run of a job: everything the job is given, and how its end becomes an exit code and a summary. */
import { randomBytes } from 'node:crypto';
import type { RunArguments } from './arguments.ts';
import type { Config } from './config/schema.ts';
import {
  type FailureCode,
  givenRunId,
  hasEnded,
  type JobName,
  LakeError,
  type InputFolder,
  type Layout,
  newRunId,
  type ObjectStore,
  openStore,
  toLakeError,
} from 'lake';
import { readLayout, schemasFile } from './home.ts';
import type { DatasetUse } from './dataset-use.ts';
import type { Log } from './log.ts';
import { scrub, secretsOf } from './config/secrets.ts';
import type { Environment } from './config/variables.ts';
import type { QueryProgress, StepSize } from './progress/estimate.ts';
import { Heartbeat, type ProgressListener } from './progress/heartbeat.ts';
import { sparkFailure } from './spark/spark-failures.ts';

export interface Run {
  readonly job: JobName;
  readonly args: RunArguments;
  readonly config: Config;
  /** The environment, with what AWS holds for references in it. */
  readonly variables: Environment;
  readonly runId: string;
  readonly lake: ObjectStore;
  readonly output: ObjectStore;
  readonly layout: Layout;
  /** Where the day's raw files lie. */
  readonly landing: InputFolder;
  readonly image: { readonly version: string; readonly commit: string };
  /** Who runs the days of the lake, by RECIPE_ETL_SCHEDULER. */
  readonly scheduler: string | undefined;
  readonly startedAt: Date;
  readonly log: Log;
  /** Aborted when the run must end: publish nothing more. */
  readonly signal: AbortSignal;
  /** What the job is doing now, and how much there is to read for it, where that is known; the log repeats it until the next. */
  readonly progress: (text: string, size?: StepSize) => void;
  /** What Spark reports of the query that runs for it. */
  readonly query: (query: QueryProgress) => void;
  /** To be called with each dataset that the run has read or published; of one with more to tell, again. */
  readonly used: (use: DatasetUse) => void;
  /** For a job that continues after a part of it failed: logs the failure, and returns it in the form of a summary. */
  readonly failure: (thrown: unknown) => Failure;
}

/** The first fields of a summary, as far as they are known. */
export interface Identity {
  readonly job: JobName;
  readonly logicalDate?: string;
  readonly runId?: string;
}

/** The last line on stdout, and what a scheduler passes on. */
export interface Summary extends Identity {
  readonly outcome: 'published' | 'unchanged' | 'dry-run' | 'failed';
  readonly exitCode: number;
  readonly [more: string]: unknown;
}

/** How a job, or a part of it, failed. */
export interface Failure {
  readonly outcome: 'failed';
  readonly exitCode: number;
  readonly code: FailureCode;
  readonly retryHelps: LakeError['retryHelps'];
  readonly message: string;
  readonly [more: string]: unknown;
}

/** The job's own part of its summary; `executeJob` adds the rest. */
export type JobResult =
  { readonly outcome: Exclude<Summary['outcome'], 'failed'>; readonly [more: string]: unknown } | Failure;

export type Job = (run: Run) => Promise<JobResult>;

export interface Execution extends ProgressListener {
  readonly args: RunArguments;
  readonly config: Config;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** A store whose root is the day's landing, instead of the lake's. */
  readonly input?: ObjectStore | undefined;
  readonly variables?: Environment;
  readonly now?: () => Date;
  /** For a caller that shows the summary to a person: its message is not logged too. */
  readonly showsSummary?: boolean;
  /** Called as soon as the run has its id. */
  readonly onIdentity?: (identity: Identity) => void;
  /** Called with each dataset that the run has read or published. */
  readonly onUse?: (use: DatasetUse) => void;
}

/** Runs a job in this process. Never throws: what goes wrong is in the summary. */
export async function executeJob(name: JobName, job: Job, execution: Execution): Promise<Summary> {
  const { args, log, signal, now = () => new Date() } = execution;
  const secrets = secretsOf(execution.config, execution.variables);
  let identity: Identity = { job: name, logicalDate: args.logicalDate.iso };
  const heartbeat = new Heartbeat(log, execution.config.logging.progressSeconds * 1000, execution);
  const failure = (thrown: unknown): Failure => {
    // After the run was stopped, a failure is a consequence of that.
    const cause = toLakeError(signal.aborted ? signal.reason : (sparkFailure(thrown, execution.config.lake) ?? thrown));
    const error = new LakeError(cause.code, scrub(cause.message, secrets), { cause });
    if (execution.showsSummary !== true) {
      log.error(`${error.message} [${error.code}] exit ${error.exitCode}; ${error.advice}`);
    }
    if (error.code === 'unexpected') log.error(scrub(stackOf(thrown), secrets));
    return failureOf(error);
  };
  try {
    const run = { ...openRun(name, execution, heartbeat, now()), failure };
    identity = { ...identity, runId: run.runId };
    execution.onIdentity?.(identity);
    log.info(`${name}: processing day ${args.logicalDate.iso} (run ${run.runId})`);
    assertDayIsOver(args, now());
    await assertUsable(run);
    const result = await job(run);
    return { ...identity, exitCode: 0, ...result };
  } catch (thrown) {
    return { ...identity, ...failure(thrown) };
  } finally {
    heartbeat.stop();
  }
}

const stackOf = (thrown: unknown): string => (thrown instanceof Error && thrown.stack) || String(thrown);

export function failed(identity: Identity, error: LakeError): Summary {
  return { ...identity, ...failureOf(error) };
}

function failureOf({ code, exitCode, retryHelps, message }: LakeError): Failure {
  return { outcome: 'failed', exitCode, code, retryHelps, message };
}

function openRun(job: JobName, execution: Execution, heartbeat: Heartbeat, startedAt: Date): Omit<Run, 'failure'> {
  const { args, config, log, signal, input, variables = {} } = execution;
  const lake = openStore(config.lake.uri, config.lake);
  const layout = readLayout(schemasFile());
  const runId =
    args.runId === undefined ? newRunId(startedAt, randomBytes(6).toString('hex')) : givenRunId(args.runId, args.try);
  return {
    job,
    args,
    config,
    variables,
    runId,
    lake,
    output: openStore(config.lake.output, config.lake),
    layout,
    landing:
      input === undefined ? { store: lake, prefix: layout.landing(args.logicalDate) } : { store: input, prefix: '' },
    image: {
      version: variables['RECIPE_ETL_VERSION'] || 'source',
      commit: variables['RECIPE_ETL_COMMIT'] || 'unknown',
    },
    scheduler: variables['RECIPE_ETL_SCHEDULER'],
    startedAt,
    log,
    signal,
    progress: (text, size) => heartbeat.say(text, size),
    query: (query) => heartbeat.query(query),
    used: (use) => execution.onUse?.(use),
  };
}

/** Checks both roots before anything is read; only those that the job writes to must be writable. */
async function assertUsable({ job, lake, output }: Run): Promise<void> {
  await Promise.all([lake.assertReachable(), output.assertReachable()]);
  await Promise.all([lake.assertWritable(), job === 'prepare' && output.assertWritable()]);
}

function assertDayIsOver(args: RunArguments, now: Date): void {
  if (args.allowIncomplete || hasEnded(args.logicalDate, now)) return;
  const message = `${args.logicalDate.iso} has not ended in UTC (it is ${now.toISOString()}); run it later, or with --allow-incomplete`;
  throw new LakeError('day-not-over', message);
}
