/** `npm run lake` as a process: back-fills two days, tells what lies in the lake, and ends as it is told to. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { layout } from '../../lakes/layout.ts';
import { smallDay } from '../../events/small-day.ts';
import { reportFromLake } from '../../oracles/duckdb-report.ts';
import { contentOf, TEST_REMOTE } from '../../lakes/in-process.ts';
import { pageCommand } from '../../pages.ts';
import { type Ended, runScript, startScript } from '../../processes.ts';

const LAKE = 'jobs/cli/src/lake/lake.ts';
const DATES = ['2019-11-28', '2019-11-29'];
const RANGE = ['--from', '2019-11-28', '--to', '2019-11-29'];
const VARIABLES = { SPARK_REMOTE: TEST_REMOTE };

let folder: string;
let where: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-etl-'));
  where = ['--lake', join(folder, 'lake'), '--output', join(folder, 'output')];
  for (const date of DATES) {
    const landing = join(folder, 'lake', layout.landing(parseLogicalDate(date)));
    await mkdir(landing, { recursive: true });
    const { name, bytes } = smallDay(date);
    await writeFile(join(landing, name), bytes);
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const lake = (...words: string[]): Promise<Ended> => runScript(LAKE, [...words, ...where], VARIABLES);
/** A command of the page, on the lake of this file. */
const paged = ([file, words]: ReturnType<typeof pageCommand>, ...more: string[]): Promise<Ended> =>
  runScript(file, [...words, ...more, ...where], VARIABLES);
const table = async (): Promise<Record<string, string>> => contentOf(join(folder, 'lake/recipes'));

interface Told {
  readonly exitCode: number;
  readonly days: readonly {
    readonly date: string;
    readonly exitCode: number | null;
    readonly dataload: { readonly outcome: string } | null;
    readonly prepare: { readonly outcome: string } | null;
    readonly table: string;
    readonly report: string;
  }[];
  readonly missing: readonly { readonly kind: string; readonly command: string }[];
}
const told = ({ stdout }: Ended): Told => JSON.parse(stdout) as Told;
const outcomes = (ended: Ended): string[] =>
  told(ended).days.map(({ date, dataload, prepare, exitCode }) =>
    [date, dataload?.outcome ?? '-', prepare?.outcome ?? '-', exitCode ?? '-'].join(' '),
  );

test('status proposes the command that back-fills what has landed', async () => {
  const ended = await paged(pageCommand('jobs/cli/README.md', 'npm run lake -- status'));
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ended.stdout).toContain(`npm run lake -- backfill ${RANGE.join(' ')} ${where.join(' ')}`);
});

test('a backfill stopped from outside publishes nothing more, and ends with 143', async () => {
  await using run = startScript(LAKE, ['backfill', ...RANGE, ...where], VARIABLES);
  while (!run.hasEnded() && !run.said().includes('dataload 2019-11-28: judging')) await sleep(10);
  const stoppedAt = performance.now();
  run.kill('SIGTERM');
  const ended = await run.ended;
  expect(ended.exitCode).toBe(143);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  expect(told(await lake('status', '--json')).days.map(({ table }) => table)).toEqual(DATES.map(() => 'missing'));
});

test('the range is back-filled in one process; a second time everything is unchanged', async () => {
  const backfill = pageCommand('jobs/cli/README.md', 'npm run lake -- backfill', { '2019-11-30': '2019-11-29' });
  const first = await paged(backfill, '--json');
  expect(outcomes(first)).toEqual(DATES.map((date) => `${date} published published 0`));
  expect(first.exitCode).toBe(0);
  for (const date of DATES) {
    const report = layout.report('beef_cooking_time', parseLogicalDate(date));
    const { csv } = await reportFromLake(join(folder, 'lake'), date);
    expect(await readFile(join(folder, 'output', report), 'utf8')).toBe(csv);
  }
  const before = await table();
  const second = await lake('backfill', ...RANGE, '--json');
  expect(outcomes(second)).toEqual(DATES.map((date) => `${date} unchanged unchanged 0`));
  expect(await table()).toEqual(before);
  const status = told(await lake('status', '--json'));
  expect(status.days.map(({ table, report }) => `${table} ${report}`)).toEqual(DATES.map(() => 'published current'));
  expect(status.missing).toEqual([]);
});

test('a check of whole days says that they are, and one that reaches further names the nights that never ran', async () => {
  const whole = await lake('status', '--check', ...RANGE);
  expect(whole).toMatchObject({ exitCode: 0, stdout: 'healthy: 2 days, 2019-11-28 to 2019-11-29\n', stderr: '' });
  const ended = await paged(pageCommand('jobs/cli/README.md', 'npm run lake -- status --check'));
  expect(ended).toMatchObject({ exitCode: 4, stderr: '' });
  expect(ended.stdout).toMatch(/^2019-11-30 to \d{4}-\d\d-\d\d: nothing landed \(.*\): npm run lake -- backfill .*\n$/);
  const json = await lake('status', '--check', ...RANGE, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ isHealthy: true, lacks: [], missing: [] });
});

