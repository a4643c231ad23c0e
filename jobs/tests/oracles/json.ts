/** Decides whether a text is exactly one JSON object without a duplicate key at any depth, and small enough for Spark. */
import { visit } from 'jsonc-parser';

export type JsonReading =
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, unknown> }
  | { readonly kind: 'malformed' | ExceededLimit };

/** Rules of valid JSON that is more than Spark reads. */
type ExceededLimit = 'too_deep' | 'number_too_long' | 'key_too_long';

const MAX_DEPTH = 999;
const MAX_NUMBER_LENGTH = 1000;
const MAX_KEY_LENGTH = 50_000;

/** The object's own entries, half a character as U+FFFD, or what is wrong with the text. */
export function readObject(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'malformed' };
  }
  const limit = exceededLimit(text);
  if (limit !== undefined) return { kind: limit };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'malformed' };
  if (hasDuplicateKey(text)) return { kind: 'malformed' };
  const entries = Object.entries(value).map(([name, each]: [string, unknown]) => {
    return [name.toWellFormed(), typeof each === 'string' ? each.toWellFormed() : each] as const;
  });
  return { kind: 'object', entries: new Map(entries) };
}

/** Keys are compared as they read after their escapes. The text must be valid JSON. */
export function hasDuplicateKey(text: string): boolean {
  const open: Set<string>[] = [];
  let found = false;
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectProperty: (written) => {
      const name = written.toWellFormed();
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

/** The text must be valid JSON. */
function exceededLimit(text: string): ExceededLimit | undefined {
  const found = new Set<ExceededLimit>();
  let depth = 0;
  const opens = (): void => {
    depth += 1;
    if (depth > MAX_DEPTH) found.add('too_deep');
  };
  const closes = (): void => {
    depth -= 1;
  };
  visit(text, {
    onObjectBegin: opens,
    onArrayBegin: opens,
    onObjectEnd: closes,
    onArrayEnd: closes,
    onObjectProperty: (name) => {
      if (name.length > MAX_KEY_LENGTH) found.add('key_too_long');
    },
    onLiteralValue: (value: unknown, _offset, length) => {
      if (typeof value === 'number' && length > MAX_NUMBER_LENGTH) found.add('number_too_long');
    },
  });
  return (['too_deep', 'number_too_long', 'key_too_long'] as const).find((limit) => found.has(limit));
}
