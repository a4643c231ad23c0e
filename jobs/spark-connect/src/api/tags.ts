/** Decides what a tag may look like, and which tags an operation bears. */
import { SparkError } from '../errors.ts';

/** @throws SparkError `usage` for an empty tag or one with a comma: the server joins tags by commas */
export function assertTag(tag: string): void {
  if (tag === '' || tag.includes(','))
    throw new SparkError('usage', `"${tag}" is no tag: a tag is not empty and has no comma.`);
}

/** Those of the session, then those of the action; each once. */
export function tagsOf(session: Iterable<string>, action: readonly string[] = []): string[] {
  for (const tag of action) assertTag(tag);
  return [...new Set([...session, ...action])];
}
