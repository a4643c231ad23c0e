/** Every command of a README is run: by a test that takes it from the page, or by a stage of CI. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { commandsOf, pageCommand, scripts } from './pages.ts';

const listed = (...patterns: readonly string[]): string[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...patterns], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
const PAGES = listed('*README.md').filter((page) => commandsOf(page).length > 0);

interface ByStage {
  /** Begins with this. */
  readonly command: string;
  /** Of `.ci/run`. */
  readonly stage: string;
  /** What the stage runs, and what of it shows that the command is run. */
  readonly file: string;
  readonly says: string;
}

const E2E = 'jobs/tests/e2e';
/** Commands that need Docker, or are a stage themselves. */
const BY_STAGE: readonly ByStage[] = [
  { command: 'npm test', stage: 'tests', file: '.ci/run', says: 'try npm test\n' },
  { command: 'npm run test:dags', stage: 'dags', file: '.ci/run', says: 'try npm run test:dags\n' },
  { command: 'npm run test:images', stage: 'images', file: '.ci/run', says: 'try npm run test:images\n' },
  { command: 'npm run test:e2e', stage: 'stack', file: '.ci/run', says: 'try npm run test:e2e\n' },
  {
    command: 'npm start',
    stage: 'images',
    file: 'jobs/tests/images/start-in-docker.test.ts',
    says: "spawn('npm', ['start']",
  },
  { command: 'npm run up', stage: 'stack', file: `${E2E}/e2e-stack.mjs`, says: "runScript('jobs/stack/up.ts', []" },
  {
    command: 'KAFKA_BROKER=127.0.0.1:9092 npm run produce -- --date 2019-11-29 --input jobs/dataload/sample/2019/11/29',
    stage: 'stack',
    file: `${E2E}/days.ts`,
    says: "runScript('jobs/cli/src/produce/produce.ts', ['--date', day, '--input', input]",
  },
  {
    command: 'npm run trigger -- ',
    stage: 'stack',
    file: `${E2E}/three-days.test.ts`,
    says: "['docker/trigger.sh', SECOND]",
  },
  {
    command: 'npm run smoke',
    stage: 'stack',
    file: `${E2E}/three-days.test.ts`,
    says: "runScript('jobs/stack/smoke.ts', []",
  },
  {
    command: 'npm run down',
    stage: 'stack',
    file: `${E2E}/e2e-stack-stop.mjs`,
    says: "runScript('jobs/stack/down.ts'",
  },
];

const sources = listed('jobs/tests/*.ts', 'jobs/tests/*.mjs').map((file) => readFileSync(file, 'utf8'));
/** Page and beginning of each command that a test takes from a page. */
const TAKEN = sources.flatMap((text) =>
  Array.from(text.matchAll(/pageCommand\(\s*'([^']+)',\s*'([^']+)'/g), ([, page = '', start = '']) => ({
    page,
    start,
  })),
);

const stageOf = (command: string): ByStage | undefined =>
  BY_STAGE.find((row) =>
    command === 'npm start' ? row.command === command : command.startsWith(row.command) && row.command !== 'npm start',
  );
/** Settings of the commands behind them. */
const isSetting = (command: string): boolean => command.startsWith('export ');

test.each(PAGES)('every command of %s is run', (page) => {
  const isTaken = (command: string): boolean =>
    TAKEN.some((taken) => taken.page === page && command.startsWith(taken.start));
  const commands = commandsOf(page).filter((command) => !isSetting(command));
  expect(commands.filter((command) => !isTaken(command) && stageOf(command) === undefined)).toEqual([]);
});

test.each(PAGES)('the variables that %s exports are known to the tests', (page) => {
  const names = commandsOf(page)
    .filter(isSetting)
    .flatMap((line) => Array.from(line.matchAll(/(\w+)=/g), ([, name = '']) => name));
  expect(names.filter((name) => !sources.some((text) => text.includes(name)))).toEqual([]);
});

describe('what a stage of CI runs', () => {
  const ci = readFileSync('.ci/run', 'utf8');
  test.each(BY_STAGE)('is "$command", by $file in the stage $stage', ({ command, stage, file, says }) => {
    const body = new RegExp(`^${stage}\\(\\) \\{\\n(.*?)^\\}`, 'ms').exec(ci)?.[1] ?? '';
    const text = file === '.ci/run' ? body : readFileSync(file, 'utf8');
    expect(text).toContain(says);
    // A file of tests is run by the suite of its folder, and runs what npm would.
    const suite = /^jobs\/tests\/(\w+)\//.exec(file)?.[1];
    const script = /npm run ([\w:]+)/.exec(command)?.[1] ?? '';
    expect(body).toMatch(suite === undefined ? says : new RegExp(`npm run test:${suite}$`, 'm'));
    expect(says).toContain(suite === undefined ? '' : (scripts[script]?.split(' ')[1] ?? ''));
    expect(PAGES.some((page) => commandsOf(page).some((found) => found.startsWith(command)))).toBe(true);
  });
});

test('a command is the file that npm would run, with the words of the page in their places', () => {
  const places = { '/tmp/lake': 'here', '/tmp/output': 'there' };
  expect(pageCommand('README.md', 'npm start -- ', places)).toEqual([
    'jobs/cli/src/start.ts',
    ['--date', '2019-11-29', '--input', 'jobs/dataload/sample/2019/11/29', '--lake', 'here', '--output', 'there'],
  ]);
  expect(() => pageCommand('README.md', 'npm start -- ', { '/tmp/nowhere': '' })).toThrow('does not name /tmp/nowhere');
  expect(() => pageCommand('README.md', 'npm run nothing')).toThrow('should have one command');
});

test('the commands of the run-book are run on the stack, as they stand there', () => {
  const page = 'dags/RUNBOOK.md';
  expect(commandsOf(page).length).toBeGreaterThan(8);
  const text = readFileSync(`${E2E}/runbook.test.ts`, 'utf8');
  expect(text).toContain(`'${page}'`);
  // All of them are typed in, or are settings of those that are.
  const typed = Array.from(text.matchAll(/commandThat\(['`](.*?)['`]\)/g), ([, part = '']) => part);
  const isTyped = (command: string): boolean =>
    typed.some((part) => command.includes(part.replace('${PAGE_DAY}', '2019-11-29').replace('${job}', '')));
  const looks = commandsOf(page).filter((command) => !/^(set -a|export )/.test(command) && !isTyped(command));
  expect(looks.filter((command) => !command.includes('restore --date 2019-11-29'))).toEqual([]);
});
