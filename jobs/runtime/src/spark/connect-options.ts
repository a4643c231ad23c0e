/** The options of a job's Spark client, from the configuration of the run. */
import type { Run } from '../run.ts';
import { codeGeneration } from './code-generation.ts';
import { s3aConf } from './s3a-conf.ts';
import { FIXED_CONF, isTuning } from './session-conf.ts';
import { isS3Uri } from 'lake';

/** The version that the jobs are written for and tested with. */
const MIN_SPARK_VERSION = '4.2.0';

/** How far a query is, as a Spark client reports it. */
interface QueryProgress {
  readonly tasks: number;
  readonly completedTasks: number;
  readonly inputBytes: number;
}

/** `Spark: 3 of 8 tasks, 12 MB read` */
export function progressText({ tasks, completedTasks, inputBytes }: QueryProgress): string {
  return `Spark: ${completedTasks} of ${tasks} tasks, ${Math.round(inputBytes / 1e6)} MB read`;
}

/** Structural, so that no Spark client is imported here. */
export interface ConnectOptions {
  readonly remote: string;
  readonly conf: Readonly<Record<string, string>>;
  readonly inheritsConf: (key: string) => boolean;
  readonly userAgent: string;
  readonly minVersion: string;
  readonly connectTimeoutMs: number;
  readonly retryBudgetMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: QueryProgress) => void;
}

export function connectOptions(run: Pick<Run, 'config' | 'job' | 'signal' | 'progress'>): ConnectOptions {
  const { config, job, signal, progress } = run;
  const { lake } = config;
  const usesS3 = [lake.uri, lake.output].some(isS3Uri);
  const { remote, conf, connectTimeoutSeconds, retryBudgetSeconds } = config.spark;
  return {
    remote,
    // The first plans of a run are small, whatever the day is.
    conf: { ...(usesS3 ? s3aConf(lake) : {}), ...conf, ...codeGeneration(config, 0), ...FIXED_CONF },
    inheritsConf: isTuning,
    userAgent: `recipe-etl-${job}`,
    minVersion: MIN_SPARK_VERSION,
    connectTimeoutMs: connectTimeoutSeconds * 1000,
    retryBudgetMs: retryBudgetSeconds * 1000,
    signal,
    onProgress: (query) => progress(progressText(query)),
  };
}
