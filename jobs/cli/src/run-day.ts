/** The jobs for one day, in this process and one Spark session. */
import { dataload } from 'dataload';
import { FAILURES, type JobName, type ObjectStore, openStore } from 'lake';
import { prepare } from 'prepare';
import {
  type Config,
  type Environment,
  executeJob,
  type Execution,
  type Job,
  openLog,
  parseArguments,
  type Progress,
  readLayout,
  schemasFile,
  secretsOf,
  type Summary,
} from 'runtime';
import type { SparkSession } from 'spark-connect';
import { pageContextOf, tryWriteIndex } from './page-context.ts';

const JOBS: Readonly<Record<JobName, (spark: SparkSession) => Job>> = {
  dataload: (spark) => (run) => dataload(run, spark),
  prepare: (spark) => (run) => prepare(run, spark),
};

export interface DayRun {
  readonly jobs?: readonly JobName[];
  /** Command line of the jobs. */
  readonly words: readonly string[];
  readonly config: Config;
  readonly spark: SparkSession;
  readonly signal: AbortSignal;
  readonly variables: Environment;
  /** Holds the raw files of the day, instead of the lake. */
  readonly input?: ObjectStore;
  readonly progress: Progress;
}

/** @returns a summary a job, up to the first that failed */
export async function runDay(day: DayRun): Promise<Summary[]> {
  const { jobs = ['dataload', 'prepare'], words, config, spark, signal, variables, input, progress } = day;
  const execution = {
    args: parseArguments(words, variables),
    config,
    // The caller prints what people want to know; the log keeps to what went wrong.
    log: openLog({ ...config.logging, level: 'warn' }, secretsOf(config, variables)),
    signal,
    variables,
    input,
    showsSummary: true,
    onProgress: progress.say.bind(progress),
  };
  const summaries: Summary[] = [];
  for (const job of jobs) {
    const summary = await executeJob(job, JOBS[job](spark), execution);
    summaries.push(summary);
    if (summary.exitCode === 0) continue;
    // prepare writes the index once it has published; of a refused day nobody else would.
    if (summary.exitCode === FAILURES.quality.exitCode) await showRefusal(execution, variables);
    break;
  }
  return summaries;
}

async function showRefusal({ args, config, log, signal }: Execution, variables: Environment): Promise<void> {
  const context = {
    lake: openStore(config.lake.uri, config.lake),
    output: openStore(config.lake.output, config.lake),
    layout: readLayout(schemasFile()),
    config: config.lake,
    now: new Date(),
    signal,
    warn: (text: string) => log.warn(text),
  };
  await tryWriteIndex(pageContextOf(context, { env: args.env, config, variables }));
}
