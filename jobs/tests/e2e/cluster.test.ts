/** The same images on a standalone Spark cluster: a master, two workers, and the Connect server as their driver. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JobName } from 'lake';
import { command, imageOf, LOCKED_UP } from '../images/image-docker.ts';
import { CLUSTER_DAY, expectedReport, SAMPLE_DAYS } from './days.ts';
import { runningStack, until, type RunningStack } from './running-stack.ts';
import { startCluster, type SparkCluster } from './spark-cluster.ts';

let stack: RunningStack;
let cluster: SparkCluster;

beforeAll(async () => {
  stack = await runningStack();
  cluster = await startCluster(stack);
}, 300_000);

afterAll(async () => {
  await cluster?.[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
});

/** As an operator runs a job by hand. */
async function runJob(job: JobName): Promise<void> {
  const { settings, secrets } = stack.stack;
  const variables = {
    RECIPE_ETL_ENV: 'dev',
    RECIPE_ETL_LAKE: settings.RECIPE_ETL_LAKE,
    RECIPE_ETL_OUTPUT: settings.RECIPE_ETL_OUTPUT,
    AWS_REGION: settings.AWS_REGION,
    AWS_ENDPOINT_URL: 'http://object-store:7070',
    AWS_ACCESS_KEY_ID: secrets[`S3_${job.toUpperCase()}_ACCESS_KEY_ID`] ?? '',
    AWS_SECRET_ACCESS_KEY: secrets[`S3_${job.toUpperCase()}_SECRET_ACCESS_KEY`] ?? '',
    KAFKA_BROKER: 'kafka:9092',
    NODE_EXTRA_CA_CERTS: '/run/certificates/ca.pem',
    SPARK_REMOTE: cluster.remote,
  };
  const names = Object.keys(variables).flatMap((name) => ['--env', name]);
  const source = job === 'dataload' ? ['--source', 'kafka'] : [];
  const where = ['--network', settings.RECIPE_ETL_NETWORK, '--volume', `${cluster.certificates}:/run/certificates:ro`];
  const words = ['docker', 'run', '--rm', ...LOCKED_UP, ...where, ...names, imageOf(job), '--date', CLUSTER_DAY];
  const { exitCode, stderr } = await command([...words, ...source], variables);
  if (exitCode !== 0) throw new Error(`${job} ended with ${exitCode}: ${stderr}\n${cluster.logs()}`);
}

test('a day that the executors of a cluster make has the same report', async () => {
  // A driver is healthy before every worker has given it an executor.
  await until('both workers have an executor', () => cluster.executorCores() >= 2);
  expect(cluster.executorCores()).toBe(2);
  await runJob('dataload');
  await runJob('prepare');
  expect(await stack.report(CLUSTER_DAY)).toBe(expectedReport(SAMPLE_DAYS[1]));
}, 600_000);
