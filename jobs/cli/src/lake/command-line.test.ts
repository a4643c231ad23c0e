import { describe, expect, test } from '@jest/globals';
import { LAKE_COMMANDS, parseCommandLine, type CommandLine } from './command-line.ts';

const parsed = (...words: string[]): CommandLine => parseCommandLine(words, {}) as CommandLine;
const refusal = (...words: string[]): string => {
  try {
    parsed(...words);
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
    return (error as Error).message;
  }
  return 'accepted';
};

test('a command and its flags are understood', () => {
  expect(
    parsed(
      'backfill',
      '--from',
      '2019-11-28',
      '--to=2019-11-30',
      '--source',
      'kafka',
      '--report',
      'beef_cooking_time',
      '--allow-empty',
      '--replace-restored',
      '--max-runtime',
      '2h',
    ),
  ).toMatchObject({
    command: 'backfill',
    env: 'local',
    range: { from: { iso: '2019-11-28' }, to: { iso: '2019-11-30' } },
    report: 'beef_cooking_time',
    passedOn: ['--source=kafka', '--report=beef_cooking_time', '--allow-empty', '--replace-restored'],
    maxRuntimeMs: 7_200_000,
    isConfirmed: false,
    continueOnError: false,
  });
  expect(parseCommandLine(['status'], { RECIPE_ETL_ENV: 'prod' })).toMatchObject({ env: 'prod', range: {} });
});

test('one day is a range too', () => {
  expect(parsed('status', '--date', '2019-11-28').range).toMatchObject({
    from: { iso: '2019-11-28' },
    to: { iso: '2019-11-28' },
  });
});

test('where the command works is kept as a shell takes it', () => {
  const { whereFlags } = parsed('status', '--lake', "my 'lake'", '--env', 'dev');
  expect(whereFlags).toBe(String.raw` --env dev --lake 'my '\''lake'\'''`);
  expect(parsed('status').whereFlags).toBe('');
  expect((parseCommandLine(['status'], { RECIPE_ETL_ENV: 'prod' }) as CommandLine).whereFlags).toBe(' --env prod');
});

test('who runs the days of the lake is said by a variable; another name is refused', () => {
  const scheduler = (RECIPE_ETL_SCHEDULER: string) => parseCommandLine(['status'], { RECIPE_ETL_SCHEDULER });
  expect(scheduler('airflow')).toMatchObject({ scheduler: 'airflow' });
  expect(scheduler('')).toMatchObject({ scheduler: undefined });
  expect(() => scheduler('cron')).toThrow('RECIPE_ETL_SCHEDULER=cron is no scheduler');
});

describe('what is refused', () => {
  test.each([
    [['statsu'], 'unknown command statsu; did you mean status?'],
    [[], 'a command is required'],
    [['--json'], 'a command is required'],
    [['status', '--form', '2019-11-28'], 'unknown option --form of status; did you mean from?'],
    [['status', '--yes'], 'unknown option --yes of status'],
    [['status', '--from', '2019-11-31'], '--from "2019-11-31" is not a day'],
    [['status', '--from', '2019-11-30', '--to', '2019-11-28'], '--from 2019-11-30 is after --to 2019-11-28'],
    [['status', '--from', '2019-11-30', '--date', '2019-11-28'], '--date is one day'],
    [['status', 'now'], 'see lake status --help'],
    [['restore'], '--date is required'],
    [['restore', '--date', '2019-11-30', '--job', 'prepar'], 'is not a job; did you mean prepare?'],
    [['backfill', '--from', '2019-11-30'], '--from and --to are required'],
    [['backfill', '--date', '2019-11-30', '--job', 'dataload', '--report', 'x'], '--report goes with prepare'],
  ])('%j', (words, message) => {
    expect(refusal(...words)).toContain(message);
  });
});

test('help tells every command, and every flag of a command', () => {
  const { help } = parseCommandLine(['--help'], {}) as { help: string };
  for (const name of Object.keys(LAKE_COMMANDS)) expect(help).toContain(`  ${name}`);
  const { help: own } = parseCommandLine(['clean', '--help'], {}) as { help: string };
  for (const flag of ['yes', 'from', 'json', 'lake']) expect(own).toContain(`--${flag}`);
  expect(own).not.toContain('--version');
});
