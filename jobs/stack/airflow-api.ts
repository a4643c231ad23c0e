/** What we ask of Airflow's REST API: a login, runs of the DAG, their tasks, logs and results. */
import { LakeError } from 'lake';

export const DAG_ID = 'recipe_etl';
const ANSWER_MS = 30_000;

export interface DagRun {
  readonly dag_run_id: string;
  readonly state: 'queued' | 'running' | 'success' | 'failed';
  readonly logical_date: string | null;
  readonly run_type: string;
  readonly conf: Readonly<Record<string, boolean>> | null;
  readonly note: string | null;
  /** In seconds, once it has ended. */
  readonly duration: number | null;
}

export interface TaskInstance {
  readonly task_id: string;
  readonly state: string | null;
  readonly try_number: number;
  readonly duration: number | null;
  readonly note: string | null;
}

export interface Login {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export class AirflowApi {
  readonly #url: string;
  #token = '';

  private constructor(url: string) {
    this.#url = url;
  }

  /** @throws LakeError config where the login is wrong, unreachable */
  static async login({ url, user, password }: Login): Promise<AirflowApi> {
    const api = new AirflowApi(url);
    const { status, body } = await api.ask('POST', '/auth/token', { username: user, password });
    if (status === 401 || status === 403)
      throw new LakeError('config', `Airflow at ${url} refuses the login of ${user}: check its password`);
    api.#token = (expectOk('POST /auth/token', { status, body }) as { access_token: string }).access_token;
    return api;
  }

  /** @throws LakeError unreachable where there is no answer at all */
  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
    if (this.#token !== '') headers['authorization'] = `Bearer ${this.#token}`;
    const send = () =>
      fetch(this.#url + path, {
        method,
        headers,
        signal: AbortSignal.timeout(ANSWER_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const mayAskTwice = method === 'GET' || path === '/auth/token';
    try {
      // A connection that is kept may be one to a server that was replaced meanwhile.
      const response = await send().catch((error: unknown) => {
        if (mayAskTwice) return send();
        throw error;
      });
      return { status: response.status, body: await response.json().catch(() => null) };
    } catch (cause) {
      const hint = `Airflow at ${this.#url} gave no answer: is the stack up (npm run up)?`;
      throw new LakeError('unreachable', hint, { cause });
    }
  }

  /** @throws LakeError with Airflow's own words where it says no */
  async must(method: string, path: string, body?: unknown): Promise<unknown> {
    return expectOk(`${method} ${path}`, await this.ask(method, path, body));
  }

  async isParsed(): Promise<boolean> {
    return (await this.ask('GET', `/api/v2/dags/${DAG_ID}`)).status === 200;
  }

  /** Lets the scheduler run the DAG; a new DAG is paused. */
  async unpause(): Promise<void> {
    await this.must('PATCH', `/api/v2/dags/${DAG_ID}`, { is_paused: false });
  }

  /** @param conf params of the DAG that differ @returns the run's id, or undefined where the day has a run already */
  async trigger(logicalDate: string, conf: Readonly<Record<string, boolean>> = {}): Promise<string | undefined> {
    const answer = await this.ask('POST', RUNS, { logical_date: `${logicalDate}T00:00:00Z`, conf });
    if (answer.status === 409) return undefined;
    return (expectOk(`POST ${RUNS}`, answer) as DagRun).dag_run_id;
  }

  /** @returns the runs of the days, the oldest first */
  async runsOf(from: string, to = from): Promise<readonly DagRun[]> {
    const range = `logical_date_gte=${from}T00:00:00Z&logical_date_lte=${to}T00:00:00Z`;
    return ((await this.must('GET', `${RUNS}?${range}&order_by=logical_date`)) as { dag_runs: DagRun[] }).dag_runs;
  }

  async run(runId: string): Promise<DagRun> {
    return (await this.must('GET', pathOf(runId))) as DagRun;
  }

  /** Runs all tasks of a run again. */
  async clear(runId: string): Promise<void> {
    await this.must('POST', `${pathOf(runId)}/clear`, { dry_run: false });
  }

  async remove(runId: string): Promise<void> {
    await this.must('DELETE', pathOf(runId));
  }

  async tasks(runId: string): Promise<readonly TaskInstance[]> {
    return ((await this.must('GET', `${pathOf(runId)}/taskInstances`)) as { task_instances: TaskInstance[] })
      .task_instances;
  }

  async setTaskState(runId: string, taskId: string, state: 'failed' | 'success'): Promise<void> {
    await this.must('PATCH', `${pathOf(runId)}/taskInstances/${taskId}`, { new_state: state });
  }

  /** @returns the job's summary, or undefined where the task has none */
  async result(runId: string, taskId: string): Promise<unknown> {
    const answer = await this.ask('GET', `${pathOf(runId)}/taskInstances/${taskId}/xcomEntries/return_value`);
    return answer.status === 200 ? (answer.body as { value: unknown }).value : undefined;
  }

  async log(runId: string, taskId: string, tryNumber: number): Promise<readonly string[]> {
    const path = `${pathOf(runId)}/taskInstances/${taskId}/logs/${tryNumber}`;
    const { content } = (await this.must('GET', path)) as { content: { event?: string; error_detail?: unknown }[] };
    return content.map(
      ({ event, error_detail: detail }) =>
        `${event ?? ''}${detail === undefined || detail === null ? '' : ` ${JSON.stringify(detail)}`}`,
    );
  }
}

const RUNS = `/api/v2/dags/${DAG_ID}/dagRuns`;
const pathOf = (runId: string): string => `${RUNS}/${encodeURIComponent(runId)}`;

function expectOk(what: string, { status, body }: Answer): unknown {
  if (status < 300) return body;
  throw new LakeError('unexpected', `Airflow answers ${what} with HTTP ${status}: ${JSON.stringify(body)}`);
}
