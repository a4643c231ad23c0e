/** The S3 server of the tests: built once from its sources by Go, and kept outside the repository. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const VERSION = 'v1.8.0';
const PACKAGE = `github.com/versity/versitygw/cmd/versitygw@${VERSION}`;

/** @returns whether the program is there or can be built here */
export function canHaveVersitygw(): boolean {
  return existsSync(given() ?? kept()) || spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

/** @returns the path of the program; `RECIPE_ETL_VERSITYGW` names one that is there already. @throws Error where it cannot be built */
export function versitygwBinary(): string {
  const named = given();
  if (named !== undefined && !existsSync(named)) {
    throw new Error(`RECIPE_ETL_VERSITYGW names no program: there is no ${named}`);
  }
  if (named !== undefined) return named;
  const binary = kept();
  if (existsSync(binary)) return binary;
  mkdirSync(dirname(binary), { recursive: true });
  // Whoever stops it half-way leaves no program that looks whole.
  const partial = mkdtempSync(join(cache(), 'partial-'));
  try {
    build(partial);
    // Somebody else may have built it meanwhile, and be running it.
    renameSync(join(partial, 'versitygw'), binary);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return binary;
}

const given = (): string | undefined => process.env['RECIPE_ETL_VERSITYGW'] || undefined;
const cache = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'recipe-etl');
const kept = (): string => join(cache(), `versitygw-${VERSION}`, 'versitygw');

function build(folder: string): void {
  process.stderr.write('building the S3 server of the tests (about 90 s, once)\n');
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '-modcacherw' };
  const { status, error } = spawnSync('go', ['install', PACKAGE], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  throw new Error(
    `versitygw could not be built (${error?.message ?? `go ended with ${status}`}): install Go 1.25 or newer (Debian: golang-go, of backports where it is older), or name a program in RECIPE_ETL_VERSITYGW.`,
  );
}
