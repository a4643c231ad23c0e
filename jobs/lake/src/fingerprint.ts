/** Hashes of what a run depends on. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** SHA-256 in hex of a value's JSON; the order of an object's keys does not count. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, withSortedKeys)).digest('hex');
}

function withSortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * SHA-256 in hex of the code that runs: the bundle itself, or the sources of all packages beside it.
 *
 * @param moduleUrl `import.meta.url` of any file of the bundle, or of the packages
 */
export function codeFingerprint(moduleUrl: string): string {
  const file = fileURLToPath(moduleUrl);
  const hash = createHash('sha256');
  for (const source of file.endsWith('.ts') ? sourcesBeside(file) : [file]) {
    hash.update(basename(source)).update(readFileSync(source));
  }
  return hash.digest('hex');
}

/** `jobs/<package>/src/…/x.ts` to all sources in `jobs/<package>/src`, without tests. */
function sourcesBeside(file: string): string[] {
  const jobs = dirname(file.slice(0, file.lastIndexOf(`${sep}src${sep}`)));
  return readdirSync(jobs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => tsFiles(join(jobs, entry.name, 'src')))
    .toSorted();
}

const isSource = (name: string): boolean =>
  name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith(`gen${sep}`);

function tsFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter(isSource).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