test('a day without input ends the backfill with its exit code, unless it is told to go on', async () => {
  const range = ['--from', '2019-11-27', '--to', '2019-11-28'];
  const ended = await lake('backfill', ...range);
  expect(ended.exitCode).toBe(3);
  expect(ended.stdout).toMatch(/^2019-11-27 +failed .* 3 .*\n2019-11-28 +not run/m);
  expect(ended.stdout).toContain('stopped at 2019-11-27: --continue-on-error goes on');
  const on = await lake('backfill', ...range, '--continue-on-error', '--json');
  expect(outcomes(on)).toEqual(['2019-11-27 failed - 3', '2019-11-28 unchanged unchanged 0']);
  expect(on.exitCode).toBe(3);
});

test('a lost report is proposed to be made again, and is by one job alone', async () => {
  await rm(join(folder, 'output', layout.report('beef_cooking_time', parseLogicalDate('2019-11-29'))));
  const check = await lake('status', '--check', ...RANGE);
  expect(check.exitCode).toBe(4);
  expect(check.stdout).toMatch(/^2019-11-29: report missing \(.*\): npm run lake -- backfill .* --job prepare .*\n$/);
  const { missing } = told(await lake('status', '--json'));
  expect(missing).toMatchObject([{ kind: 'report missing' }]);
  const words = missing[0]!.command.split(' -- ')[1]!.split(' ');
  const ended = await runScript(LAKE, [...words, '--json'], VARIABLES);
  expect(outcomes(ended)).toEqual(['2019-11-29 - published 0']);
});

test('a day that takes longer than allowed fails with exit code 6, and the next one runs in the same session', async () => {
  const ended = await lake('backfill', ...RANGE, '--max-runtime', 'PT0.02S', '--continue-on-error', '--json');
  expect(ended.exitCode).toBe(6);
  expect(told(ended).days.map(({ exitCode }) => exitCode)).toEqual(DATES.map(() => 6));
});

test('a broken line is named by its rule, taken out as it came, and in the table once a file of the day has it corrected', async () => {
  const date = DATES[1]!;
  const landing = join(folder, 'lake', layout.landing(parseLogicalDate(date)));
  const broken = '{"url":"mended","ingredients":"beef","cookTime":"PT10M"';
  await writeFile(join(landing, 'broken.json'), `${broken}\n`);
  const run = async (): Promise<unknown> => {
    await lake('backfill', '--from', date, '--to', date);
    return told(await lake('status', '--json', '--date', date)).days;
  };
  const counts = ({ rows = 40, quarantined = 1 }) => [expect.objectContaining({ rows, quarantined })];
  expect(await run()).toEqual(counts({}));

  const overview = await paged(pageCommand('jobs/cli/README.md', 'npm run lake -- quarantine'));
  expect(overview).toMatchObject({ exitCode: 0, stderr: '' });
  expect(overview.stdout).toMatch(
    /^lines  rule  +message\n +1  malformed +.*\n\nmalformed\n  broken\.json, line 1: "/m,
  );
  const other = await lake('quarantine', '--date', date, '--rule', 'nothing');
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('broken are: malformed')]);
  const raw = await lake('quarantine', '--date', date, '--rule', 'malformed', '--raw');
  expect(raw).toMatchObject({ exitCode: 0, stdout: `${broken}\n` });

  await writeFile(join(landing, 'corrected.json'), raw.stdout.replace('\n', '}\n'));
  expect(await run()).toEqual(counts({ rows: 41 }));
  const manifest = join(folder, 'lake', layout.currentManifest('dataload', parseLogicalDate(date)));
  expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({
    changes: {
      files: { 'corrected.json': 'new' },
      counts: { read: { before: 41, now: 42 }, published: { before: 40, now: 41 } },
      reasons: {},
    },
  });
  expect((await lake('quarantine', '--date', '2019-11-27')).exitCode).toBe(3);
});

test('clean and policies tell what there is to do', async () => {
  const clean = await paged(pageCommand('jobs/cli/README.md', 'npm run lake -- clean'));
  expect(clean).toMatchObject({ exitCode: 0, stdout: 'nothing to remove\n' });
  const { exitCode, stdout } = await paged(pageCommand('jobs/cli/README.md', 'npm run lake -- policies'));
  expect(exitCode).toBe(0);
  expect(stdout.match(/not supported by this store/g)).toHaveLength(6);
});

test.each([
  [['statsu'], 'unknown command statsu; did you mean status?'],
  [pageCommand('jobs/cli/README.md', 'npm run lake -- restore')[1], 'keeps no versions'],
  [['status', '--env', 'nowhere'], 'there is no environment "nowhere"'],
])('%j ends with exit code 2 and a sentence, for machines too', async (words, message) => {
  const ended = await lake(...words, '--json');
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain(message);
  expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: 'failed', exitCode: 2 });
});
