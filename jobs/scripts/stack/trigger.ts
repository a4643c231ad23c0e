/** `npm run trigger`: runs the DAG for a day by Airflow's REST API, waits, and tells what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { LakeError, parseLogicalDate, toLakeError } from 'lake';
import { failureSummary } from '../summary.ts';
import { AirflowApi, DAG_ID, type DagRun, type Login } from './airflow-api.ts';
import { openStack } from './stack.ts';

const HELP = `npm run trigger -- --date YYYY-MM-DD [--wait MINUTES]
    runs the DAG ${DAG_ID} for the day and waits until it ends; a day that has a run already runs again

  --wait   give up after so many minutes; default: 30
  AIRFLOW_URL, AIRFLOW_USER, AIRFLOW_PASSWORD name another Airflow than that of npm run up
`;
const POLL_MS = 1_000;

const words = process.argv.slice(2);
if (words.includes('--help')) process.stdout.write(HELP);
else process.exitCode = await trigger(words);

async function trigger(argv: readonly string[]): Promise<number> {
  try {
    const { date, waitMs } = argumentsOf(argv);
    const airflow = await AirflowApi.login(loginOf(process.env));
    const until = waiter(waitMs);
    await until(`the DAG ${DAG_ID} is known to Airflow`, () => airflow.isParsed());
    await airflow.unpause();
    const runId = await started(airflow, date);
    const { state } = await until(`run ${runId} ends`, async () => {
      const run = await airflow.run(runId);
      return run.state === 'success' || run.state === 'failed' ? run : undefined;
    });
    await tell(airflow, runId, state);
    return state === 'success' ? 0 : 1;
  } catch (thrown) {
    const error = toLakeError(thrown);
    process.stderr.write(failureSummary(error));
    return error.exitCode;
  }
}

function argumentsOf(argv: readonly string[]): { date: string; waitMs: number } {
  try {
    const options = { date: { type: 'string' }, wait: { type: 'string', default: '30' } } as const;
    const { date, wait } = parseArgs({ args: [...argv], options, strict: true }).values;
    if (date === undefined) throw new Error('--date YYYY-MM-DD is required');
    if (!/^[1-9]\d{0,3}$/.test(wait)) throw new Error(`--wait ${wait} is no number of minutes`);
    return { date: parseLogicalDate(date).iso, waitMs: Number(wait) * 60_000 };
  } catch (cause) {
    throw new LakeError('usage', `${(cause as Error).message}; see npm run trigger -- --help`, { cause });
  }
}

function loginOf(variables: Readonly<Record<string, string | undefined>>): Login {
  const { AIRFLOW_URL: url, AIRFLOW_USER: user = 'ci', AIRFLOW_PASSWORD: password } = variables;
  if (url !== undefined && password !== undefined) return { url, user, password };
  const { settings, secrets } = openStack(variables);
  return {
    url: url ?? `http://127.0.0.1:${settings.AIRFLOW_PORT}`,
    user,
    password: password ?? secrets['AIRFLOW_CI_PASSWORD'] ?? '',
  };
}

/** @returns the id of the day's run, made now or cleared */
async function started(airflow: AirflowApi, date: string): Promise<string> {
  const made = await airflow.trigger(date);
  if (made !== undefined) {
    process.stderr.write(`triggered ${made}\n`);
    return made;
  }
  const [run] = await airflow.runsOf(date);
  if (run === undefined) throw new LakeError('unexpected', `Airflow knows a run of ${date}, but does not tell it`);
  if (run.state === 'queued' || run.state === 'running') {
    process.stderr.write(`${run.dag_run_id} is running already: waiting for it\n`);
    return run.dag_run_id;
  }
  await airflow.clear(run.dag_run_id);
  process.stderr.write(`cleared ${run.dag_run_id}\n`);
  return run.dag_run_id;
}

function waiter(waitMs: number) {
  const end = performance.now() + waitMs;
  return async <T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> => {
    for (;;) {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      if (performance.now() > end)
        throw new LakeError('out-of-time', `waited ${waitMs / 60_000} minutes in vain until ${what}`);
      await sleep(POLL_MS);
    }
  };
}

async function tell(airflow: AirflowApi, runId: string, state: DagRun['state']): Promise<void> {
  for (const task of await airflow.tasks(runId)) {
    const took = task.duration === null ? '' : `, ${task.duration.toFixed(1)} s`;
    process.stdout.write(`${task.task_id}: ${task.state ?? 'not run'}, try ${task.try_number}${took}\n`);
    const result = await airflow.result(runId, task.task_id);
    if (result !== undefined) process.stdout.write(`  ${JSON.stringify(result)}\n`);
    if (task.state !== 'failed' || task.try_number === 0) continue;
    for (const line of await airflow.log(runId, task.task_id, task.try_number)) process.stdout.write(`  ${line}\n`);
  }
  process.stdout.write(`run ${runId}: ${state}\n`);
}
