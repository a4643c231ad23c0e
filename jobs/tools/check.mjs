// `npm run check`: types, lint with its walls, format, sizes, and whether generated files are current.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenWalls, circles } from './walls.mjs';

const MAX_LINES = 300;
const MAX_JOB_LINES = 55;
const JOB_FILES = new Set(['jobs/dataload/src/dataload.ts', 'jobs/prepare/src/prepare.ts']);

/** @returns whether the command succeeded; its output goes to the terminal */
const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/** Files that git tracks, or would. */
const listed = (...patterns) =>
  spawnSync('git', ['ls-files', '-co', '--exclude-standard', ...patterns], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean);

const trackedSources = () =>
  listed('jobs', 'dags', 'docker', '.ci').filter((file) => /\.(ts|mjs|js|py|sh|sql)$/.test(file));

/** Pages that are longer than this are not read to their end. */
function pagesAreShort() {
  const tooLong = listed('*README.md')
    .filter((page) => page !== 'configs/README.md')
    .map((page) => ({ page, lines: linesOf(page), most: page === 'README.md' ? 120 : 200 }))
    .filter((page) => page.lines > page.most);
  for (const { page, lines, most: allowed } of tooLong)
    console.error(`${page} has ${lines} lines, at most ${allowed} are allowed`);
  return tooLong.length === 0;
}

/** A page that names a file which is not there sends its reader nowhere. */
function pagesNameFiles() {
  const missing = listed('*.md', ':!dags', ':!jobs/spark-connect').flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|py|sh|sql|yml|md))`/g)]
      .map(([, file]) => file)
      .filter((file) => !existsSync(file) && !existsSync(join('jobs', file)))
      .map((file) => `${page} names ${file}, which is not there`),
  );
  for (const text of missing) console.error(text);
  return missing.length === 0;
}

const linesOf = (file) => readFileSync(file, 'utf8').split('\n').length - 1;

function filesAreSmall() {
  const tooLong = trackedSources()
    .map((file) => ({ file, lines: linesOf(file), most: JOB_FILES.has(file) ? MAX_JOB_LINES : MAX_LINES }))
    .filter((file) => file.lines > file.most);
  for (const file of tooLong) console.error(`${file.file} has ${file.lines} lines, at most ${file.most} are allowed`);
  return tooLong.length === 0;
}

/** A suite that nobody can forget: every skipped test is an error but the one for the real day. */
function onlyTheRealDayMayBeSkipped() {
  const skips = trackedSources()
    .filter((file) => file.endsWith('.ts') && !file.endsWith('/test-of-real-day.ts'))
    .filter((file) => /\b(?:test|describe|it)\.(?:skip|only|todo)\b/.test(readFileSync(file, 'utf8')));
  for (const file of skips) console.error(`${file} skips a test; only testOfRealDay may skip one`);
  return skips.length === 0;
}

function topLevelIsFixed() {
  const allowed = new Set([
    'LICENSE',
    'README.md',
    'configs',
    'dags',
    'docker',
    'docker-compose.yml',
    'findings',
    'jest.config.mjs',
    'jobs',
  ]);
  for (const name of ['package-lock.json', 'package.json', 'schema', 'tsconfig.json', 'data', 'node_modules'])
    allowed.add(name);
  const strangers = readdirSync('.').filter((name) => !name.startsWith('.') && !allowed.has(name));
  for (const name of strangers) console.error(`${join('.', name)} does not belong at the top level`);
  return strangers.length === 0;
}

/** Whether every room imports only what it may: the table is in walls.mjs. */
function wallsStand() {
  const files = trackedSources()
    .filter((file) => /^jobs\/.*\.(ts|mjs)$/.test(file))
    .map((file) => file.slice('jobs/'.length));
  const broken = brokenWalls(files);
  const rings = circles(files.filter((file) => !/\.test\.ts$|^tests\//.test(file)));
  for (const wall of broken) console.error(wall);
  for (const ring of rings) console.error(`a circle of imports: ${ring}`);
  return broken.length + rings.length === 0;
}

const checks = {
  types: () => succeeds('tsc', '--noEmit'),
  lint: () => succeeds('oxlint', '--type-aware', '--deny-warnings'),
  format: () => succeeds('prettier', '--check', '--log-level', 'warn', '.'),
  'generated files': () => succeeds(process.execPath, 'jobs/tools/generate.ts', '--check'),
  walls: wallsStand,
  'file sizes': filesAreSmall,
  'page sizes': pagesAreShort,
  'files in pages': pagesNameFiles,
  'skipped tests': onlyTheRealDayMayBeSkipped,
  'top level': topLevelIsFixed,
};

const failed = Object.entries(checks).filter(([name, check]) => {
  const ok = check();
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  return !ok;
});
console.log(`${Object.keys(checks).length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
