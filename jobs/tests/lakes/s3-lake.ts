/** A lake in two buckets of a real S3 server, with a Spark that has its keys, for the jobs' own processes. */
import { randomUUID } from 'node:crypto';
import { type JobName, type ObjectStore, openStore, parseLogicalDate } from 'lake';
import { sharedVersitygw, type Versitygw } from 'lake/testing/versitygw';
import { layout } from './layout.ts';
import type { InputFile } from '../oracles/lines.ts';
import { DATE, scriptOf } from './process-lake.ts';
import { type Ended, runScript, type Variables } from '../processes.ts';

export interface S3Lake extends AsyncDisposable {
  readonly gateway: Versitygw;
  readonly lake: ObjectStore;
  readonly output: ObjectStore;
  /** What the jobs need to get there, keys among it. */
  readonly variables: Variables;
  readonly remote: string;
  land(files: readonly InputFile[]): Promise<void>;
  run(job: JobName, variables?: Variables, words?: readonly string[]): Promise<Ended>;
}

/** Sets the keys in this process too, for its own stores and for the servers that it starts. */
export async function s3Lake(): Promise<S3Lake> {
  // A Spark server keeps one client a bucket for good, so no two lakes have a bucket of the same name.
  const id = randomUUID().slice(0, 8);
  const [LAKE, OUTPUT] = [`s3://events-${id}/team/lake`, `s3://reports-${id}`];
  const gateway = sharedVersitygw();
  const keys = { AWS_ACCESS_KEY_ID: gateway.accessKeyId, AWS_SECRET_ACCESS_KEY: gateway.secretAccessKey };
  Object.assign(process.env, keys);
  await gateway.createBucket(`events-${id}`);
  await gateway.createBucket(`reports-${id}`);
  const remote = process.env['TEST_SPARK_REMOTE'] ?? '';
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
    SPARK_REMOTE: remote,
  };
  return {
    gateway,
    lake,
    output,
    variables,
    remote,
    async land(files) {
      const folder = layout.landing(parseLogicalDate(DATE));
      await lake.removeAll(folder);
      for (const file of files) await lake.put(`${folder}/${file.name}`, file.bytes);
    },
    run: (job, others = {}, words = []) =>
      runScript(scriptOf(job), ['--date', DATE, ...words], { ...variables, ...others }),
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      for (const name of Object.keys(keys)) delete process.env[name];
    },
  };
}
