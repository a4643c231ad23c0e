/** The known sources by name. */
import { LakeError } from 'lake';
import { jsonFiles } from './files.ts';
import type { Source } from './source.ts';

/** Kafka's client takes longer to load than all the rest of a job: only who needs it pays for it. */
const SOURCES: Readonly<Record<string, () => Promise<Source>>> = {
  files: async () => await Promise.resolve(jsonFiles),
  kafka: async () => (await import('./kafka/source.ts')).kafkaTopic,
};

/** @throws LakeError usage naming what is known */
export async function sourceOf(name: string): Promise<Source> {
  const source = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (source !== undefined) return await source();
  const known = Object.keys(SOURCES).join(', ');
  throw new LakeError('usage', `--source ${JSON.stringify(name)} is not known; known are ${known}`);
}
