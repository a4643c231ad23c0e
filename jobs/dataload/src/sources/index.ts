/** The known sources by name. */
import { LakeError } from 'lake';
import { jsonFiles } from './json-files.ts';
import { kafkaTopic } from './kafka/kafka-topic.ts';
import type { Source } from './source.ts';

export const sources = { files: jsonFiles, kafka: kafkaTopic } as const;

/** @throws LakeError usage naming what is known */
export function sourceOf(name: string): Source {
  if (Object.hasOwn(sources, name)) return sources[name as keyof typeof sources];
  throw new LakeError(
    'usage',
    `--source ${JSON.stringify(name)} is not known; known are ${Object.keys(sources).join(', ')}`,
  );
}
