/** Our own scripts, as a person calls them. */
import type { Environment } from 'runtime';
import { startProcess } from 'spark-connect/testing/started-process';

/** A developer's own stack is nothing for the tests. */
const KEPT_OUT = /^(RECIPE_ETL_(?!VERSITYGW)|COMPOSE_|AIRFLOW|KAFKA_|SPARK_|S3_|AWS_|NODE_OPTIONS$)/;

export const variablesFor = (variables: Environment): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !KEPT_OUT.test(name))),
  ...variables,
});

/** @returns what it said on stdout; its stderr goes to ours @throws Error where it does not end with 0 */
export async function runScript(file: string, words: readonly string[], variables: Environment): Promise<string> {
  await using script = startProcess(process.execPath, [file, ...words], variablesFor(variables), { echo: true });
  script.closeInput();
  const { exitCode, stdout } = await script.ended;
  if (exitCode === 0) return stdout;
  throw new Error(`${file} ${words.join(' ')} ended with ${exitCode}: ${stdout}`);
}

/** What names the stack of the end-to-end tests. */
export const stackVariables = (): Record<string, string> =>
  (JSON.parse(process.env['TEST_STACK'] ?? '{}') as { variables: Record<string, string> }).variables;
