/** The messages, lists and groups that a message consists of. */

/** Directly inside. */
export function partsOf(value: object): object[] {
  if (value instanceof Uint8Array) return [];
  return Object.values(value).filter((part): part is object => typeof part === 'object' && part !== null);
}

/** The message and everything inside, each once. Without recursion: plans nest deeper than a stack. */
export function parts(root: object): Set<object> {
  const found = new Set([root]);
  // A set may grow while it is walked.
  for (const part of found) for (const inner of partsOf(part)) found.add(inner);
  return found;
}
