/** What goes wrong in the midst of a run: the published day is unchanged, or becomes the newest whole one; Airflow tries again by itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { temporaryFolder } from 'lake/testing';
import { countsOfGenerated, writeGenerated } from '../events/generated-events.ts';
import { reportFromRows } from '../oracles/duckdb-report.ts';
import { judgeDay } from '../oracles/oracle.ts';
import { begin, ended, exists, judging, taskOf, whileSparkStandsStill } from './dag-runs.ts';
import { LARGE_DAYS, LARGE_EVENTS } from './days.ts';
import { docker, runningStack, serviceContainer, until, type RunningStack } from './running-stack.ts';

/** What a killed job's container may take to go, as operators were promised. */
const GONE_MS = 10_000;
const OUTAGE_MS = 20_000;

let stack: RunningStack;
/** Of each of the days, as DuckDB makes it from the same lines. */
let report: string;

beforeAll(async () => {
  stack = await runningStack();
  const folder = temporaryFolder();
  const names = await writeGenerated(folder, LARGE_EVENTS);
  const { rows } = judgeDay(names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) })));
  report = (await reportFromRows(rows)).csv;
}, 600_000);

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

async function expectWhole(day: string): Promise<void> {
  expect((await stack.manifest('dataload', day))?.counts).toMatchObject(countsOfGenerated(LARGE_EVENTS));
  expect(await stack.report(day)).toBe(report);
}

test('a task that is marked failed takes its container with it within ten seconds, and its day stands as it was', async () => {
  const day = LARGE_DAYS.markedFailed;
  const runId = await begin(stack, day);
  const container = await judging(stack, day);
  await whileSparkStandsStill(stack, async () => {
    await stack.airflow.setTaskState(runId, 'dataload', 'failed');
    const told = performance.now();
    await until('the container is gone', () => !exists(container), GONE_MS);
    process.stderr.write(`the container was gone after ${((performance.now() - told) / 1000).toFixed(1)} s\n`);
  });
  expect((await ended(stack, runId)).state).toBe('failed');
  expect(await stack.manifest('dataload', day)).toBeUndefined();
  expect(await stack.report(day)).toBeUndefined();

  await stack.airflow.clear(runId);
  expect((await ended(stack, runId)).state).toBe('success');
  await expectWhole(day);
}, 900_000);

test('a scheduler that is killed leaves a container behind, which the next try removes before it makes the day whole', async () => {
  const day = LARGE_DAYS.killedScheduler;
  const runId = await begin(stack, day);
  const leftBehind = await judging(stack, day);
  // Held, so that the leftover is surely still there when the next try comes.
  docker('pause', leftBehind);
  docker('kill', '--signal', 'KILL', serviceContainer(stack.stack, 'airflow-scheduler'));
  docker('start', serviceContainer(stack.stack, 'airflow-scheduler'));
  await judging(stack, day, [leftBehind]);
  expect(exists(leftBehind)).toBe(false);
  expect((await ended(stack, runId)).state).toBe('success');
  expect((await taskOf(stack, runId, 'dataload')).try_number).toBe(2);
  await expectWhole(day);
}, 900_000);

test('a store that is away for twenty seconds costs a try at most, and the day becomes whole', async () => {
  const day = LARGE_DAYS.stoppedStore;
  const store = serviceContainer(stack.stack, 'object-store');
  const runId = await begin(stack, day);
  await judging(stack, day);
  await whileSparkStandsStill(stack, async () => void docker('stop', store));
  try {
    await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
  } finally {
    docker('start', store);
  }
  expect((await ended(stack, runId)).state).toBe('success');
  await expectWhole(day);
}, 900_000);

test('a Spark that is killed comes back by itself, and the next try makes the day whole', async () => {
  const day = LARGE_DAYS.killedSpark;
  const spark = serviceContainer(stack.stack, 'spark-connect');
  // What it shuffles is on the disk: in memory, a large day would be the end of the container.
  expect(docker('inspect', '--format', '{{range .Mounts}}{{.Type}} {{.Destination}}\n{{end}}', spark)).toContain(
    'volume /work\n',
  );
  docker('exec', spark, 'touch', '/work/local/shuffled');
  const pid = Number(docker('inspect', '--format', '{{.State.Pid}}', spark));
  const runId = await begin(stack, day);
  await judging(stack, day);
  // A kill by the engine's command counts as wanted, and then nobody restarts it; this is a process that dies.
  process.kill(pid, 'SIGKILL');
  expect((await ended(stack, runId)).state).toBe('success');
  expect((await taskOf(stack, runId, 'dataload')).try_number).toBeGreaterThan(1);
  expect(docker('inspect', '--format', '{{.RestartCount}}', spark).trim()).toBe('1');
  expect(docker('exec', spark, 'ls', '/work/local')).not.toContain('shuffled');
  await expectWhole(day);
}, 900_000);

test('of two runs of one day at once, one is refused by the name of the other', async () => {
  const day = LARGE_DAYS.twoRuns;
  const first = await begin(stack, day);
  await judging(stack, day);
  await whileSparkStandsStill(stack, async () => {
    const answer = await stack.airflow.must('POST', '/api/v2/dags/recipe_etl/dagRuns', {
      logical_date: `${day}T08:00:00Z`,
      conf: {},
    });
    const second = (answer as { dag_run_id: string }).dag_run_id;
    expect((await ended(stack, second)).state).toBe('failed');
    const task = await taskOf(stack, second, 'dataload');
    expect(task.try_number).toBe(1);
    const said = (await stack.airflow.log(second, 'dataload', 1)).join('\n');
    expect(said).toContain(`dataload of ${day} is being written by run ${first}`);
  });
  expect((await ended(stack, first)).state).toBe('success');
  await expectWhole(day);
}, 900_000);
