/** Where a planted value can be read. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Adds every file below a folder, by its path. */
export async function readAll(folder: string, readable: Map<string, string>): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) readable.set(file, await readFile(file, 'latin1'));
  }
}

/** Looks for the values as they are, as JSON writes them, and as the address that Spark logs. */
export function foundIn(
  readable: ReadonlyMap<string, string>,
  planted: readonly (readonly [reference: string, value: string])[],
): readonly string[] {
  return planted.flatMap(([reference, value]) => {
    const forms = [value, JSON.stringify(value).slice(1, -1), value.replace('sc://', '')];
    return [...readable]
      .filter(([, text]) => forms.some((form) => text.includes(form)))
      .map(([place]) => `${reference} in ${place}`);
  });
}
