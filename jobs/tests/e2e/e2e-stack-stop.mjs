/** jest's globalTeardown: keeps what the services said, and takes the stack down. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTEFACTS } from './days.ts';
import { runScript } from './scripts.ts';

export default async function stop() {
  const { variables, folder } = JSON.parse(process.env.TEST_STACK ?? '{}');
  if (variables === undefined) return;
  const label = `label=com.docker.compose.project=${variables.COMPOSE_PROJECT_NAME}`;
  const names = execFileSync('docker', ['ps', '--all', '--filter', label, '--format', '{{.Names}}'], {
    encoding: 'utf8',
  });
  mkdirSync(ARTEFACTS, { recursive: true });
  for (const name of names.split('\n').filter(Boolean)) {
    const { stdout, stderr } = spawnSync('docker', ['logs', name], { encoding: 'utf8', maxBuffer: 1 << 28 });
    writeFileSync(join(ARTEFACTS, `${name.replace(`${variables.COMPOSE_PROJECT_NAME}-`, '')}.log`), stdout + stderr);
  }
  await runScript('jobs/stack/down.ts', ['--volumes'], variables);
  rmSync(folder, { recursive: true, force: true });
}
