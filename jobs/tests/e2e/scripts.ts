/** Our own scripts, as a person calls them. */
import { spawn } from 'node:child_process';
import type { Environment } from 'runtime';

/** A developer's own stack is nothing for the tests. */
const KEPT_OUT = /^(RECIPE_ETL_(?!VERSITYGW)|COMPOSE_|AIRFLOW|KAFKA_|SPARK_|S3_|AWS_|NODE_OPTIONS$)/;

export const variablesFor = (variables: Environment): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !KEPT_OUT.test(name))),
  ...variables,
});

/** @returns what it said on stdout; its stderr goes to ours @throws Error where it does not end with 0 */
export function runScript(file: string, words: readonly string[], variables: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...words], {
      env: variablesFor(variables),
      stdio: ['ignore', 'pipe', 2],
    });
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${file} ${words.join(' ')} ended with ${code}: ${said}`)),
    );
  });
}

/** What names the stack of the end-to-end tests. */
export const stackVariables = (): Record<string, string> =>
  (JSON.parse(process.env['TEST_STACK'] ?? '{}') as { variables: Record<string, string> }).variables;
