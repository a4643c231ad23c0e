/** What a job tells its Spark client, from the configuration of the run. */
import type { Run } from './run.ts';

/** The version that the jobs are written for and tested with. */
const MIN_SPARK_VERSION = '4.2.0';

/** Structural, so that nothing of a Spark client is imported here. */
export interface ConnectOptions {
  readonly remote: string;
  readonly conf: Readonly<Record<string, string>>;
  readonly userAgent: string;
  readonly minVersion: string;
  readonly connectTimeoutMs: number;
  readonly retryBudgetMs: number;
  readonly signal: AbortSignal;
}

export function connectOptions({ config, job, signal }: Pick<Run, 'config' | 'job' | 'signal'>): ConnectOptions {
  const { remote, conf, connectTimeoutSeconds, retryBudgetSeconds } = config.spark;
  return {
    remote,
    conf,
    userAgent: `recipe-etl-${job}`,
    minVersion: MIN_SPARK_VERSION,
    connectTimeoutMs: connectTimeoutSeconds * 1000,
    retryBudgetMs: retryBudgetSeconds * 1000,
    signal,
  };
}
