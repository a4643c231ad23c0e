import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startChild } from 'lake/testing/child';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import type { Ended, Started } from 'spark-connect/testing/started-process';
import { configsWith } from '../testing/configs.ts';

/** A job that behaves as MODE says. */
const JOB = join(import.meta.dirname, '../testing/children/job');

const TOKEN = 'c0ffee-secret';

/** A home with configs/local, and a lake. */
function makeHome(logging = '# defaults'): string {
  const home = temporaryFolder();
  const files = {
    aws_config: `lake: ${home}/lake\noutput: ${home}/output\n`,
    spark_config: `remote: sc://spark.example/;token=${TOKEN}\n`,
    logging_config: `${logging}\n`,
  };
  configsWith(files, join(home, 'configs'));
  writeFileIn(home, 'schema/schemas.yml', 'folders: { events: changes, table: things }\n');
  return home;
}
const home = makeHome();
const DAY = ['--date', '2019-11-29'];
const start = (mode: string, words: readonly string[] = DAY): Started =>
  startChild(JOB, words, { MODE: mode, RECIPE_ETL_HOME: home });

/** The summary, after a check that it is the only line on stdout and the last thing that was said. */
function summaryOf(ended: Ended): Record<string, unknown> {
  expect(ended.stdout).toMatch(/^[^\n]+\n$/);
  expect(ended.streams.at(-1)).toBe('stdout');
  return JSON.parse(ended.stdout) as Record<string, unknown>;
}

describe('a job as a process', () => {
  test('that succeeds ends with 0 and its summary', async () => {
    const ended = await start('').ended;
    expect(ended.exitCode).toBe(0);
    expect(summaryOf(ended)).toMatchObject({
      job: 'dataload',
      logicalDate: '2019-11-29',
      outcome: 'published',
      exitCode: 0,
      rows: 3,
    });
    expect(ended.stderr).toContain('at work');
  });

  test('loses nothing of its log, although a line is longer than a pipe and read late', async () => {
    await using job = start('shout');
    await job.says('at work');
    // Nothing is read meanwhile; a process that did not wait would be gone.
    const until = performance.now() + 1_000;
    while (performance.now() < until);
    expect((await job.ended).stderr.match(/x+/)?.[0].length).toBe(1_500_000);
  });

  test.each<[string, string[], number, string]>([
    ['without a date', [], 2, '--date is required'],
    ['with a date that is none', ['--date', '2019-11-31'], 2, '2019-11-31'],
    ['with an unknown flag', [...DAY, '--alow-empty'], 2, 'did you mean allow-empty?'],
    ['with an option of the other job', [...DAY, '--report', 'x'], 2, '--report is an option of prepare'],
    ['with a stray word', [...DAY, 'now'], 2, "'now'"],
    ['with an unknown environment', [...DAY, '--env', 'locl'], 2, 'did you mean local?'],
    ['for a day that has not come', ['--date', '2999-01-01'], 3, 'has not ended'],
  ])('%s is refused', async (_, words, exitCode, message) => {
    const ended = await start('', words).ended;
    expect(ended.exitCode).toBe(exitCode);
    expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', exitCode, message: expect.stringContaining(message) });
    expect(ended.stderr).toContain(message);
  });

  test('today has not ended, and is accepted with --allow-incomplete', async () => {
    const today = ['--date', new Date().toISOString().slice(0, 10)];
    expect((await start('', today).ended).exitCode).toBe(3);
    expect((await start('', [...today, '--allow-incomplete']).ended).exitCode).toBe(0);
  });

  test('--help is printed before anything else is looked at', async () => {
    const ended = await startChild(JOB, ['--help'], { RECIPE_ETL_HOME: '/nowhere' }).ended;
    expect(ended).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('--max-runtime DURATION') });
  });

  test('that throws ends with 1, and says no token', async () => {
    const ended = await start('throw').ended;
    expect(ended.exitCode).toBe(1);
    expect(summaryOf(ended)).toMatchObject({ code: 'unexpected', message: 'boom at sc://spark.example/;token=***' });
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(TOKEN);
  });

  test('that forgot to await what fails ends with 1', async () => {
    const ended = await start('forget').ended;
    expect(ended.exitCode).toBe(1);
    expect(summaryOf(ended)).toMatchObject({ message: 'nobody awaited this', runId: expect.any(String) });
  });

  test('that goes on talking says nothing after its summary', async () => {
    const ended = await start('chatter').ended;
    expect(ended.exitCode).toBe(0);
    expect(summaryOf(ended)).toMatchObject({ outcome: 'unchanged' });
  });
});

describe('the log of a job', () => {
  test('tells again what the job is doing, for people or for machines', async () => {
    const variables = { MODE: 'hang', RECIPE_ETL_HOME: makeHome('format: json\nprogress_seconds: 0.05') };
    const child = startChild(JOB, DAY, variables);
    await child.says('starting');
    child.kill('SIGTERM');
    const { stderr } = await child.ended;
    const lines = stderr.trimEnd().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 'info', message: expect.any(String) });
  });

  test('keeps to the level of the configuration', async () => {
    const variables = { MODE: 'throw', RECIPE_ETL_HOME: makeHome('level: error') };
    const { stderr } = await startChild(JOB, DAY, variables).ended;
    expect(stderr).toMatch(/^\d\d:\d\d:\d\d error: boom/);
    expect(stderr).not.toContain('at work');
  });
});

describe('a job that is told to end', () => {
  async function stopped(mode: string, signal: NodeJS.Signals): Promise<{ ended: Ended; elapsedMs: number }> {
    const child = start(mode);
    await child.says('at work');
    const startedAt = performance.now();
    child.kill(signal);
    child.kill(signal);
    return { ended: await child.ended, elapsedMs: performance.now() - startedAt };
  }

  test('and hangs is ended within 4 s, with all that is known of it', async () => {
    const { ended, elapsedMs } = await stopped('hang', 'SIGTERM');
    expect(ended.exitCode).toBe(143);
    expect(elapsedMs).toBeLessThan(4_000);
    const known = {
      logicalDate: '2019-11-29',
      runId: expect.stringMatching(/^\d{8}T/),
      code: 'stopped',
      retryHelps: 'yes',
    };
    expect(summaryOf(ended)).toMatchObject(known);
  });

  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('by %s and obeys ends with 143', async (signal) => {
    const { ended } = await stopped('obey', signal);
    expect(ended.exitCode).toBe(143);
    expect(summaryOf(ended)).toMatchObject({
      outcome: 'failed',
      code: 'stopped',
      message: expect.stringContaining(signal),
    });
  });

  test('and published all the same says so, and ends with 143', async () => {
    const { ended } = await stopped('ignore', 'SIGTERM');
    expect(ended.exitCode).toBe(143);
    expect(summaryOf(ended)).toMatchObject({ outcome: 'published', exitCode: 143, code: 'stopped' });
  });
});

describe('a job that is out of time', () => {
  test.each([
    ['hang', 'failed'],
    ['obey', 'failed'],
    ['ignore', 'published'],
  ])('and would %s ends with 6: %s', async (mode, outcome) => {
    const ended = await start(mode, [...DAY, '--max-runtime', '1s']).ended;
    expect(ended.exitCode).toBe(6);
    expect(summaryOf(ended)).toMatchObject({ outcome, exitCode: 6, code: 'out-of-time', logicalDate: '2019-11-29' });
  });
});
