/** The options of a job's Spark client, from the configuration of the run. */
import type { QueryProgress } from '../progress/estimate.ts';
import type { Run } from '../run.ts';
import { dayConfs } from './day-confs.ts';
import { s3aConf } from './s3a-conf.ts';
import { FIXED_CONF, isTuning } from './session-conf.ts';
import { isS3Uri } from 'lake';

/** The version that the jobs are written for and tested with. */
const MIN_SPARK_VERSION = '4.2.0';

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

export function connectOptions(
  run: Pick<Run, 'config' | 'job' | 'signal'> & Partial<Pick<Run, 'query'>>,
): ConnectOptions {
  const { config, job, signal, query } = run;
  const { lake } = config;
  const usesS3 = [lake.uri, lake.output].some(isS3Uri);
  const { remote, conf, connectTimeoutSeconds, retryBudgetSeconds } = config.spark;
  return {
    remote,
    // The first plans of a run are small, whatever the day is.
    conf: { ...(usesS3 ? s3aConf(lake) : {}), ...conf, ...dayConfs(config, 0), ...FIXED_CONF },
    inheritsConf: isTuning,
    userAgent: `recipe-etl-${job}`,
    minVersion: MIN_SPARK_VERSION,
    connectTimeoutMs: connectTimeoutSeconds * 1000,
    retryBudgetMs: retryBudgetSeconds * 1000,
    signal,
    onProgress: (progress) => query?.(progress),
  };
}
