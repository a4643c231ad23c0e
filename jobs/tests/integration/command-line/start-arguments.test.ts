/** What stops the local run before Spark is started, and what stops its set-up. */
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Ended, runScript } from '../../processes.ts';

const START = 'jobs/cli/src/start.ts';
const SETUP = 'jobs/tools/setup.mjs';
const SET_UP_FILES = [
  SETUP,
  'jobs/tools/node-version.mjs',
  'jobs/tools/spark-image.mjs',
  'package-lock.json',
  'docker/spark-connect',
];

let folder: string;
/** A PATH with a shell and little else. */
let bare: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-etl-'));
  bare = join(folder, 'bin');
  await mkdir(bare);
  for (const tool of ['sh', 'rm', 'sleep']) await symlink(await found(tool), join(bare, tool));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function found(tool: string): Promise<string> {
  for (const candidate of (process.env['PATH'] ?? '').split(delimiter).map((place) => join(place, tool))) {
    if (await readFile(candidate).then(Boolean, () => false)) return candidate;
  }
  throw new Error(`${tool} is not on the PATH`);
}

const into = (): string[] => ['--lake', join(folder, 'lake'), '--output', join(folder, 'output')];

test.each<[string, readonly string[], number, readonly string[]]>([
  ['--date without --input', ['--date', '2019-11-29'], 2, ['--input FOLDER is required too']],
  ['--input without --date', ['--input', 'jobs'], 2, ['--date YYYY-MM-DD is required too']],
  ['a malformed date', ['--date', '29/11/2019', '--input', 'jobs'], 2, ['"29/11/2019"', 'write it as 2019-11-29']],
  ['a missing folder', ['--date', '2019-11-29', '--input', 'nowhere'], 2, ['--input', '/nowhere is not a folder']],
  ['a file for a folder', ['--date', '2019-11-29', '--input', 'package.json'], 2, ['package.json is not a folder']],
  ['an unknown flag', ['--imput', 'x'], 2, ['--imput', 'did you mean input?']],
  ['a flag of the jobs alone', ['--env', 'prod'], 2, ['--env is an option of the jobs', '--input']],
])('npm start answers %s at once, without Spark', async (_, words, exitCode, says) => {
  const ended = await runScript(START, [...words, ...into()]);
  expect(ended).toMatchObject({ exitCode, stdout: '' });
  for (const text of says) expect(ended.stderr).toContain(text);
  expect(ended.stderr).toMatch(/^error: /);
  expect(ended.stderr).not.toContain('starting Spark');
});

test('npm start -- --help tells how it is used', async () => {
  const ended = await runScript(START, ['--help'], { PATH: bare });
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  for (const text of ['--date', '--input', '--lake', '--output', 'SPARK_REMOTE']) expect(ended.stdout).toContain(text);
});

test('npm start without java says what to install', async () => {
  const ended = await runScript(START, into(), { PATH: bare });
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ended.stderr).toMatch(/^error: java is not on the PATH.*Java 17.*Docker/m);
});

/** The set-up in a repository of its own, whose packages count as installed: it must never install into this one. */
async function setUp(tools: Readonly<Record<string, string>>, words: readonly string[] = []): Promise<Ended> {
  const home = await mkdtemp(join(folder, 'setup-'));
  const [path, modules] = [join(home, 'bin'), join(home, 'node_modules')];
  await cp(bare, path, { recursive: true });
  for (const [name, text] of Object.entries(tools)) {
    await writeFile(join(path, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(path, name), 0o755);
  }
  for (const file of SET_UP_FILES) await cp(file, join(home, file), { recursive: true });
  await mkdir(modules);
  const hash = createHash('sha256').update(await readFile('package-lock.json'));
  await writeFile(join(modules, '.setup'), hash.digest('hex'));
  return runScript(join(home, SETUP), words, { PATH: path });
}

const java = (version: string): string => `echo 'openjdk version "${version}" 2026-01-20' >&2`;

/** An engine that runs, and builds nothing. */
const docker = '[ "$1" = version ]';

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  ['without java', {}, /java was not found.*Java 17 or newer.*install.*Docker/],
  ['with java 11', { java: java('11.0.22') }, /java is version 11\. .*Java 17 or newer.*install.*Docker/],
  ['with java 8', { java: java('1.8.0_402') }, /java is version 8\. .*Java 17 or newer/],
  ['without mvn', { java: java('17.0.10') }, /mvn was not found.*install Maven.*Docker/],
  ['without java and with a docker that is not running', { docker: 'exit 1' }, /java was not found.*start Docker/],
  ['with an mvn that fails', { java: java('21'), mvn: '[ "$1" = --version ]' }, /mvn failed \(exit 1\).*network/],
  ['with a docker that fails', { docker }, /runs in Docker[^]*docker failed \(exit 1\).*network/],
  ['with a docker but no mvn', { java: java('17.0.10'), docker }, /runs in Docker[^]*docker failed \(exit 1\)/],
])('the set-up %s ends with exit code 2 and says what to do', async (_, tools, message) => {
  const ended = await setUp(tools);
  expect(ended.stderr).toMatch(message);
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ended.stderr).not.toMatch(/^\s+at /m);
});

test('the set-up of the tests wants java, whatever Docker could do', async () => {
  const ended = await setUp({ docker }, ['--tests']);
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ended.stderr).toMatch(/java was not found.*Java 17 or newer/);
  expect(ended.stderr).not.toContain('Docker');
});
