/** Decides whether a text is exactly one JSON object without a duplicate key at any depth. */
import { visit } from 'jsonc-parser';

/** The object's own entries, or undefined where the text is anything else. */
export function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return hasDuplicateKey(text) ? undefined : new Map(Object.entries(value));
}

/** Keys are compared as they read after their escapes. The text must be valid JSON. */
export function hasDuplicateKey(text: string): boolean {
  const open: Set<string>[] = [];
  let found = false;
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectProperty: (name) => {
      const keys = open.at(-1);
      if (keys?.has(name)) found = true;
      keys?.add(name);
    },
    onObjectEnd: () => {
      open.pop();
    },
  });
  return found;
}
