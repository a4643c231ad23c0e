/** The S3 server of the tests: built once from its sources by Go, and kept outside the repository. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = 'v1.8.0';
const PACKAGE = `github.com/versity/versitygw/cmd/versitygw@${VERSION}`;

/** @returns the path of the program; `RECIPE_ETL_VERSITYGW` names one that is there already. @throws Error where it cannot be built */
export function versitygwBinary(): string {
  const given = process.env['RECIPE_ETL_VERSITYGW'];
  if (given && !existsSync(given)) throw new Error(`RECIPE_ETL_VERSITYGW names no program: there is no ${given}`);
  if (given) return given;
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'recipe-etl');
  const folder = join(cache, `versitygw-${VERSION}`);
  const binary = join(folder, 'versitygw');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  // Whoever stops it half-way leaves no program that looks whole.
  const partial = mkdtempSync(join(cache, 'partial-'));
  try {
    build(partial);
    // Somebody else may have built it meanwhile, and be running it.
    renameSync(join(partial, 'versitygw'), binary);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return binary;
}

function build(folder: string): void {
  process.stderr.write('building the S3 server of the tests (about 90 s, once)\n');
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '-modcacherw' };
  const { status, error } = spawnSync('go', ['install', PACKAGE], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  throw new Error(
    `versitygw could not be built (${error?.message ?? `go ended with ${status}`}): install Go 1.25 or newer (Debian: golang-go, of backports where it is older), or name a program in RECIPE_ETL_VERSITYGW.`,
  );
}
