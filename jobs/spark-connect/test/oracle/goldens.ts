/** Where the plans of PySpark are kept, and where ours are that differ from them deliberately. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'golden');

/** As PySpark builds it; written by `npm run golden:pyspark` only. */
export const pysparkGolden = (name: string): string => join(FOLDER, `${name}.json`);

/** As we build it where we differ. */
export const ourGolden = (name: string): string => join(FOLDER, 'deviations', `${name}.json`);

export function pysparkGoldens(): string[] {
  return namesIn(FOLDER);
}

export function ourGoldens(): string[] {
  return namesIn(join(FOLDER, 'deviations'));
}

export function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
}
