/** Forgets a day of the stack that nobody needs: its objects in lake and output, and its runs in Airflow. */
import { parseLogicalDate } from 'lake';
import { loadReports } from 'prepare/reports';
import { readLayout, schemasFile } from 'runtime';
import { AirflowApi } from './airflow-api.ts';
import { removeBelow, storeClient } from './contents.ts';
import type { Stack } from './stack.ts';

export async function removeDay(stack: Stack, day: string): Promise<void> {
  const { RECIPE_ETL_LAKE: lake, RECIPE_ETL_OUTPUT: output, AIRFLOW_PORT } = stack.settings;
  const [date, layout, reports] = [parseLogicalDate(day), readLayout(schemasFile()), loadReports(schemasFile())];
  const steps = ['landing', 'dataload', ...reports.map(({ step }) => step)];
  const client = storeClient(stack);
  try {
    const inLake = [
      layout.landing(date),
      layout.tableObject(date),
      layout.quarantine(date, '').replace(/\.json$/, ''),
      ...steps.map((step) => layout.runManifests(step, date)),
    ];
    for (const prefix of inLake) await removeBelow(client, lake, prefix);
    for (const { name } of reports) await removeBelow(client, output, layout.report(name, date));
  } finally {
    client.destroy();
  }
  const url = `http://127.0.0.1:${AIRFLOW_PORT}`;
  const airflow = await AirflowApi.login({
    url,
    user: 'admin',
    password: stack.secrets['AIRFLOW_ADMIN_PASSWORD'] ?? '',
  });
  for (const run of await airflow.runsOf(day)) await airflow.remove(run.dag_run_id);
}
