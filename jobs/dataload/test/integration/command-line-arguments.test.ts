/** What a job's command line may hold, and how a wrong one is answered. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { DATE, type ProcessLake, processLake, scriptOf } from '../../testing/process-lake.ts';
import { runScript, summaryOf, type Variables } from '../../testing/processes.ts';

const JOBS = ['dataload', 'prepare'] as const;

let lake: ProcessLake;
beforeAll(async () => {
  lake = await processLake();
});
afterAll(() => lake[Symbol.asyncDispose]());

const date = (text: string): string[] => ['--date', text];
const day = date(DATE);
const today = DateTime.utc().toISODate();

describe.each<[string, readonly string[], number, readonly (string | RegExp)[], Variables?]>([
  ['no --date', [], 2, ['--date is required', '--date 2019-11-29']],
  ['a --date without a value', ['--date'], 2, [/--date.*(argument|value)/]],
  ['a malformed date', date('29.11.2019'), 2, ['--date "29.11.2019"', 'write it as 2019-11-29']],
  ['a date that no calendar has', date('2019-02-29'), 2, ['--date "2019-02-29"', 'write it as 2019-11-29']],
  ['a future date', date('2999-01-01'), 3, ['2999-01-01 has not ended', '--allow-incomplete']],
  ['today, which has not ended', date(today), 3, [`${today} has not ended`, '--allow-incomplete']],
  ['an unknown flag', [...day, '--dry-rum'], 2, ['--dry-rum', 'did you mean dry-run?']],
  ['a flag of the other half of the product', [...day, '--input', 'x'], 2, ['--input']],
  ['a word that is no flag', [...day, 'now'], 2, ["'now'"]],
  ['an unknown environment', [...day, '--env', 'locla'], 2, ['"locla"', 'configs', 'did you mean local?']],
  ['an environment that is a path', [...day, '--env', '../configs/local'], 2, ['"../configs/local"']],
  ['an unknown environment in RECIPE_ETL_ENV', day, 2, ['"lokal"', 'local'], { RECIPE_ETL_ENV: 'lokal' }],
  ['a run id that is no file name', [...day, '--run-id', '../1'], 2, ['--run-id "../1"']],
  ['a try that is no number', [...day, '--try', 'two'], 2, ['--try "two"']],
  ['a malformed duration', [...day, '--max-runtime', 'soon'], 2, ['--max-runtime "soon"', '2h']],
])('%s', (_, words, exitCode, expected, variables = {}) => {
  test.each(JOBS)('ends %s with the exit code and a sentence that helps', async (job) => {
    const nobody = { SPARK_REMOTE: 'sc://127.0.0.1:1', RECIPE_ETL_LAKE: lake.lake, RECIPE_ETL_OUTPUT: lake.output };
    const ended = await runScript(scriptOf(job), words, { ...nobody, ...variables });
    const summary = summaryOf(ended);
    expect(summary).toMatchObject({ job, outcome: 'failed', exitCode });
    expect(ended.exitCode).toBe(exitCode);
    for (const text of expected) expect(summary.message).toMatch(text instanceof RegExp ? text : literal(text));
    expect(ended.stderr).toContain(summary.message);
    // No stack of ours: nothing unexpected happened.
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.stdout).toMatch(/^\{.*\}\n$/);
  });
});

test.each(JOBS)('--help of %s lists the flags, needs neither Spark nor a lake, and is quick', async (job) => {
  const before = process.resourceUsage();
  const ended = await runScript(scriptOf(job), ['--help'], { SPARK_REMOTE: 'sc://127.0.0.1:1', RECIPE_ETL_HOME: '/nowhere' });
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ended.stdout).toContain(`${job} --date YYYY-MM-DD`);
  for (const flag of ['--env', '--source', '--run-id', '--try', '--dry-run', '--allow-empty', '--max-runtime']) {
    expect(ended.stdout).toContain(flag);
  }
  expect(before).toBeDefined();
});

function literal(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
}
