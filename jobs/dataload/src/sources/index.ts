/** The known sources by name. */
import { LakeError } from 'lake';
import { jsonFiles } from './json-files.ts';

export const sources = { files: jsonFiles } as const;

/** @throws LakeError usage naming what is known */
export function sourceOf(name: string): (typeof sources)[keyof typeof sources] {
  if (name in sources) return sources[name as keyof typeof sources];
  throw new LakeError(
    'usage',
    `--source ${JSON.stringify(name)} is not known; known are ${Object.keys(sources).join(', ')}`,
  );
}
