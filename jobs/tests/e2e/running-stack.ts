/** The stack of the end-to-end tests, as they look at it: Airflow, the objects of the lake, the containers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobName, parseLogicalDate } from 'lake';
import { layout } from '../lakes/layout.ts';
import { AirflowApi } from '../../stack/airflow-api.ts';
import { putText, storeClient, textOf } from '../../stack/contents.ts';
import { openStack, type Stack } from '../../stack/stack.ts';
import { variablesFor } from './scripts.ts';

const WAIT_MS = 300_000;

export interface RunningStack extends AsyncDisposable {
  readonly stack: Stack;
  readonly url: string;
  readonly airflow: AirflowApi;
  /** Puts a file into the day's landing folder. */
  land(day: string, name: string, text: string): Promise<void>;
  /** @returns the text of the page of the whole lake, or undefined where there is none */
  index(): Promise<string | undefined>;
  /** @returns the object's text, or undefined where there is none */
  report(day: string): Promise<string | undefined>;
  manifest(job: JobName, day: string): Promise<PublishedManifest | undefined>;
}

interface PublishedManifest {
  readonly runId: string;
  readonly counts: Readonly<Record<string, number>>;
}

export async function runningStack(): Promise<RunningStack> {
  const { variables } = JSON.parse(process.env['TEST_STACK'] ?? '{}') as { variables: Record<string, string> };
  const stack = openStack(variablesFor(variables));
  const url = `http://127.0.0.1:${stack.settings.AIRFLOW_PORT}`;
  const airflow = await AirflowApi.login({ url, user: 'ci', password: stack.secrets['AIRFLOW_CI_PASSWORD'] ?? '' });
  await until('the DAG is known', () => airflow.isParsed());
  await airflow.unpause();
  const client = storeClient(stack);
  const text = (root: string, key: string) => textOf(client, root, key);
  return {
    stack,
    url,
    airflow,
    land: (day, name, content) =>
      putText(client, stack.settings.RECIPE_ETL_LAKE, `${layout.landing(parseLogicalDate(day))}/${name}`, content),
    index: () => text(stack.settings.RECIPE_ETL_OUTPUT, layout.indexPage),
    report: (day) => text(stack.settings.RECIPE_ETL_OUTPUT, layout.report('beef_cooking_time', parseLogicalDate(day))),
    async manifest(job, day) {
      const found = await text(stack.settings.RECIPE_ETL_LAKE, layout.currentManifest(job, parseLogicalDate(day)));
      return found === undefined ? undefined : (JSON.parse(found) as PublishedManifest);
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
    },
  };
}

/** @returns what the probe found @throws Error when it finds nothing for minutes */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  waitMs = WAIT_MS,
): Promise<T> {
  for (const end = performance.now() + waitMs; performance.now() < end; await sleep(250)) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`waited in vain until ${what}`);
}

/** @returns what docker said */
export const docker = (...words: readonly string[]): string =>
  execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });

/** @returns both streams of a container; empty where there is none any more */
export function logsOf(id: string): string {
  const { status, stdout, stderr } = spawnSync('docker', ['logs', id], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout + stderr : '';
}

/** The ids of the containers of a service. */
export function serviceContainers({ settings }: Stack, service: string): string[] {
  const labels = { project: settings.COMPOSE_PROJECT_NAME, service };
  const filters = Object.entries(labels).flatMap(([name, value]) => [
    '--filter',
    `label=com.docker.compose.${name}=${value}`,
  ]);
  return docker('ps', '--all', '--quiet', ...filters)
    .split('\n')
    .filter((id) => id !== '');
}

/** The id of a service's only container; empty where there is none. */
export const serviceContainer = (stack: Stack, service: string): string => serviceContainers(stack, service)[0] ?? '';
