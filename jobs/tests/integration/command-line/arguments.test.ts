/** What a job's command line may hold, and how a wrong one is answered. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JobName } from 'lake';
import { DATE, type ProcessLake, processLake, scriptOf } from '../../lakes/process-lake.ts';
import { pageCommand } from '../../pages.ts';
import { cpuMsOf, runScript, summaryOf, type Variables } from '../../processes.ts';

const DATE_FLAG = ['--date', DATE];
const TODAY = new Date().toISOString().slice(0, 10);

let lake: ProcessLake;
beforeAll(async () => {
  lake = await processLake();
});
afterAll(async () => {
  await lake[Symbol.asyncDispose]();
});

const date = (text: string): string[] => ['--date', text];

async function expectRefusal(job: JobName, words: readonly string[], refusal: Refusal): Promise<void> {
  const nowhere = { SPARK_REMOTE: 'sc://127.0.0.1:1', RECIPE_ETL_LAKE: lake.lake, RECIPE_ETL_OUTPUT: lake.output };
  const ended = await runScript(scriptOf(job), words, { ...nowhere, ...refusal.variables });
  const summary = summaryOf(ended);
  expect(summary).toMatchObject({ job, outcome: 'failed', exitCode: refusal.exitCode });
  expect(ended.exitCode).toBe(refusal.exitCode);
  for (const text of refusal.says) expect(summary.message).toContain(text);
  expect(ended.stderr).toContain(summary.message);
  // Nothing unexpected happened, so nobody needs a stack.
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(ended.stdout).toMatch(/^\{.*\}\n$/);
}

interface Refusal {
  readonly exitCode: number;
  readonly says: readonly string[];
  readonly variables?: Variables;
}

test.each<[string, readonly string[], Refusal]>([
  ['no --date', [], { exitCode: 2, says: ['--date is required', '--date 2019-11-29'] }],
  ['a --date without a value', ['--date'], { exitCode: 2, says: ['--date', 'argument missing'] }],
  ['a malformed date', date('29.11.2019'), { exitCode: 2, says: ['--date "29.11.2019"', 'write it as 2019-11-29'] }],
  ['a day of no calendar', date('2019-02-29'), { exitCode: 2, says: ['--date "2019-02-29"', 'not a day'] }],
  ['a future day', date('2999-01-01'), { exitCode: 3, says: ['2999-01-01 has not ended', '--allow-incomplete'] }],
  ['today, which has not ended', date(TODAY), { exitCode: 3, says: [`${TODAY} has not ended`, 'run it later'] }],
  ['an unknown flag', [...DATE_FLAG, '--dry-rum'], { exitCode: 2, says: ['--dry-rum', 'did you mean dry-run?'] }],
  ['a flag of the local run', [...DATE_FLAG, '--input', 'x'], { exitCode: 2, says: ['unknown option --input'] }],
  ['a word that is no flag', [...DATE_FLAG, 'now'], { exitCode: 2, says: ["'now'", '--help'] }],
  ['an unknown environment', [...DATE_FLAG, '--env', 'locla'], { exitCode: 2, says: ['"locla"', 'mean local?'] }],
  ['an environment that is a path', [...DATE_FLAG, '--env', '../x'], { exitCode: 2, says: ['"../x"', 'configs'] }],
  [
    'an unknown environment in RECIPE_ETL_ENV',
    DATE_FLAG,
    { exitCode: 2, says: ['"production"', 'known are', 'local'], variables: { RECIPE_ETL_ENV: 'production' } },
  ],
  ['a run id that is no file name', [...DATE_FLAG, '--run-id', '../1'], { exitCode: 2, says: ['--run-id "../1"'] }],
  ['a try that is no number', [...DATE_FLAG, '--try', 'two'], { exitCode: 2, says: ['--try "two"', '1 to 999'] }],
  ['a malformed duration', [...DATE_FLAG, '--max-runtime', 'soon'], { exitCode: 2, says: ['"soon"', '2h'] }],
])('dataload answers %s with its exit code and a sentence that helps', async (_, words, refusal) => {
  await expectRefusal('dataload', words, refusal);
});

test.each<[string, readonly string[], Refusal]>([
  ['no --date', [], { exitCode: 2, says: ['--date is required'] }],
  ['an unknown flag', [...DATE_FLAG, '--allow-emtpy'], { exitCode: 2, says: ['did you mean allow-empty?'] }],
  ['a future day', date('2999-01-01'), { exitCode: 3, says: ['2999-01-01 has not ended'] }],
])('prepare answers %s in the same way', async (_, words, refusal) => {
  await expectRefusal('prepare', words, refusal);
});

const HELP = {
  dataload: () => pageCommand('jobs/cli/README.md', 'npm run --silent job:dataload -- --help'),
  prepare: () => pageCommand('jobs/cli/README.md', 'npm run --silent job:prepare -- --help'),
};
test.each<[JobName]>([['dataload'], ['prepare']])(
  '--help of %s lists the flags, and needs no lake, no Spark and hardly more than the loading of the job',
  async (job) => {
    const nothing = { SPARK_REMOTE: 'sc://127.0.0.1:1', RECIPE_ETL_HOME: '/nowhere' };
    const ended = await runScript(...HELP[job](), nothing);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toContain(`${job} --date YYYY-MM-DD`);
    for (const flag of [
      'env',
      'source',
      'run-id',
      'try',
      'dry-run',
      'allow-empty',
      'allow-incomplete',
      'max-runtime',
    ]) {
      expect(ended.stdout).toContain(`--${flag}`);
    }
    // In processor time beside a peer in the same run, the least of three each: a busy machine slows both.
    const leastMs = async (file: string, words: readonly string[]): Promise<number> => {
      const tries = [];
      for (let count = 0; count < 3; count++) tries.push(await cpuMsOf(file, words, nothing));
      return Math.min(...tries);
    };
    const loading = await leastMs('--input-type=module', ['--eval', `await import('lake'); await import('${job}')`]);
    expect(await leastMs(scriptOf(job), ['--help'])).toBeLessThan(1.5 * loading);
  },
);
