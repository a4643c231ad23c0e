/** `npm start` from end to end: what it prints, what it leaves in the folders, and that nothing of it stays running. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { layout } from '../../lakes/layout.ts';
import type { DaySummary } from '../../lakes/day-summary.ts';
import { reportFromLake } from '../../oracles/duckdb-report.ts';
import { TEST_REMOTE } from '../../lakes/in-process.ts';
import { runScript, type Started, startScript, type Variables } from '../../processes.ts';
import { smallDay } from '../../events/small-day.ts';

const START = 'jobs/cli/src/start.ts';
const SAMPLE = 'jobs/dataload/sample';
const DATE = '2019-11-30';
/** From the end of the run to that of a server that must be killed. */
const SERVER_END_MS = 10_000;

let folder: string;
let into: string[];
let day: string[];
/** The embedded server makes its folder here, so its processes can be told from others'. */
let embedded: Variables;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-etl-'));
  into = ['--lake', join(folder, 'lake'), '--output', join(folder, 'output')];
  embedded = { TMPDIR: join(folder, 'tmp') };
  await mkdir(join(folder, 'tmp'));
  day = ['--date', DATE, '--input', join(folder, 'input')];
  await mkdir(join(folder, 'input'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const expected = (name: string): Promise<string> => readFile(join(SAMPLE, 'expected', name), 'utf8');
const reportOf = (date: string): Promise<string> =>
  readFile(join(folder, 'output', layout.report('beef_cooking_time', parseLogicalDate(date))), 'utf8');

/** The command lines of processes that the run has started and that are still there. */
async function stillRunning(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-eo', 'args=']);
  return stdout.split('\n').filter((line) => line.includes(join(folder, 'tmp')));
}

/** Of the embedded server. */
async function serverPid(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-eo', 'pid=,comm=,args=']);
  const lines = stdout.split('\n').filter((line) => /^ *\d+ java /.test(line) && line.includes(join(folder, 'tmp')));
  expect(lines).toHaveLength(1);
  return Number.parseInt(lines[0] ?? '', 10);
}

async function expectNothingLeft(): Promise<void> {
  for (const end = performance.now() + SERVER_END_MS; performance.now() < end; await sleep(100)) {
    if ((await stillRunning()).length === 0) break;
  }
  expect(await stillRunning()).toEqual([]);
  expect((await readdir(join(folder, 'tmp'))).filter((name) => name.startsWith('spark-connect'))).toEqual([]);
}

async function untilServerRuns(run: Started): Promise<void> {
  while (!run.hasEnded() && !(await stillRunning()).some((line) => line.includes('SparkConnectServer')))
    await sleep(20);
  expect(run.hasEnded()).toBe(false);
}

test('the sample days run against the server of SPARK_REMOTE, and print and leave what is expected of them', async () => {
  const ended = await runScript(START, into, { SPARK_REMOTE: TEST_REMOTE });
  expect(ended).toMatchObject({ exitCode: 0 });
  const counts = JSON.parse(await expected('counts.json')) as Record<string, DaySummary>;
  const parts = ended.stdout.split(/^(?=\d{4}-\d\d-\d\d$)/m).slice(1);
  expect(parts.map((part) => part.slice(0, 10))).toEqual(Object.keys(counts));

  for (const [index, [date, day]] of Object.entries(counts).entries()) {
    const csv = await expected(`${date}.csv`);
    expect(await reportOf(date)).toBe(csv);
    const { read, published, superseded, quarantined, blank } = day;
    const part = parts[index] ?? '';
    expect(part).toContain(
      `${read} lines = ${published} published + ${superseded} superseded + ${quarantined} quarantined + ${blank} blank`,
    );
    for (const [reason, events] of Object.entries(day.reasons))
      expect(part).toMatch(new RegExp(`\\b${reason}\\b.* ${events}`));
    const cells = csv
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    for (const row of cells) expect(part).toMatch(new RegExp(`^ +${row.join(' +')}$`, 'm'));
    for (const key of [layout.tableObject(parseLogicalDate(date)), 'quarantine/']) {
      expect(part).toContain(join(folder, 'lake', key));
    }
    expect(part).toContain(join(folder, 'output', layout.report('beef_cooking_time', parseLogicalDate(date))));
  }
});

test('a day without input gives the run its exit code', async () => {
  const ended = await runScript(START, [...day, ...into], { SPARK_REMOTE: TEST_REMOTE });
  expect(ended.exitCode).toBe(3);
  expect(ended.stdout).toMatch(/dataload +failed, exit code 3: no input/);
});

describe('with the embedded server', () => {
  beforeEach(async () => {
    const { name, bytes } = smallDay('local', 20);
    await writeFile(join(folder, 'input', name), bytes);
  });

  test('a run ends by itself, and its server with it', async () => {
    const ended = await runScript(START, [...day, ...into], embedded);
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toContain('20 lines = 20 published');
    expect(await reportOf(DATE)).toBe((await reportFromLake(join(folder, 'lake'), DATE)).csv);
    await expectNothingLeft();
  });

  test('Ctrl-C while Spark is at work ends the run with exit code 143, and the server too', async () => {
    await using run = startScript(START, [...day, ...into], embedded);
    while (!run.hasEnded() && !run.said().includes('judging and staging')) await sleep(20);
    run.kill('SIGINT');
    const ended = await run.ended;
    expect(ended.exitCode).toBe(143);
    expect(ended.stdout + ended.stderr).toContain('stopped by SIGINT');
    await expectNothingLeft();
  });

  test('a server that is killed ends the run at once, which says how and shows the end of its log', async () => {
    await using run = startScript(START, [...day, ...into], embedded);
    while (!run.hasEnded() && !run.said().includes('judging and staging')) await sleep(20);
    process.kill(await serverPid(), 'SIGKILL');
    const killedAt = performance.now();
    const ended = await run.ended;
    // Far less than the two minutes for which a call is tried again.
    expect(performance.now() - killedAt).toBeLessThan(60_000);
    expect(ended.exitCode).toBe(6);
    expect(ended.stdout).toMatch(/dataload +failed, exit code 6: .* ended unasked \(signal SIGKILL\)/);
    expect(ended.stdout).toContain(join('data', 'spark.log'));
    await expectNothingLeft();
  });

  test('Ctrl-C while Spark starts ends both', async () => {
    await using run = startScript(START, [...day, ...into], embedded);
    await untilServerRuns(run);
    run.kill('SIGINT');
    expect(await run.ended).toMatchObject({ exitCode: 143, stdout: '' });
    expect((await run.ended).stderr).toContain('error: stopped by SIGINT');
    await expectNothingLeft();
  });

  test('a run that is killed takes its server along', async () => {
    await using run = startScript(START, [...day, ...into], embedded);
    await untilServerRuns(run);
    run.kill('SIGKILL');
    expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
    await expectNothingLeft();
  });
});
