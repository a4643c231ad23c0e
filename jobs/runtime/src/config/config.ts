/** The configuration of one environment: four YAML files of `configs/<env>`, merged into one frozen value. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_SCHEMAS, type Config, type ConfigFile } from './schema.ts';
import { LakeError } from 'lake';
import { timesFault } from './kafka-times.ts';
import { redacted } from './secrets.ts';
import { confFault } from '../spark/session-conf.ts';
import { expand, type Environment } from './variables.ts';
import { didYouMean, loadYaml } from './yaml-file.ts';

/**
 * @param configsDir folder with one folder an environment
 * @param variables values of `${NAME}` and `${NAME:-default}` in the files
 * @throws LakeError config
 */
export function loadConfig(env: string, configsDir: string, variables: Environment): Config {
  const folder = join(configsDir, env);
  if (!/^[A-Za-z0-9_-]+$/.test(env) || !existsSync(folder)) {
    const known = existsSync(configsDir) ? readdirSync(configsDir, { withFileTypes: true }) : [];
    const names = known.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    throw new LakeError(
      'config',
      `there is no environment ${JSON.stringify(env)} in ${configsDir}${didYouMean(env, names)}`,
    );
  }
  const read = (file: ConfigFile): unknown =>
    camelCased(loadYaml(join(folder, file), CONFIG_SCHEMAS[file], (text) => expand(text, variables)));
  const { lake: uri, ...aws } = read('aws_config.yml') as Config['lake'] & { lake: string };
  const config = {
    env,
    lake: { ...aws, ...s3Of(aws), uri },
    kafka: kafkaOf(read('kafka_config.yml') as Config['kafka'], join(folder, 'kafka_config.yml')),
    spark: sparkOf(read('spark_config.yml') as Config['spark'], join(folder, 'spark_config.yml')),
    logging: read('logging_config.yml'),
  };
  return deepFrozen(withSafeJson(config as Config));
}

/** A variable that is not set leaves an empty text. */
function s3Of({ endpoint, kmsKey, pathStyle }: Partial<Config['lake']>) {
  return { endpoint: endpoint || null, kmsKey: kmsKey || null, pathStyle: pathStyle ?? Boolean(endpoint) };
}

/**
 * Brokers may come from one variable, as everybody writes them: with commas.
 *
 * @throws LakeError config for times that do not fit each other
 */
function kafkaOf(kafka: Config['kafka'], file: string): Config['kafka'] {
  const fault = timesFault(kafka);
  if (fault !== undefined) throw new LakeError('config', `${file}: ${fault}`);
  const brokers = kafka.brokers.flatMap((item) => item.split(',')).filter((broker) => broker !== '');
  return { ...kafka, brokers, security: { ...kafka.security, caFile: kafka.security.caFile || null } };
}

/** @throws LakeError config for a session conf that is not a matter of configuration */
function sparkOf(spark: Config['spark'], file: string): Config['spark'] {
  for (const [key, value] of Object.entries(spark.conf)) {
    const fault = confFault(key, value);
    if (fault === undefined) continue;
    const message = `${file}: conf.${key} ${fault}, because it decides what a day holds; remove the line`;
    throw new LakeError('config', message);
  }
  return spark;
}

/** Only our own keys are renamed: session confs are spelled as Spark spells them. */
function camelCased(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [camelCase(key), key === 'conf' ? item : camelCased(item)]),
  );
}

const camelCase = (key: string): string => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The configuration as JSON, also in a fingerprint, has no credentials. */
function withSafeJson(config: Config): Config {
  return Object.defineProperty(config, 'toJSON', { value: () => redacted(config), enumerable: false });
}

function deepFrozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
