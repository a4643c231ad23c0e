/** The commands of the run-book, run as they stand on the stack of these tests, for a day of their own. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startProcess } from 'spark-connect/testing/started-process';
import { commandsOf } from '../pages.ts';
import { RUNBOOK_DAY } from './days.ts';
import { runningStack, type RunningStack } from './running-stack.ts';
import { stackVariables, variablesFor } from './scripts.ts';

const PAGE = 'dags/RUNBOOK.md';
const PAGE_DAY = '2019-11-29';
const isSetting = (command: string): boolean => /^(set -a|export )/.test(command);
const COMMANDS = commandsOf(PAGE);
/** In the text of the page, those that change nothing. */
const INLINE = Array.from(
  readFileSync(PAGE, 'utf8').matchAll(/`(npm run lake -- (?:status|clean|policies|quarantine)[^`]*)`/g),
  ([, command = '']) => command,
).filter((command) => !command.includes('--yes'));

let stack: RunningStack;
let settings: string;

beforeAll(async () => {
  stack = await runningStack();
  const { secretsFile, settings: ports } = stack.stack;
  settings = COMMANDS.filter(isSetting)
    .join('\n')
    .replace('./.env', secretsFile)
    .replace(':7070', `:${ports.S3_PORT}`)
    .replace(':9092', `:${ports.KAFKA_PORT}`);
});

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

/** A command of the page after its settings, for the day of these tests. */
async function typed(command: string) {
  const script = `${settings}\n${command.replaceAll(PAGE_DAY, RUNBOOK_DAY)}`;
  const variables = variablesFor({ ...stackVariables(), COMPOSE_ENV_FILES: stack.stack.secretsFile });
  await using shell = startProcess('bash', ['-euo', 'pipefail', '-c', script], variables, { echo: true });
  shell.closeInput();
  return await shell.ended;
}

const commandThat = (part: string): string => {
  const found = COMMANDS.filter((command) => command.includes(part));
  expect([part, found.length]).toEqual([part, 1]);
  return found[0] ?? '';
};

test('a day is run, looked at, run by hand, restored, and its report made again, each as the page says', async () => {
  expect(await typed(`npm run trigger -- ${PAGE_DAY}`)).toMatchObject({ exitCode: 0 });
  const status = await typed(commandThat(`status --date ${PAGE_DAY}`));
  expect(status).toMatchObject({ exitCode: 0 });
  expect(status.stdout).toMatch(new RegExp(`${RUNBOOK_DAY} +kafka\\.parquet +published`));
  for (const job of ['dataload', 'prepare']) {
    const byHand = await typed(commandThat(`run --rm ${job}`));
    expect([byHand.exitCode, byHand.stdout]).toEqual([0, expect.stringContaining('"outcome":"unchanged"')]);
  }
  const restore = commandThat('--version ID');
  const kept = await typed(restore.replace(' --version ID', ''));
  const [, version = ''] = /^(\S+) .*current/m.exec(kept.stdout) ?? [];
  expect([kept.exitCode, version]).toEqual([0, expect.stringMatching(/./)]);
  expect(await typed(restore.replace('ID', version))).toMatchObject({ exitCode: 0 });
  expect(await typed(commandThat('tasks clear'))).toMatchObject({ exitCode: 0 });
}, 600_000);

test('what the page says to look with changes nothing and works', async () => {
  const looks = [...INLINE, commandThat('status --from'), `${commandThat('backfill create')} --dry-run`];
  expect(looks.length).toBeGreaterThan(4);
  for (const command of looks) expect([command, (await typed(command)).exitCode]).toEqual([command, 0]);
  // The stack of the tests has days here and there.
  const check = await typed(commandThat('status --check'));
  expect([check.exitCode, check.stdout]).toEqual([
    4,
    expect.stringMatching(/: nothing landed .*: (npm run trigger|.*backfill create)/),
  ]);
  const policies = await typed('npm run lake -- policies');
  expect(policies.stdout).toMatch(/versioning +already set/);
}, 600_000);

test('alerts are named and tried as the page says; without a channel the try ends with 2', async () => {
  expect(await typed(commandThat('alert -- channels'))).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout } = await typed(commandThat('alert -- test'));
  expect(exitCode).toBe(stdout.includes('alerts go to') ? 0 : 2);
}, 120_000);

test('a back-fill from the shell says what Airflow has to be told instead', async () => {
  const refused = await typed(`npm run lake -- backfill --from ${PAGE_DAY} --to ${PAGE_DAY}`);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(`Run: npm run trigger -- ${RUNBOOK_DAY}`);
}, 60_000);
