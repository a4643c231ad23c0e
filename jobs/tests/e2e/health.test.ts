/** The morning's look at the lake, as Airflow runs it: red with a line for a late record, a landing that changed, and nights that never ran. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DagRun } from '../../stack/airflow-api.ts';
import { compose } from '../../stack/stack.ts';
import { type AlertReceiver, receiveAlerts } from './alert-receiver.ts';
import { begin, ended } from './dag-runs.ts';
import { HEALTH_DAY, LANDED_DAY, produceDay } from './days.ts';
import { type RunningStack, runningStack, until } from './running-stack.ts';
import { stackVariables } from './scripts.ts';

const RUNS = '/api/v2/dags/recipe_etl_health/dagRuns';

let stack: RunningStack;
let alerts: AlertReceiver;
let folder: string;

beforeAll(async () => {
  stack = await runningStack();
  alerts = await receiveAlerts(stack);
  folder = mkdtempSync(join(tmpdir(), 'health-'));
}, 300_000);

afterAll(async () => {
  await alerts[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const event = (url: string): string => `${JSON.stringify({ url, ingredients: 'beef', cookTime: 'PT10M' })}\n`;

async function send(url: string): Promise<void> {
  writeFileSync(join(folder, 'event.json'), event(url));
  await produceDay(HEALTH_DAY, folder, stackVariables());
}

/** @returns the state in which a look at the lake ended, and its alert */
async function look(): Promise<{ state: string; alert: string }> {
  const before = alerts.all.length;
  const { airflow } = stack;
  const asked = { logical_date: `${HEALTH_DAY}T08:00:00Z`, conf: {} };
  const { dag_run_id: id } = (await airflow.must('POST', RUNS, asked)) as DagRun;
  const { state } = await until('the look at the lake ends', async () => {
    const run = (await airflow.must('GET', `${RUNS}/${encodeURIComponent(id)}`)) as DagRun;
    return run.state === 'success' || run.state === 'failed' ? run : undefined;
  });
  const alert = await until('its alert', () => alerts.all.slice(before).find((text) => text.includes('health')));
  return { state, alert };
}

test('a late record, a landing that changed and nights that never ran are told in the morning, each with its command, and are on the page', async () => {
  // A new stack has it switched on.
  expect(await stack.airflow.must('GET', '/api/v2/dags/recipe_etl_health')).toMatchObject({ is_paused: false });
  await send('in-time');
  const run = await ended(stack, await begin(stack, HEALTH_DAY));
  expect(run).toMatchObject({ state: 'success', note: `${HEALTH_DAY} without switches` });
  await send('late');
  await stack.land(LANDED_DAY, 'first.json', event('first'));
  await compose(stack.stack, 'run', '--rm', 'dataload', '--date', LANDED_DAY, '--source', 'files');
  await stack.land(LANDED_DAY, 'second.json', event('second'));
  const { state, alert } = await look();
  expect(state).toBe('failed');
  expect(alert).toMatch(/recipe_etl_health: the lake lacks \d+ things/);
  expect(alert).toMatch(new RegExp(`^.*${HEALTH_DAY}: .*: npm run trigger -- ${HEALTH_DAY} --refetch$`, 'm'));
  expect(alert).toMatch(new RegExp(`^.*${LANDED_DAY}: landing changed .*: npm run trigger -- ${LANDED_DAY}$`, 'm'));
  // The days of these tests lie years back, and no night has run since.
  expect(alert).toMatch(/to \d{4}-\d\d-\d\d: nothing landed.*backfill create --dag-id recipe_etl/);
  expect(alert).toMatch(/What to do: run the command .*\n?.*$/);
  const page = await stack.index();
  for (const command of [`${HEALTH_DAY} --refetch`, LANDED_DAY])
    expect(page).toContain(`<code>npm run trigger -- ${command}</code>`);
}, 600_000);
