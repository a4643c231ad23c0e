/** Compares a value with its golden file; `GOLDEN=write` writes the file instead, for the difference to be reviewed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { compactJson } from './compact-json.ts';

/**
 * @param file path of the JSON file
 * @returns what the file holds, to be expected
 * @throws where the file is missing: a golden that nobody has reviewed proves nothing
 */
export function golden(file: string, actual: unknown): unknown {
  if (process.env['GOLDEN'] === 'write') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${compactJson(actual)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The same for bytes. @returns whether the file holds them */
export function isGoldenBytes(file: string, actual: Uint8Array): boolean {
  if (process.env['GOLDEN'] === 'write') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  return Buffer.compare(readFileSync(file), actual) === 0;
}
