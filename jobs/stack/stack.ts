/** One stack of docker-compose.yml: its name, its file of secrets, its ports, and how docker is called for it. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { LakeError } from 'lake';
import type { Environment } from 'runtime';

export type Secrets = Readonly<Record<string, string>>;

/** Variables of docker-compose.yml that others need too, with the defaults that stand there. */
const DEFAULTS = {
  COMPOSE_PROJECT_NAME: 'recipe-etl',
  RECIPE_ETL_NETWORK: 'recipe-etl',
  AIRFLOW_PORT: '8080',
  KAFKA_PORT: '9092',
  S3_PORT: '7070',
  SPARK_PORT: '15002',
  SPARK_UI_PORT: '4040',
  AWS_REGION: 'us-east-1',
  KAFKA_TOPIC: 'recipe_changes',
  RECIPE_ETL_LAKE: 's3://recipe-etl-lake/recipes',
  RECIPE_ETL_OUTPUT: 's3://recipe-etl-reports',
} as const;

export type Settings = Readonly<Record<keyof typeof DEFAULTS, string>>;

export interface Stack {
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** What docker is called with. */
  readonly variables: Environment;
  readonly secretsFile: string;
}

/** Makes the secrets that are missing. @param variables set what differs; `RECIPE_ETL_SECRETS` names another file than `.env` */
export function openStack(variables: Environment): Stack {
  const secretsFile = variables['RECIPE_ETL_SECRETS'] || '.env';
  execFileSync('sh', ['docker/make-env.sh', secretsFile], { env: variables, stdio: ['ignore', 2, 2] });
  const secrets = secretsOf(secretsFile);
  const settings = Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, value]) => [name, variables[name] || secrets[name] || value]),
  ) as unknown as Settings;
  return { settings, secrets, secretsFile, variables: { ...variables, ...settings } };
}

/** Services of the profile `cluster`. */
export const CLUSTER = ['spark-master', 'spark-worker'];

/** The cluster of a stack that has one no more: compose leaves what a profile started. */
export async function removeUnwantedCluster(stack: Stack): Promise<void> {
  const profiles = stack.variables['COMPOSE_PROFILES'] || stack.secrets['COMPOSE_PROFILES'] || '';
  if (profiles.split(',').includes('cluster')) return;
  await compose(stack, '--profile', 'cluster', 'rm', '--stop', '--force', '--volumes', ...CLUSTER);
}

/** `NAME=value` lines, as docker/make-env.sh writes them. */
function secretsOf(file: string): Secrets {
  const lines = readFileSync(file, 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^([A-Z]\w*)=(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Its output goes to stderr. @throws LakeError config where docker says no */
export async function compose(stack: Stack, ...words: readonly string[]): Promise<void> {
  await docker(stack.variables, 'compose', '--env-file', stack.secretsFile, ...words);
}

/** Its output goes to stderr. @throws LakeError config where docker says no */
export async function docker(variables: Environment, ...words: readonly string[]): Promise<void> {
  await run(variables, 'docker', ...words);
}

/** @throws LakeError config with the command that failed */
export async function run(variables: Environment, command: string, ...words: readonly string[]): Promise<void> {
  const code = await exitOf(variables, ['ignore', 2, 2], command, words);
  if (code !== 0)
    throw new LakeError('config', `${command} ${words.slice(0, 6).join(' ')} … ended with ${code}: see above`);
}

/** Says nothing. */
export const succeeds = async (variables: Environment, command: string, ...words: readonly string[]) =>
  (await exitOf(variables, 'ignore', command, words)) === 0;

function exitOf(
  variables: Environment,
  stdio: 'ignore' | ['ignore', number, number],
  command: string,
  words: readonly string[],
): Promise<number | string> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { env: variables, stdio });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
}
