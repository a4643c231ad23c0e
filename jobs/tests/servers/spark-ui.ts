/** What the users' interface of the Spark of all tests shows: its REST answers and its pages, as text by their names. */
const ANSWERS = {
  environment: 'environment',
  executions: 'sql?details=true&length=1000',
  jobs: 'jobs',
  stages: 'stages',
  executors: 'allexecutors',
} as const;
const PAGES = ['environment/', 'SQL/', 'connect/'];

export async function sparkUi(): Promise<ReadonlyMap<string, string>> {
  const ui = process.env['TEST_SPARK_UI'] ?? '';
  const text = async (url: string): Promise<string> => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
    return await answer.text();
  };
  const api = `${ui}/api/v1/applications`;
  const [application] = JSON.parse(await text(api)) as [{ id: string }];
  const shown = new Map<string, string>();
  for (const [name, path] of Object.entries(ANSWERS))
    shown.set(`the UI's ${name}`, await text(`${api}/${application.id}/${path}`));
  for (const page of PAGES) shown.set(`the UI's page ${page}`, await text(`${ui}/${page}`));
  return shown;
}
