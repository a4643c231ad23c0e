/** A month of an operator, its clock the logical dates: after each night, what Airflow, `lake status` and the alerts say is what is true. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { textTable } from 'cli/table';
import { countsOfGenerated, writeGenerated } from '../events/generated-events.ts';
import { MONTH, NORMAL_EVENTS, produceDay } from './days.ts';
import { receiveAlerts, type AlertReceiver } from './alert-receiver.ts';
import { begin, ended, taskOf } from './dag-runs.ts';
import { docker, runningStack, serviceContainer, until, type RunningStack } from './running-stack.ts';
import { stackVariables, variablesFor } from './scripts.ts';

interface Told {
  /** Of the run in Airflow. */
  readonly run: string;
  /** Of dataload: its outcome, or the exit code of its failure. */
  readonly dataload: string;
  readonly rows: number | null;
  /** What `lake status` proposes to do about the day; nothing: quiet. */
  readonly status: string;
  readonly alerts: number;
}

const GREEN = { run: 'success', dataload: 'published', status: 'quiet', alerts: 0 } as const;
const RED = { run: 'failed', dataload: 'exit code 4', rows: null, status: 'rejected', alerts: 1 } as const;

const NORMAL_ROWS = countsOfGenerated(NORMAL_EVENTS).published;

let stack: RunningStack;
let alerts: AlertReceiver;
let folder: string;
const table: (readonly (string | number)[])[] = [
  ['day', 'what happened', 'run', 'dataload', 'rows', 'status', 'alerts', 'seconds'],
];
/** Nights that nothing comes between: they are begun at once, and looked at one after the other. */
const NIGHTS = [MONTH.normal, MONTH.quiet, MONTH.empty, MONTH.late, MONTH.deadProducer];
const runOfNight = new Map<string, string>();

beforeAll(async () => {
  stack = await runningStack();
  alerts = await receiveAlerts(stack);
  folder = mkdtempSync(join(tmpdir(), 'month-'));
  for (const day of NIGHTS) runOfNight.set(day, await begin(stack, day));
}, 300_000);

