/** The configuration of a lake command: the environment's, with the roots that the command line names. */
import type { BucketPolicies } from 'lake';
import { type Config, type Environment, readConfig, type Settings, withParts } from 'runtime';
import type { CommandLine } from './command-line.ts';
import type { ProposalPlace } from 'watch';

/** @throws LakeError config; unreachable where AWS does not answer */
export async function commandConfig(
  { env, lake, output }: Pick<CommandLine, 'env' | 'lake' | 'output'>,
  configsDir: string,
  given: Environment,
  signal: AbortSignal,
): Promise<Settings> {
  const named = {
    ...given,
    ...(lake === undefined ? {} : { RECIPE_ETL_LAKE: lake }),
    ...(output === undefined ? {} : { RECIPE_ETL_OUTPUT: output }),
  };
  const settings = await readConfig(env, configsDir, named, signal);
  const { config } = settings;
  // An environment may name its roots without the variables.
  const roots = { uri: lake ?? config.lake.uri, output: output ?? config.lake.output };
  return { ...settings, config: withParts(config, { lake: { ...config.lake, ...roots } }) };
}

/** What a configuration asks of the buckets. */
export function policiesOf({ lake }: Config): BucketPolicies {
  const { versioning, encryption, oldVersionDays, retention } = lake;
  return { versioning, encryption, oldVersionDays, stagingDays: retention.stagingDays };
}

/** Where the commands that are proposed run. */
export function placeOf({ whereFlags, scheduler }: CommandLine, { kafka }: Config): ProposalPlace {
  return { whereFlags, scheduler, hasKafka: kafka.brokers.length > 0 };
}
