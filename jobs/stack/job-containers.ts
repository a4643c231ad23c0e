/** Containers of jobs that the stack's Airflow started; compose does not know them. Their labels stand in dags/day_claim.py. */
import { execFileSync } from 'node:child_process';
import { docker, type Stack } from './stack.ts';

/** @returns ids of containers, running or not @param labels without their prefix, such as `date` */
export function jobContainers({ settings }: Stack, labels: Readonly<Record<string, string>> = {}): string[] {
  const all = { stack: settings.RECIPE_ETL_NETWORK, ...labels };
  const filters = Object.entries(all).flatMap(([name, value]) => ['--filter', `label=recipe-etl.${name}=${value}`]);
  const listed = execFileSync('docker', ['ps', '--all', '--quiet', '--no-trunc', ...filters], { encoding: 'utf8' });
  return listed.split('\n').filter((id) => id !== '');
}

export async function removeJobContainers(stack: Stack): Promise<void> {
  const ids = jobContainers(stack);
  if (ids.length > 0) await docker(stack.variables, 'rm', '--force', ...ids);
}
