/** The configuration of a lake command: the environment's, with the roots that the command line names. */
import type { BucketPolicies } from 'lake';
import { type Config, type Environment, loadConfig, redacted } from 'runtime';
import type { CommandLine } from './command-line.ts';
import type { ProposalPlace } from 'watch';

/** @throws LakeError config */
export function commandConfig(
  { env, lake, output }: Pick<CommandLine, 'env' | 'lake' | 'output'>,
  configsDir: string,
  variables: Environment,
): Config {
  const config = loadConfig(env, configsDir, {
    ...variables,
    ...(lake === undefined ? {} : { RECIPE_ETL_LAKE: lake }),
    ...(output === undefined ? {} : { RECIPE_ETL_OUTPUT: output }),
  });
  const roots = { uri: lake ?? config.lake.uri, output: output ?? config.lake.output };
  if (roots.uri === config.lake.uri && roots.output === config.lake.output) return config;
  // An environment may name its roots without the variables.
  const changed = { ...config, lake: Object.freeze({ ...config.lake, ...roots }) };
  return Object.freeze(Object.defineProperty(changed, 'toJSON', { value: () => redacted(changed), enumerable: false }));
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
