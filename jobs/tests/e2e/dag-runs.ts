/** Runs of the DAG in the end-to-end tests: begun, watched until they are in the midst of their work, and followed to their end. */
import { jobContainers } from '../../stack/job-containers.ts';
import type { DagRun, TaskInstance } from '../../stack/airflow-api.ts';
import { docker, logsOf, serviceContainer, until, type RunningStack } from './running-stack.ts';

const RUN_MS = 600_000;

/** @param conf params of the DAG that differ @returns the run's id @throws Error where the day has a run already */
export async function begin(
  { airflow }: RunningStack,
  day: string,
  conf: Readonly<Record<string, boolean>> = {},
): Promise<string> {
  const runId = await airflow.trigger(day, conf);
  if (runId === undefined) throw new Error(`${day} has a run already`);
  return runId;
}

export function ended({ airflow }: RunningStack, runId: string): Promise<DagRun> {
  return until(
    `run ${runId} ends`,
    async () => {
      const run = await airflow.run(runId);
      return run.state === 'success' || run.state === 'failed' ? run : undefined;
    },
    RUN_MS,
  );
}

export async function taskOf({ airflow }: RunningStack, runId: string, taskId: string): Promise<TaskInstance> {
  const task = (await airflow.tasks(runId)).find(({ task_id: id }) => id === taskId);
  if (task === undefined) throw new Error(`run ${runId} has no task ${taskId}`);
  return task;
}

/** @returns the id of the day's container, once Spark judges what landed @throws Error where it ended before */
export function judging({ stack }: RunningStack, day: string, besides: readonly string[] = []): Promise<string> {
  return until(`dataload of ${day} judges`, () => {
    const id = jobContainers(stack, { job: 'dataload', date: day }).find((found) => !besides.includes(found));
    if (id === undefined) return undefined;
    return /records of topic \S+ landed|is judged from/.test(logsOf(id)) ? id : undefined;
  });
}

/** Spark stands still meanwhile, so that no run can end before what happens to it, on however fast a machine. */
export async function whileSparkStandsStill({ stack }: RunningStack, act: () => Promise<void>): Promise<void> {
  const spark = serviceContainer(stack, 'spark-connect');
  docker('pause', spark);
  try {
    await act();
  } finally {
    docker('unpause', spark);
  }
}

export function exists(id: string): boolean {
  return docker('ps', '--all', '--quiet', '--no-trunc', '--filter', `id=${id}`).trim() !== '';
}
