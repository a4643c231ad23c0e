/** JSON for reviewing: what fits on a line stays on it. */

const WIDTH = 160;
/** Plans nest deeply: indenting further would make white space of most of the file. */
const DEEPEST = 24;

/** @returns JSON text whose values are broken into lines only where they would be longer than the width */
export function compactJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (indent.length + flat.length <= WIDTH || value === null || typeof value !== 'object') return flat;
  const inner = indent.length < DEEPEST ? `${indent} ` : indent;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => compactJson(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${compactJson(item, inner)}`);
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}
