/** The images of a stack: public ones pulled, or made here where no registry can be reached; ours built. */
import { readFileSync } from 'node:fs';
import { LakeError, type Environment } from 'lake';
import { run, succeeds } from './stack.ts';

/** Public images that our Dockerfiles and docker-compose.yml name. */
export function publicImages(): string[] {
  const files = ['dataload', 'prepare', 'spark-connect', 'airflow'].map((name) => `docker/${name}/Dockerfile`);
  const bases = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^FROM (\S+:\S+)/gm)]);
  const services = [...readFileSync('docker-compose.yml', 'utf8').matchAll(/image: \$\{\w+:-((?!recipe-etl)[^}]+)\}/g)];
  return [...new Set([...bases, ...services].map(([, name]) => name ?? ''))];
}

/** @throws LakeError config where docker does not answer */
export async function assertDocker(variables: Environment): Promise<void> {
  if (await succeeds(variables, 'docker', 'info')) return;
  throw new LakeError('config', 'docker does not answer: start its daemon, and see that you may use its socket');
}

/** @throws LakeError config where compose is missing and cannot be built */
export async function bringCompose(variables: Environment, say: (text: string) => void): Promise<void> {
  if (await succeeds(variables, 'docker', 'compose', 'version')) return;
  say('building docker compose (once)');
  await run(variables, 'bash', 'docker/offline/build-tools.sh');
}

/** @throws LakeError config where an image can neither be pulled nor made */
export async function bringPublicImages(variables: Environment, say: (text: string) => void): Promise<void> {
  for (const image of publicImages()) {
    if (await succeeds(variables, 'docker', 'image', 'inspect', image)) continue;
    say(`pulling ${image}`);
    if (await succeeds(variables, 'docker', 'pull', '--quiet', image)) continue;
    say('it cannot be pulled: making stand-ins for the public images that are missing');
    return await run(variables, 'bash', 'docker/offline/base-images.sh');
  }
}

/** @throws LakeError config */
export async function buildImages(variables: Environment, say: (text: string) => void): Promise<void> {
  say('building the images');
  await run(variables, 'bash', 'docker/build-images.sh');
}
