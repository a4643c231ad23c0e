/** Folders that are gone when the tests of a file have ended. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];
/** Where there is one, a file system in memory: tests wait for no disk. */
const PARENT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A new empty folder. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(PARENT, 'lake-test-'));
  made.push(folder);
  return folder;
}

/** Writes a file below a folder, with its parents. @returns its path */
export function writeFileIn(folder: string, key: string, content: string | Uint8Array): string {
  const file = join(folder, key);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
