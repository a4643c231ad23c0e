/** Both jobs for one day, again and again in one session, each time as a new day. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataload } from 'dataload';
import { openStore } from 'lake';
import { prepare } from 'prepare';
import { connectOptions, executeJob, loadConfig, openLog, parseArguments } from 'runtime';
import { SparkSession } from 'spark-connect';
import type { Seconds } from './peers.ts';
import type { Results } from './results.ts';

const JOBS = { dataload, prepare };
const DATE = '2019-11-29';
const HIVE = join('year=2019', 'month=11', 'day=29');

export interface OurDay extends Results {
  readonly seconds: readonly Seconds[];
  /** Of the last round, by stage: what the jobs say of themselves. */
  readonly stages: Readonly<Record<string, number>>;
}

export async function ourDay(remote: string, input: string, output: string, rounds: number): Promise<OurDay> {
  const lake = join(output, 'lake');
  const variables = { SPARK_REMOTE: remote, RECIPE_ETL_LAKE: lake, RECIPE_ETL_OUTPUT: output };
  const config = loadConfig('local', 'configs', variables);
  const { signal } = new AbortController();
  const options = connectOptions({ config, job: 'dataload', signal });
  await using spark = await SparkSession.connect(options);
  const log = openLog({ ...config.logging, level: 'warn' });
  const args = parseArguments(['--date', DATE], {});
  const execution = { args, config, log, signal, variables, input: openStore(input, config.lake) };
  const timed = async (job: keyof Seconds) => {
    const start = performance.now();
    const summary = await executeJob(job, (run) => JOBS[job](run, spark), execution);
    if (summary.exitCode !== 0) throw new Error(JSON.stringify(summary));
    return { seconds: (performance.now() - start) / 1000, timings: summary['timings'] as Record<string, number> };
  };
  const seconds: Seconds[] = [];
  let stages: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    rmSync(output, { recursive: true, force: true });
    const [dataload, prepare] = [await timed('dataload'), await timed('prepare')];
    seconds.push({ dataload: dataload.seconds, prepare: prepare.seconds });
    stages = { ...dataload.timings };
  }
  return {
    name: 'ours',
    table: join(lake, 'recipes', HIVE, 'recipes.parquet'),
    quarantine: join(lake, 'quarantine', 'recipe_changes', HIVE, '*.json'),
    report: join(output, 'beef_cooking_time', HIVE, 'beef_cooking_time.csv'),
    seconds,
    stages,
  };
}
