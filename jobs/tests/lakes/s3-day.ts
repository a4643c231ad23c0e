/** One day on S3 that is published again and again: what lands, who runs, which version stands. */
import { dataload } from 'dataload';
import { openStore, parseLogicalDate } from 'lake';
import { type S3Proxy, startS3Proxy } from 'lake/testing/s3-proxy';
import { wholeDay } from 'lake/testing/whole-day';
import { prepare } from 'prepare';
import { type Config, connectOptions, executeJob, loadConfig, openLog, parseArguments, type Summary } from 'runtime';
import { functions as F, SparkSession } from 'spark-connect';
import { layout } from './layout.ts';
import { DATE } from './process-lake.ts';
import { type S3Lake, s3Lake } from './s3-lake.ts';
import { smallDay } from '../events/small-day.ts';

export const ROWS = 40;
/** Gives every run a quarantine, so that it has every step that it can have. */
const BROKEN = { name: 'broken.json', bytes: Buffer.from('{"url":\n'.repeat(3)) };

export interface S3Day extends AsyncDisposable {
  readonly spark: SparkSession;
  readonly config: Config;
  land(version: string, rows?: number): Promise<void>;
  /** In this process. @param input folder that the run reads instead of what landed */
  dataload(input?: string): Promise<Summary>;
  prepare(): Promise<Summary>;
  /** The version whose rows stand, all of them and no others. @throws Error where it is none */
  stands(rows?: number): Promise<string>;
  /** Why data, current manifest and quarantine do not belong together. */
  faults(): Promise<readonly string[]>;
}

/**
 * @param endpoint through which the runs of this process go
 * @param change of the configuration
 */
export async function s3Day(
  s3: S3Lake,
  endpoint = s3.gateway.endpoint,
  change: (config: Config) => Config = (config) => config,
): Promise<S3Day> {
  const variables = { ...s3.variables, AWS_ENDPOINT_URL: endpoint };
  const config = change(loadConfig('local', 'configs', variables));
  const { signal } = new AbortController();
  const spark = await SparkSession.connect(connectOptions({ config, job: 'dataload', signal }));
  const log = openLog({ ...config.logging, level: 'error' });
  const args = parseArguments(['--date', DATE], {});
  const execution = { args, config, log, signal, variables };
  const url = s3.lake.url(layout.tableObject(parseLogicalDate(DATE)));
  return {
    spark,
    config,
    land: (version, rows = ROWS) => s3.land([smallDay(version, rows), BROKEN]),
    dataload: (input) =>
      executeJob('dataload', (run) => dataload(run, spark), {
        ...execution,
        ...(input === undefined ? {} : { input: openStore(input, config.lake) }),
      }),
    prepare: () => executeJob('prepare', (run) => prepare(run, spark), execution),
    async stands(rows = ROWS) {
      const read = spark.read.schema('description STRING').parquet(url);
      const counted = await read
        .groupBy('description')
        .agg({ rows: F.count() })
        .collect<{ description: string; rows: bigint }>();
      const [only] = counted;
      if (only !== undefined && counted.length === 1 && only.rows === BigInt(rows)) return only.description;
      throw new Error(
        `no whole version stands: ${counted.map((it) => `${it.rows} rows of ${it.description}`).join(', ')}`,
      );
    },
    faults: async () => (await wholeDay(s3.lake)).faults,
    [Symbol.asyncDispose]: () => spark.release(),
  };
}

export interface ProxiedS3Day extends AsyncDisposable {
  readonly s3: S3Lake;
  readonly proxy: S3Proxy;
  readonly day: S3Day;
}

/** A day on a lake of its own, all of whose requests go through a proxy: a Spark server keeps one client a bucket. */
export async function proxiedS3Day(): Promise<ProxiedS3Day> {
  await using opened = new AsyncDisposableStack();
  const s3 = opened.use(await s3Lake());
  const proxy = opened.use(await startS3Proxy(s3.gateway.endpoint));
  const day = opened.use(await s3Day(s3, proxy.endpoint));
  const all = opened.move();
  return { s3, proxy, day, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
