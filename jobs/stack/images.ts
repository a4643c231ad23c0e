/** The images of a stack: public ones pulled, or made here where no registry can be reached; ours built. */
import { LakeError } from 'lake';
import type { Environment } from 'runtime';
import { run, succeeds } from './stack.ts';

/** @throws LakeError config where docker does not answer */
export async function assertDocker(variables: Environment): Promise<void> {
  if (await succeeds(variables, 'docker', 'info')) return;
  throw new LakeError('config', 'docker does not answer: start its daemon, and see that you may use its socket');
}

const PLUGINS = ['compose', 'buildx'] as const;

/**
 * Builds the plugins of docker that this machine lacks, side by side; those that it has are used.
 *
 * @throws LakeError config where one is missing and cannot be built
 */
export async function bringPlugins(variables: Environment, say: (text: string) => void): Promise<void> {
  const found = await Promise.all(PLUGINS.map((name) => succeeds(variables, 'docker', name, 'version')));
  const missing = PLUGINS.filter((_, index) => !found[index]);
  if (missing.length === 0) return;
  say(`building ${missing.map((name) => `docker ${name}`).join(' and ')} (two to five minutes, once)`);
  await run(variables, 'bash', 'docker/offline/build-tools.sh', ...missing);
}

/** Public ones are pulled, or made here where no registry can be reached. @throws LakeError config */
export async function bringImages(variables: Environment, say: (text: string) => void): Promise<void> {
  const bases = 'docker/offline/base-images.sh';
  say('looking for the public images');
  await run(variables, 'bash', bases, 'debian', 'node');
  say('building our images');
  // Services that are made here are mostly downloads, and Kafka shares its first steps with Spark's image.
  const services = ['postgres', 'object-store', 'kafka', 'haproxy'];
  const made = [run(variables, 'bash', bases, ...services), run(variables, 'bash', 'docker/build-images.sh')];
  await Promise.allSettled(made);
  await Promise.all(made);
}
