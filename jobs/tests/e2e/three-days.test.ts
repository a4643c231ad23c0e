/** What the stack is for: days that come right by REST and through the UI, and the same again when they are run again. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectedReport, SAMPLE_DAYS } from './days.ts';
import { begin, ended, taskOf } from './dag-runs.ts';
import { runningStack, until, type RunningStack } from './running-stack.ts';
import { runScript, stackVariables, variablesFor } from './scripts.ts';
import { assetsOnHomePage, backfillInBrowser } from './browser.ts';

const [FIRST, SECOND, THIRD] = SAMPLE_DAYS;
/** A day of its own for the dry run, which must leave nothing. */
const DAY_BEFORE = '2019-11-27';

let stack: RunningStack;

beforeAll(async () => {
  stack = await runningStack();
});

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

test('a day triggered by REST has the report that its raw events lead to, and the same report when it runs again; a dry run beside it leaves nothing', async () => {
  const dryRunId = await begin(stack, DAY_BEFORE, { dry_run: true });
  const runId = await begin(stack, SECOND, {
    allow_empty: true,
    allow_incomplete: true,
    refetch: true,
    replace_restored: true,
  });
  expect((await ended(stack, runId)).state).toBe('success');
  const report = await stack.report(SECOND);
  expect(report).toBe(expectedReport(SECOND));
  const loaded = (await stack.airflow.result(runId, 'dataload')) as { outcome: string; counts: { published: number } };
  expect(loaded.outcome).toBe('published');
  expect(loaded.counts).toMatchObject((await stack.manifest('dataload', SECOND))?.counts ?? {});

  execFileSync('bash', ['docker/trigger.sh', SECOND], { env: variablesFor(stackVariables()), stdio: 'inherit' });
  expect((await taskOf(stack, runId, 'dataload')).try_number).toBe(1);
  const plain = (await stack.airflow.runsOf(SECOND, THIRD)).find(({ dag_run_id: id }) => id !== runId);
  expect(plain).toMatchObject({ conf: {}, state: 'success' });
  expect(await stack.report(SECOND)).toBe(report);
  const again = (await stack.airflow.result(plain?.dag_run_id ?? '', 'dataload')) as { outcome: string };
  expect(again.outcome).toBe('unchanged');

  expect((await ended(stack, dryRunId)).state).toBe('success');
  for (const job of ['dataload', 'prepare']) {
    expect(await stack.airflow.result(dryRunId, job)).toMatchObject({ outcome: 'dry-run' });
  }
  expect(await stack.report(DAY_BEFORE)).toBeUndefined();
}, 900_000);

test('three days that an operator back-fills in the browser have their reports', async () => {
  expect(await backfillInBrowser(stack, FIRST, THIRD)).toBe('3 runs will be triggered');
  const runs = await until('the three runs end', async () => {
    const found = (await stack.airflow.runsOf(FIRST, THIRD)).filter(({ logical_date: at }) =>
      at?.endsWith('T00:00:00Z'),
    );
    const isDone = found.every(({ state }) => state === 'success' || state === 'failed');
    return found.length === 3 && isDone && found.every((run) => run.run_type === 'backfill') ? found : undefined;
  });
  expect(runs.map(({ state }) => state)).toEqual(['success', 'success', 'success']);
  // A back-fill clears the run that a day has, which keeps its switches; the note says so.
  const switches = '--refetch --allow-empty --allow-incomplete --replace-restored';
  expect(runs.map(({ note }) => note ?? '').toSorted()).toEqual([
    `${FIRST} without switches`,
    `${SECOND} with ${switches}; cleared, so it ran again with them`,
    `${THIRD} without switches`,
  ]);
  for (const day of SAMPLE_DAYS) expect([day, await stack.report(day)]).toEqual([day, expectedReport(day)]);
  expect(await assetsOnHomePage(stack)).toEqual(['beef_cooking_time', 'recipes']);
}, 900_000);

test('npm run smoke sends a day, has Airflow run it twice, finds both reports right, and leaves no trace of it', async () => {
  const said = await runScript('jobs/stack/smoke.ts', [], stackVariables());
  expect(said.match(/the (first|second) run's report is right/g)).toHaveLength(2);
  expect(await stack.report('2000-01-01')).toBeUndefined();
  expect(await stack.airflow.runsOf('2000-01-01')).toEqual([]);
}, 900_000);
