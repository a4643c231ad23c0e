/** The same images on a standalone Spark cluster: a master, a worker, and the Connect server as their driver. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { CLUSTER_DAY, expectedReport, SAMPLE_DAYS } from '../../testing/e2e-days.ts';
import { runningStack, type RunningStack } from '../../testing/running-stack.ts';
import { startCluster, type SparkCluster } from '../../testing/spark-cluster.ts';

let stack: RunningStack;
let cluster: SparkCluster;

beforeAll(async () => {
  stack = await runningStack();
  cluster = await startCluster(stack);
}, 300_000);

afterAll(async () => {
  cluster?.[Symbol.dispose]();
  await stack[Symbol.asyncDispose]();
});

/** As an operator runs a job by hand. */
function runJob(job: string): void {
  const { settings, secrets } = stack.stack;
  const variables = {
    RECIPE_ETL_ENV: 'dev',
    RECIPE_ETL_LAKE: settings.RECIPE_ETL_LAKE,
    RECIPE_ETL_OUTPUT: settings.RECIPE_ETL_OUTPUT,
    AWS_REGION: settings.AWS_REGION,
    AWS_ENDPOINT_URL: 'http://object-store:7070',
    AWS_ACCESS_KEY_ID: secrets['S3_ACCESS_KEY_ID'],
    AWS_SECRET_ACCESS_KEY: secrets['S3_SECRET_ACCESS_KEY'],
    KAFKA_BROKER: 'kafka:9092',
    NODE_EXTRA_CA_CERTS: '/run/certificates/ca.pem',
    SPARK_REMOTE: cluster.remote,
  };
  const names = Object.keys(variables).flatMap((name) => ['--env', name]);
  const source = job === 'dataload' ? ['--source', 'kafka'] : [];
  const { status, stderr } = spawnSync(
    'docker',
    ['run', '--rm', '--read-only', '--cap-drop', 'ALL', '--network', settings.RECIPE_ETL_NETWORK, ...names]
      .concat('--volume', `${cluster.certificates}:/run/certificates:ro`)
      .concat(`recipe-etl-${job}:dev`, '--date', CLUSTER_DAY, ...source),
    { env: { ...process.env, ...variables }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${job} ended with ${status}: ${stderr}\n${cluster.logs()}`);
}

test('a day that the executors of a cluster make has the same report', async () => {
  expect(cluster.executorCores()).toBe(2);
  runJob('dataload');
  runJob('prepare');
  expect(await stack.report(CLUSTER_DAY)).toBe(expectedReport(SAMPLE_DAYS[1]));
}, 600_000);
