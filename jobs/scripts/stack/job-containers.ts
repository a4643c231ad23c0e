/** Containers of jobs that the stack's Airflow started; compose does not know them. */
import { execFileSync } from 'node:child_process';
import { docker, type Stack } from './stack.ts';

/** Every container on the jobs' network that is no service of compose. */
export async function removeJobContainers({ settings, variables }: Stack): Promise<void> {
  const network = settings.RECIPE_ETL_NETWORK;
  const listed = execFileSync(
    'docker',
    ['ps', '--all', '--filter', `network=${network}`, '--format', '{{.ID}} {{.Label "com.docker.compose.project"}}'],
    { encoding: 'utf8' },
  );
  const ids = listed.split('\n').flatMap((line) => {
    const [id = '', project = ''] = line.split(' ');
    return id !== '' && project === '' ? [id] : [];
  });
  if (ids.length > 0) await docker(variables, 'rm', '--force', ...ids);
}