afterAll(async () => {
  process.stderr.write(`\n${textTable(table, '')}\n`);
  await alerts[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** @param alertsBefore of the day, which had their own line */
async function expectTold(day: string, what: string, runId: string, truth: Told, alertsBefore = 0): Promise<void> {
  const { state, duration } = await ended(stack, runId);
  // The run ends before what its failure calls is done.
  const told = () => alerts.of(day).length - alertsBefore;
  if (truth.alerts > 0) await until(`the alert of ${day}`, () => told() >= truth.alerts);
  const seen: Told = {
    run: state,
    dataload: await outcomeOf(day, runId, alertsBefore),
    rows: (await stack.manifest('dataload', day))?.counts['published'] ?? null,
    status: statusOf(day),
    alerts: told(),
  };
  table.push([
    day,
    what,
    seen.run,
    seen.dataload,
    seen.rows ?? '-',
    seen.status,
    seen.alerts,
    Math.round(duration ?? 0),
  ]);
  expect({ day, what, ...seen }).toEqual({ day, what, ...truth });
}

function nightOf(day: string): string {
  const runId = runOfNight.get(day);
  if (runId === undefined) throw new Error(`${day} was not begun`);
  return runId;
}

async function outcomeOf(day: string, runId: string, alertsBefore: number): Promise<string> {
  const { state } = await taskOf(stack, runId, 'dataload');
  if (state === 'success') return ((await stack.airflow.result(runId, 'dataload')) as { outcome: string }).outcome;
  return /exit code \d+/.exec(alerts.of(day)[alertsBefore] ?? '')?.[0] ?? String(state);
}

/** As a person of the run-book asks, from the host. */
function statusOf(day: string): string {
  const { settings, secrets } = stack.stack;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['jobs/cli/src/lake/lake.ts', 'status', '--date', day, '--json'],
    {
      encoding: 'utf8',
      env: variablesFor({
        RECIPE_ETL_ENV: 'dev',
        RECIPE_ETL_LAKE: settings.RECIPE_ETL_LAKE,
        RECIPE_ETL_OUTPUT: settings.RECIPE_ETL_OUTPUT,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${settings.S3_PORT}`,
        AWS_REGION: settings.AWS_REGION,
        AWS_ACCESS_KEY_ID: secrets['S3_ACCESS_KEY_ID'] ?? '',
        AWS_SECRET_ACCESS_KEY: secrets['S3_SECRET_ACCESS_KEY'] ?? '',
        KAFKA_BROKER: `127.0.0.1:${settings.KAFKA_PORT}`,
        KAFKA_TOPIC: settings.KAFKA_TOPIC,
      }),
    },
  );
  if (stdout === '') throw new Error(`lake status said nothing: ${stderr}`);
  const { missing } = JSON.parse(stdout) as { missing: readonly { kind: string }[] };
  return missing.map(({ kind }) => kind).join(', ') || 'quiet';
}

/** @returns what it said, and the id of the run that it made or cleared */
function trigger(...words: readonly string[]): { said: string; runId: string } {
  const { stdout } = spawnSync('bash', ['docker/trigger.sh', ...words], {
    encoding: 'utf8',
    env: variablesFor(stackVariables()),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const runId = /^(?:triggered|cleared) (\S+)/m.exec(stdout)?.[1];
  if (runId === undefined) throw new Error(`trigger ${words.join(' ')} made no run: ${stdout}`);
  return { said: stdout, runId };
}

const send = (day: string, input: string) => produceDay(day, input, stackVariables());

test('npm run alert reaches the channel that is configured', async () => {
  // The channel is in this process, which must not stand still meanwhile.
  const { stdout } = await promisify(execFile)('bash', ['docker/alert.sh', 'test'], {
    env: variablesFor(stackVariables()),
  });
  expect(stdout).toContain('recipe_etl_slack: sent');
  expect(alerts.all.filter((alert) => alert.includes('a test alert'))).toHaveLength(1);
}, 120_000);

test('a normal night is green, and nobody is told', async () => {
  await expectTold(MONTH.normal, 'a normal night', nightOf(MONTH.normal), { ...GREEN, rows: NORMAL_ROWS });
}, 600_000);

test('a quiet night of two events is green', async () => {
  await expectTold(MONTH.quiet, 'a quiet night', nightOf(MONTH.quiet), { ...GREEN, rows: 2 });
}, 600_000);

test('a night without events is red until somebody says that it truly had none', async () => {
  const day = MONTH.empty;
  await expectTold(day, 'no event came', nightOf(day), RED);
  const { runId } = trigger(day, '--allow-empty');
  await expectTold(day, 'trigger --allow-empty', runId, { ...GREEN, rows: 0 }, 1);
}, 600_000);

test('late records are told by status, and a refetch takes them in', async () => {
  const day = MONTH.late;
  await expectTold(day, 'a normal night', nightOf(day), { ...GREEN, rows: 2 });
  const late = join(folder, 'late');
  mkdirSync(late);
  writeFileSync(
    join(late, 'late.json'),
    `${JSON.stringify({ url: 'late', ingredients: 'beef', cookTime: 'PT10M' })}\n`,
  );
  await send(day, late);
  expect(statusOf(day)).toBe('more in Kafka');
  table.push([day, 'a record came late', '', '', '', statusOf(day), 0, '']);
  const { runId } = trigger(day, '--refetch');
  await expectTold(day, 'trigger --refetch', runId, { ...GREEN, rows: 3 });
}, 600_000);

test('a dead producer is told at its first night, and what it sends afterwards makes the day whole', async () => {
  const day = MONTH.deadProducer;
  const normal = join(folder, 'normal');
  await writeGenerated(normal, NORMAL_EVENTS);
  await expectTold(day, 'the producer is dead', nightOf(day), RED);
  await send(day, normal);
  const { runId } = trigger(day);
  await expectTold(day, 'it lives; trigger', runId, { ...GREEN, rows: NORMAL_ROWS }, 1);
}, 600_000);

test('a trigger while the DAG is paused says that it is not any more, and runs the day', async () => {
  const day = MONTH.paused;
  await stack.airflow.must('PATCH', '/api/v2/dags/recipe_etl', { is_paused: true });
  const { said, runId } = trigger(day);
  expect(said).toContain('the DAG was paused and is not any more');
  expect(said).toContain(`${runId} without switches`);
  await expectTold(day, 'the DAG was paused', runId, { ...GREEN, rows: 2 });
}, 600_000);

test('a restart of Spark costs no day, also one that begins before Spark is back', async () => {
  docker('restart', serviceContainer(stack.stack, 'spark-connect'));
  const day = MONTH.sparkRestart;
  await expectTold(day, 'Spark was restarted just before', await begin(stack, day), { ...GREEN, rows: 2 });
}, 600_000);

test('a dry run is followed by a plain one', async () => {
  const day = MONTH.dryRun;
  const dry = trigger(day, '--dry-run');
  await expectTold(day, 'trigger --dry-run', dry.runId, {
    ...GREEN,
    dataload: 'dry-run',
    rows: null,
    status: 'nothing landed',
  });
  await expectTold(day, 'trigger', trigger(day).runId, { ...GREEN, rows: 2 });
}, 600_000);
