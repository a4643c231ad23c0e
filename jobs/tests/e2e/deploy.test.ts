/** What CI does after the tests: the images go to a registry, and a running stack goes over to them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jobContainers } from '../../stack/job-containers.ts';
import { begin, ended } from './dag-runs.ts';
import { DEPLOYED_DAY, expectedReport, produceLastNight, SAMPLE_DAYS } from './days.ts';
import { startRegistry, type Registry } from './registry.ts';
import { docker, runningStack, serviceContainer, until } from './running-stack.ts';
import { stackVariables, variablesFor } from './scripts.ts';
import { startSshServer, type SshServer } from './ssh-server.ts';

let registry: Registry;
let host: SshServer;

beforeAll(async () => {
  registry = await startRegistry();
  host = await startSshServer();
});

afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

const call = (words: readonly string[], variables: Readonly<Record<string, string>> = {}): void =>
  void execFileSync('bash', words, { env: variablesFor(variables), stdio: ['ignore', 2, 2] });

/** A folder as it is on a host whose stack was set up: with the secrets and settings of the stack that runs. */
function folderOfHost(): string {
  const { RECIPE_ETL_SECRETS: secrets = '', ...settings } = stackVariables();
  const folder = join(dirname(secrets), 'host');
  mkdirSync(folder, { recursive: true });
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, '.env'), readFileSync(secrets, 'utf8') + lines.join(''), { mode: 0o600 });
  return folder;
}

test('images that were pushed are deployed to a host by their digests, and the next runs there are made by them', async () => {
  const folder = folderOfHost();
  const images = join(dirname(folder), 'images.env');
  call(['docker/push-images.sh', registry.address, images]);
  const lines = readFileSync(images, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines)
    expect(line).toMatch(/^RECIPE_ETL_[A-Z_]+_IMAGE=127\.0\.0\.1:\d+\/recipe-etl-[a-z-]+@sha256:[0-9a-f]{64}$/);

  // It runs the last night too, and fails where that does, as it would without events.
  await produceLastNight(stackVariables());
  call(['docker/deploy-to-host.sh', images], { ...host.variables, DEPLOY_FOLDER: folder });
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

test('a public image is that of the lock, whatever its name stands for by now', () => {
  const name = `${registry.address}/base:stable`;
  const variables = { LOCK: join(dirname(stackVariables()['RECIPE_ETL_SECRETS'] ?? ''), 'base-images.lock') };
  const isMoved = () => docker('inspect', '--format', '{{.Config.Labels.moved}}', name).trim() === 'yes';
  const build = (label: string) =>
    execFileSync('docker', ['build', '--quiet', '--tag', name, '-'], { input: `FROM node:24-bookworm-slim\n${label}` });
  const push = () => void docker('push', '--quiet', name);
  try {
    build('LABEL moved=no');
    push();
    call(['docker/lock-images.sh', name], variables);
    build('LABEL moved=yes');
    // Without a digest: made here, as stand-ins are.
    call(['docker/pull-image.sh', name], variables);
    expect(isMoved()).toBe(true);
    push();
    call(['docker/pull-image.sh', name], variables);
    expect(isMoved()).toBe(false);
    docker('rmi', name);
    call(['docker/pull-image.sh', name], variables);
    expect(isMoved()).toBe(false);
    docker('rmi', name);
    writeFileSync(variables.LOCK, `${name}@sha256:${'0'.repeat(64)}\n`);
    expect(() => call(['docker/pull-image.sh', name], variables)).toThrow(/docker\/pull-image/);
  } finally {
    spawnSync('docker', ['rmi', '--force', name], { stdio: 'ignore' });
  }
});

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
