/** Writes JSON objects the way many programs do: spacing, escapes, any order, and on demand a key twice. */
import type { Random } from 'spark-connect/testing/random';

/** A text, or the source of any other JSON value. */
export type FieldValue = string | { readonly source: string };
export type Entry = readonly [name: string, value: FieldValue];

export interface JsonStyle {
  /** Everything beyond ASCII as \uXXXX, surrogate pairs included. */
  readonly ascii: boolean;
  readonly escapeSlash: boolean;
  readonly afterColon: string;
  readonly afterComma: string;
  /** Inside the braces. */
  readonly padding: string;
}

export const COMPACT: JsonStyle = { ascii: false, escapeSlash: false, afterColon: '', afterComma: '', padding: '' };
/** As most programs write it. */
export const SPACED: JsonStyle = { ...COMPACT, afterColon: ' ', afterComma: ' ' };
const STYLES: readonly [JsonStyle, ...JsonStyle[]] = [
  COMPACT,
  SPACED,
  { ...SPACED, ascii: true },
  { ...COMPACT, ascii: true, escapeSlash: true },
  { ascii: false, escapeSlash: true, afterColon: '\t', afterComma: ' \r ', padding: '  ' },
];

export function anyStyle(random: Random): JsonStyle {
  return random.pick(STYLES);
}

export function writeObject(entries: readonly Entry[], style: JsonStyle = COMPACT): string {
  const members = entries.map(([name, value]) => {
    const source = typeof value === 'string' ? writeString(value, style) : value.source;
    return `${writeString(name, style)}:${style.afterColon}${source}`;
  });
  return `{${style.padding}${members.join(`,${style.afterComma}`)}${style.padding}}`;
}

export function writeString(text: string, style: JsonStyle = COMPACT): string {
  let json = JSON.stringify(text);
  if (style.escapeSlash) json = json.replaceAll('/', String.raw`\/`);
  // Without the u flag each half of a surrogate pair is escaped by itself, as JSON wants it.
  if (style.ascii) {
    json = json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }
  return json;
}

/** The entries with one replaced; its place stays. */
export function replaced(entries: readonly Entry[], name: string, value: FieldValue): Entry[] {
  return entries.map((entry) => (entry[0] === name ? [name, value] : entry));
}

export function without(entries: readonly Entry[], ...names: readonly string[]): Entry[] {
  return entries.filter(([name]) => !names.includes(name));
}

/** A value that is no text, by its JSON source. */
export function source(json: string): FieldValue {
  return { source: json };
}
