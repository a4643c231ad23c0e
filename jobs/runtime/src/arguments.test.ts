import { describe, expect, test } from '@jest/globals';
import { helpText, parseArguments, parseFlags } from './arguments.ts';

const DAY = ['--date', '2019-11-29'];
const usage = (message: string) =>
  expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) });

test('a date is enough', () => {
  expect(parseArguments(DAY, {})).toStrictEqual({
    logicalDate: { iso: '2019-11-29', year: '2019', month: '11', day: '29' },
    env: 'local',
    source: 'files',
    report: undefined,
    runId: undefined,
    try: 1,
    dryRun: false,
    allowEmpty: false,
    allowIncomplete: false,
    refetch: false,
    replaceRestored: false,
    maxRuntimeMs: undefined,
  });
});

test('every flag is heard', () => {
  const words =
    '--env prod --source kafka --report beef_cooking_time --run-id r --try 2 --dry-run --allow-empty --allow-incomplete --refetch --replace-restored --max-runtime 2h';
  expect(parseArguments([...DAY, ...words.split(' ')], { RECIPE_ETL_ENV: 'dev' })).toMatchObject({
    env: 'prod',
    source: 'kafka',
    report: 'beef_cooking_time',
    runId: 'r',
    try: 2,
    dryRun: true,
    allowEmpty: true,
    allowIncomplete: true,
    refetch: true,
    replaceRestored: true,
    maxRuntimeMs: 7_200_000,
  });
});

test('the environment comes from a variable, and an empty one counts as none', () => {
  expect(parseArguments(DAY, { RECIPE_ETL_ENV: 'dev' }).env).toBe('dev');
  expect(parseArguments(DAY, { RECIPE_ETL_ENV: '' }).env).toBe('local');
});

describe('what is wrong is told', () => {
  test.each<[string[], string]>([
    [[], '--date is required'],
    [[...DAY, '--refetch'], '--refetch goes with --source kafka'],
    [['--date'], '--date'],
    [['--date', '29.11.2019'], '"29.11.2019" is not a day'],
    [[...DAY, '--dry-runn'], 'unknown option --dry-runn; did you mean dry-run?'],
    [[...DAY, '--xyzzy-plugh'], 'known are date, env'],
    [[...DAY, 'extra'], 'extra'],
    [[...DAY, '--dry-run=yes'], '--dry-run'],
    [[...DAY, '--try', '0'], '--try "0" is no number from 1 to 999'],
    [[...DAY, '--try', '1.5'], '--try "1.5"'],
    [[...DAY, '--max-runtime', 'soon'], '--max-runtime "soon"'],
  ])('%j', (words, message) => {
    expect(() => parseArguments(words, {})).toThrow(usage(message));
  });
});

test('a caller may know more flags', () => {
  expect(parseFlags(['--input', 'x'], { input: { type: 'string', text: '' } })).toMatchObject({ input: 'x' });
});

test('the help names every flag with what it takes', () => {
  const help = helpText('prepare');
  expect(help).toMatch(/^prepare --date YYYY-MM-DD \[options\]/);
  for (const flag of ['--run-id ID', '--dry-run', '--max-runtime DURATION']) expect(help).toContain(flag);
});

test('an option of one job is refused by the other, and not in its help', () => {
  const words = [...DAY, '--report', 'beef_cooking_time'];
  expect(() => parseArguments(words, {}, 'dataload')).toThrow(
    usage('--report is an option of prepare; dataload has no'),
  );
  expect(parseArguments(words, {}, 'prepare').report).toBe('beef_cooking_time');
  // One command line of both jobs, as that of `lake backfill`.
  expect(parseArguments(words, {}).report).toBe('beef_cooking_time');
  expect(helpText('prepare')).toContain('--report NAME');
  expect(helpText('dataload')).not.toContain('--report');
});
