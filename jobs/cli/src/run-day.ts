/** The jobs for one day, in this process and one Spark session. */
import { dataload } from 'dataload';
import type { JobName, ObjectStore } from 'lake';
import { prepare } from 'prepare';
import {
  type Config,
  type Environment,
  executeJob,
  type Job,
  openLog,
  parseArguments,
  secretsOf,
  type Summary,
} from 'runtime';
import type { SparkSession } from 'spark-connect';
import type { Progress } from './summary.ts';

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
    onProgress: (text: string) => progress.say(text),
  };
  const summaries: Summary[] = [];
  for (const job of jobs) {
    const summary = await executeJob(job, JOBS[job](spark), execution);
    summaries.push(summary);
    if (summary.exitCode !== 0) break;
  }
  return summaries;
}
