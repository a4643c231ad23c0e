/** What a process is told: the configuration of its environment and the variables beside it, with what AWS holds for both. */
import { type AwsValues, readValues } from './aws/read-values.ts';
import { loadConfig } from './config.ts';
import { referencePlaces } from './files.ts';
import type { Config } from './schema.ts';
import type { Environment } from './variables.ts';

export interface Settings {
  readonly config: Config;
  /** As given, but where one is a reference that was read. */
  readonly variables: Environment;
  readonly values: AwsValues;
}

/**
 * Reads AWS once; what it says holds for as long as the caller keeps it. Without references nothing is asked or loaded.
 *
 * @param signal ends the waiting for AWS
 * @throws LakeError config; unreachable where AWS does not answer
 */
export async function readConfig(
  env: string,
  configsDir: string,
  variables: Environment,
  signal: AbortSignal,
): Promise<Settings> {
  const values = await readValues(referencePlaces(env, configsDir, variables), variables, signal);
  const read = Object.entries(variables).map(([name, value]) => [name, values.get(value ?? '') ?? value]);
  return {
    config: loadConfig(env, configsDir, variables, values),
    variables: values.size === 0 ? variables : Object.fromEntries(read),
    values,
  };
}
