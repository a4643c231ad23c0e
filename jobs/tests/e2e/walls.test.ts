/** Who may do what in the stack: logins, the engine and the store, rights of the jobs' containers, and where secrets show. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AirflowApi } from '../../stack/airflow-api.ts';
import { refusedLogin } from './browser.ts';
import { begin, ended } from './dag-runs.ts';
import { WATCHED_DAY } from './days.ts';
import { createBodyOf, engineCall, greedyBodies } from './engine-calls.ts';
import { docker, logsOf, runningStack, serviceContainer, until, type RunningStack } from './running-stack.ts';
import { jobContainers } from '../../stack/job-containers.ts';

const SERVICES = [
  'postgres',
  'airflow-api',
  'airflow-scheduler',
  'airflow-dag-processor',
  'airflow-triggerer',
  'engine-proxy',
  'kafka',
  'object-store',
  'spark-connect',
] as const;

interface Inspected {
  readonly Path: string;
  readonly Args: readonly string[];
  readonly Config: {
    readonly User: string;
    readonly Cmd: readonly string[];
    readonly Env: readonly string[];
    readonly Labels: Record<string, string>;
  };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[] | null;
    readonly SecurityOpt: readonly string[] | null;
    readonly Privileged: boolean;
    readonly Memory: number;
    readonly NanoCpus: number;
    readonly PortBindings: Record<string, { HostIp: string }[]>;
  };
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> };
  readonly Mounts: readonly { readonly Source: string; readonly RW: boolean; readonly Destination: string }[];
}

const inspect = (id: string): Inspected => (JSON.parse(docker('inspect', id)) as [Inspected])[0];

let stack: RunningStack;

beforeAll(async () => {
  stack = await runningStack();
});

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

test('a wrong password is refused by the API and in the browser', async () => {
  const wrong = { url: stack.url, user: 'admin', password: 'not-the-password' };
  await expect(AirflowApi.login(wrong)).rejects.toThrow(/refuses the login of admin/);
  expect(await refusedLogin(stack, 'admin', 'not-the-password')).toMatch(/invalid|incorrect|unauthorized/i);
}, 120_000);

test('whoever has no token may see nothing', async () => {
  const answer = await fetch(`${stack.url}/api/v2/dags`);
  expect(answer.status).toBe(401);
});

test("Spark's UI asks for its login, from the jobs' network too, and ends nothing", async () => {
  const { settings, secrets } = stack.stack;
  const ui = `http://127.0.0.1:${settings.SPARK_UI_PORT}`;
  const login = Buffer.from(`admin:${secrets['SPARK_UI_PASSWORD'] ?? ''}`).toString('base64');
  expect((await fetch(ui)).status).toBe(401);
  const page = await fetch(`${ui}/stages/`, { headers: { authorization: `Basic ${login}` } });
  expect([page.status, /stage\/kill/.test(await page.text())]).toEqual([200, false]);
  const script = "console.log((await fetch('http://spark-connect:4040')).status)";
  const inNetwork = ['run', '--rm', '--network', settings.RECIPE_ETL_NETWORK, 'node:24-bookworm-slim', 'node'];
  expect(docker(...inNetwork, '--input-type=module', '--eval', script).trim()).toBe('401');
});

test('no light of the home page is red', async () => {
  const lights = await until('every part of Airflow has a heartbeat', async () => {
    const health = (await stack.airflow.must('GET', '/api/v2/monitor/health')) as Record<string, { status: string }>;
    const all = ['metadatabase', 'scheduler', 'triggerer', 'dag_processor'].map((name) => health[name]?.status);
    return all.every((status) => status === 'healthy') ? all : undefined;
  });
  expect(lights).toHaveLength(4);
});

test('only the proxy has the socket of the engine, only the scheduler reaches the proxy, and every port is on the loopback interface', () => {
  for (const service of SERVICES) {
    const { Mounts, HostConfig, NetworkSettings } = inspect(serviceContainer(stack.stack, service));
    const hasSocket = Mounts.some(({ Destination }) => Destination.endsWith('docker.sock'));
    expect([service, hasSocket]).toEqual([service, service === 'engine-proxy']);
    const networks = Object.keys(NetworkSettings.Networks).filter((name) => name.endsWith('-engine'));
    const reachesProxy = ['engine-proxy', 'airflow-scheduler'].includes(service);
    expect([service, networks.length]).toEqual([service, reachesProxy ? 1 : 0]);
    const addresses = Object.values(HostConfig.PortBindings).flatMap((all) => all.map(({ HostIp }) => HostIp));
    expect([service, addresses.filter((address) => address !== '127.0.0.1')]).toEqual([service, []]);
    expect([service, HostConfig.Privileged, HostConfig.Memory > 0]).toEqual([service, false, true]);
  }
});

test('the scheduler makes, starts, watches and removes a container of a job, and nothing else of the engine is open to it', () => {
  const name = `${stack.stack.settings.RECIPE_ETL_NETWORK}-of-test`;
  const body = createBodyOf(stack);
  const call = (method: string, path: string, text?: string) => engineCall(stack, method, path, text);
  try {
    const create = (text: string): number => call('POST', `/v1.41/containers/create?name=${name}`, text);
    for (const [what, text] of Object.entries(greedyBodies(body))) expect([what, create(text)]).toEqual([what, 403]);
    expect(create(JSON.stringify(body))).toBe(201);
    const allowed = {
      'GET /_ping': 200,
      'GET /version': 200,
      'GET /v1.41/containers/json': 200,
      'GET /v1.41/images/json': 200,
      [`GET /v1.41/containers/${name}/json`]: 200,
      [`POST /v1.41/containers/${name}/start`]: 204,
      [`POST /v1.41/containers/${name}/wait`]: 200,
      [`POST /v1.41/containers/${name}/stop`]: 304,
    };
    const refused = [
      'GET /info',
      'GET /v1.41/secrets',
      'GET /v1.41/volumes',
      'POST /build',
      'POST /session',
      'POST /v1.41/images/create?fromImage=x',
      'POST /v1.41/images/recipe-etl-dataload/push',
      'DELETE /v1.41/images/recipe-etl-dataload',
      'POST /swarm/init',
      'POST /v1.41/volumes/create',
      'POST /v1.41/networks/create',
      `POST /v1.41/networks/${name}/connect`,
      'POST /v1.41/containers/prune',
      `POST /v1.41/containers/${name}/exec`,
      'POST /v1.41/exec/any/start',
      `POST /v1.41/containers/${name}/update`,
      `GET /v1.41/containers/${name}/archive?path=/`,
      `PUT /v1.41/containers/${name}/archive?path=/`,
      `GET /v1.41/containers/${name}/export`,
      `POST /v1.41/commit?container=${name}`,
      // It took a configuration of the host.
      `POST /v1.20/containers/${name}/start`,
      `POST /v1.41/containers/${name}/../../build`,
      `POST /v1.41/containers/${name}/%65xec`,
      'POST //containers/create',
    ];
    const calls = { ...allowed, ...Object.fromEntries(refused.map((one) => [one, 403])) };
    for (const [one, status] of Object.entries(calls)) {
      const [method = '', path = ''] = one.split(' ');
      const answer = call(method, path, method === 'GET' ? undefined : '');
      expect([one, answer]).toEqual([one, status]);
    }
    expect(call('DELETE', `/v1.41/containers/${name}?force=true`)).toBe(204);
  } finally {
    execFileSync('docker', ['rm', '--force', name], { stdio: 'ignore' });
  }
}, 120_000);

test('nobody but the store itself has the key of the operator, and each has the keys of its role only', () => {
  const { secrets } = stack.stack;
  const has = (service: string): string[] => {
    const { Env } = inspect(serviceContainer(stack.stack, service)).Config;
    const keys = Object.entries(secrets).filter(([name]) => /^S3_.*SECRET/.test(name));
    return keys.flatMap(([name, secret]) => (Env.some((one) => one.includes(secret)) ? name : [])).toSorted();
  };
  const ofRoles = ['DATALOAD', 'HEALTH', 'PREPARE'].map((role) => `S3_${role}_SECRET_ACCESS_KEY`);
  const all = [...ofRoles, 'S3_SECRET_ACCESS_KEY', 'S3_SPARK_SECRET_ACCESS_KEY'];
  const expected = { 'object-store': all, 'airflow-scheduler': ofRoles, 'spark-connect': all.slice(4) };
  expect(Object.fromEntries(SERVICES.map((service) => [service, has(service)]))).toEqual(
    Object.fromEntries(SERVICES.map((service) => [service, expected[service as keyof typeof expected] ?? []])),
  );
});

test('a job runs without rights, and no secret shows in its command line, in logs or in rendered templates', async () => {
  const runId = await begin(stack, WATCHED_DAY);
  const container = await until('the job has a container', () => {
    const [id] = jobContainers(stack.stack, { job: 'dataload', date: WATCHED_DAY });
    return id;
  });
  const seen = inspect(container);
  expect((await ended(stack, runId)).state).toBe('success');
  // The one part of a run that may fail without failing it.
  expect(await stack.airflow.result(runId, 'prepare')).toMatchObject({ page: expect.stringMatching(/\.html$/) });
  expect(seen.HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Privileged: false });
  expect(seen.HostConfig.SecurityOpt).toContain('no-new-privileges');
  expect(seen.HostConfig.Memory).toBeGreaterThan(0);
  expect(seen.HostConfig.NanoCpus).toBe(1e9);
  expect(seen.Config.User).toMatch(/^[1-9]\d*(:[1-9]\d*)?$/);
  expect(seen.Mounts.filter(({ RW }) => RW)).toEqual([]);
  const given = Object.entries(stack.stack.secrets).filter(([, secret]) =>
    seen.Config.Env.some((one) => one.includes(secret)),
  );
  const names = given
    .map(([name]) => name)
    .filter((name) => name !== 'RECIPE_ETL_FIRST_NIGHT' && name !== 'DOCKER_GID');
  expect(names.toSorted()).toEqual(['S3_DATALOAD_ACCESS_KEY_ID', 'S3_DATALOAD_SECRET_ACCESS_KEY', 'SPARK_TOKEN']);

  const commandLine = JSON.stringify([seen.Path, seen.Args, seen.Config.Cmd, seen.Config.Labels]);
  const texts = [commandLine];
  for (const task of ['dataload', 'prepare']) {
    const path = `/api/v2/dags/recipe_etl/dagRuns/${encodeURIComponent(runId)}/taskInstances/${task}`;
    texts.push(JSON.stringify(await stack.airflow.must('GET', path)));
    texts.push((await stack.airflow.log(runId, task, 1)).join('\n'));
  }
  for (const service of SERVICES) texts.push(logsOf(serviceContainer(stack.stack, service)));
  expect(texts[1]).toContain('RECIPE_ETL_LAKE');
  const secrets = Object.entries(stack.stack.secrets).filter(([name]) => /PASSWORD|SECRET|TOKEN|FERNET/.test(name));
  expect(secrets.length).toBeGreaterThan(5);
  for (const [name, secret] of secrets) {
    expect([name, texts.findIndex((text) => text.includes(secret))]).toEqual([name, -1]);
  }
}, 600_000);
