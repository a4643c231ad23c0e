/** A lake in two buckets of a real S3 server, with an embedded Spark that has its keys, for the jobs' own processes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layout, openStore, parseLogicalDate, type JobName, type ObjectStore } from 'lake';
import { type LocalServerOptions, startLocalServer } from 'spark-connect/server';
import { startVersitygw, type Versitygw } from '../../lake/testing/versitygw.ts';
import type { InputFile } from './oracle-lines.ts';
import { DATE, scriptOf } from './process-lake.ts';
import { type Ended, runScript, type Variables } from './processes.ts';

export interface S3Lake extends AsyncDisposable {
  readonly gateway: Versitygw;
  readonly lake: ObjectStore;
  readonly output: ObjectStore;
  /** What the jobs need to get there, keys among it. */
  readonly variables: Variables;
  readonly remote: string;
  land(files: readonly InputFile[]): Promise<void>;
  run(job: JobName, variables?: Variables, words?: readonly string[]): Promise<Ended>;
  /** What the Spark server said so far. */
  sparkLog(): Promise<string>;
}

const LAKE = 's3://events/team/lake';
const OUTPUT = 's3://reports';

/**
 * Sets the keys in this process too, for its own stores and for the servers that it starts.
 *
 * @param server how its Spark differs from the usual one
 */
export async function s3Lake(server: Pick<LocalServerOptions, 'conf'> = {}): Promise<S3Lake> {
  const gateway = await startVersitygw();
  const keys = { AWS_ACCESS_KEY_ID: gateway.accessKeyId, AWS_SECRET_ACCESS_KEY: gateway.secretAccessKey };
  Object.assign(process.env, keys);
  await gateway.createBucket('events');
  await gateway.createBucket('reports');
  const folder = await mkdtemp(join(tmpdir(), 'recipe-etl-s3-'));
  const logFile = join(folder, 'spark.log');
  const spark = await startLocalServer({ ...server, jarsDir: process.env['SPARK_JARS'] ?? '', logFile });
  const settings = {
    region: gateway.region,
    endpoint: gateway.endpoint,
    pathStyle: true,
    encryption: 'none',
    kmsKey: null,
    singleWriter: false,
  } as const;
  const [lake, output] = [openStore(LAKE, settings), openStore(OUTPUT, settings)];
  const variables = {
    ...keys,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: gateway.region,
    AWS_ENDPOINT_URL: gateway.endpoint,
    RECIPE_ETL_LAKE: LAKE,
    RECIPE_ETL_OUTPUT: OUTPUT,
    SPARK_REMOTE: spark.remote,
  };
  return {
    gateway,
    lake,
    output,
    variables,
    remote: spark.remote,
    async land(files) {
      const folder = layout.landing(parseLogicalDate(DATE));
      await lake.removeAll(folder);
      for (const file of files) await lake.put(`${folder}/${file.name}`, file.bytes);
    },
    run: (job, others = {}, words = []) =>
      runScript(scriptOf(job), ['--date', DATE, ...words], { ...variables, ...others }),
    sparkLog: () => readFile(logFile, 'utf8'),
    async [Symbol.asyncDispose]() {
      await spark.stop();
      await gateway.stop();
      for (const name of Object.keys(keys)) delete process.env[name];
      await rm(folder, { recursive: true, force: true });
    },
  };
}
