/** What CI does after the tests: the images go to a registry, and a running stack goes over to them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jobContainers } from '../../stack/job-containers.ts';
import { begin, ended } from '../../testing/dag-runs.ts';
import { DEPLOYED_DAY, expectedReport, SAMPLE_DAYS } from '../../testing/e2e-days.ts';
import { startRegistry, type Registry } from '../../testing/registry.ts';
import { docker, runningStack, serviceContainer, until } from '../../testing/running-stack.ts';
import { stackVariables, variablesFor } from '../../testing/scripts.ts';

let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry();
});

afterAll(async () => {
  await registry[Symbol.asyncDispose]();
});

const call = (...words: readonly string[]): void =>
  void execFileSync('bash', words, { env: variablesFor(stackVariables()), stdio: ['ignore', 2, 2] });

test('images that were pushed are deployed by their digests, and the next run is made by them', async () => {
  const folder = dirname(stackVariables()['RECIPE_ETL_SECRETS'] ?? '');
  const images = join(folder, 'images.new.env');
  call('docker/push-images.sh', registry.address, images);
  const lines = readFileSync(images, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines)
    expect(line).toMatch(/^RECIPE_ETL_[A-Z_]+_IMAGE=127\.0\.0\.1:\d+\/recipe-etl-[a-z-]+@sha256:[0-9a-f]{64}$/);

  call('docker/deploy.sh', images);
  expect(readFileSync(join(folder, 'images.env'), 'utf8')).toBe(readFileSync(images, 'utf8'));
  await using stack = await runningStack();
  const api = docker('inspect', '--format', '{{.Config.Image}}', serviceContainer(stack.stack, 'airflow-api')).trim();
  expect(lines).toContain(`RECIPE_ETL_AIRFLOW_IMAGE=${api}`);

  const runId = await begin(stack, DEPLOYED_DAY);
  const image = await until('the job has a container', () => {
    const [id] = jobContainers(stack.stack, { job: 'dataload', date: DEPLOYED_DAY });
    return id === undefined ? undefined : docker('inspect', '--format', '{{.Config.Image}}', id).trim();
  });
  expect(lines).toContain(`RECIPE_ETL_DATALOAD_IMAGE=${image}`);
  expect((await ended(stack, runId)).state).toBe('success');
  expect(await stack.report(DEPLOYED_DAY)).toBe(expectedReport(SAMPLE_DAYS[1]));
}, 900_000);

test('a file that lacks an image is refused, with the name of what it lacks', () => {
  const folder = dirname(stackVariables()['RECIPE_ETL_SECRETS'] ?? '');
  const partial = join(folder, 'partial.env');
  writeFileSync(partial, 'RECIPE_ETL_DATALOAD_IMAGE=recipe-etl-dataload:dev\n');
  const deploy = spawnSync('bash', ['docker/deploy.sh', partial], {
    env: variablesFor(stackVariables()),
    encoding: 'utf8',
  });
  expect(deploy.status).toBe(2);
  expect(deploy.stderr).toContain('partial.env lacks RECIPE_ETL_PREPARE_IMAGE');
});
