/** The configuration of one environment: four YAML files of `configs/<env>`, merged into one frozen value. */
import { LakeError } from 'lake';
import { confFault } from '../spark/session-conf.ts';
import type { AwsValues } from './aws/read-values.ts';
import { type LoadedFile, loadFiles } from './files.ts';
import { timesFault } from './kafka-times.ts';
import type { Config, ConfigFile } from './schema.ts';
import { redacted } from './secrets.ts';
import type { Environment } from './variables.ts';

/**
 * @param configsDir folder with one folder an environment
 * @param variables values of `${NAME}` and `${NAME:-default}` in the files
 * @param values what AWS holds for the references in files and variables; `readConfig` reads it
 * @throws LakeError config
 */
export function loadConfig(
  env: string,
  configsDir: string,
  variables: Environment,
  values: AwsValues = new Map(),
): Config {
  const files = loadFiles(env, configsDir, variables, values);
  const read = (file: ConfigFile): unknown => camelCased(files[file].content);
  const { lake: uri, ...aws } = read('aws_config.yml') as Config['lake'] & { lake: string };
  const config = {
    env,
    lake: { ...aws, ...s3Of(aws), uri },
    kafka: kafkaOf(read('kafka_config.yml') as Config['kafka'], files['kafka_config.yml']),
    spark: sparkOf(read('spark_config.yml') as Config['spark'], files['spark_config.yml']),
    logging: loggingOf(read('logging_config.yml') as Config['logging']),
    fromAws: Array.from(values, ([reference, value]) => ({ reference, value })),
  };
  return deepFrozen(withSafeJson(config as Config));
}

/** The same configuration with other parts; its JSON holds no credentials either. */
export function withParts(config: Config, parts: Partial<Config>): Config {
  return deepFrozen(withSafeJson({ ...config, ...parts }));
}

/** A variable that is not set leaves an empty text. */
function s3Of({ endpoint, kmsKey, pathStyle }: Partial<Config['lake']>) {
  return { endpoint: endpoint || null, kmsKey: kmsKey || null, pathStyle: pathStyle ?? Boolean(endpoint) };
}

function loggingOf({ lineage, ...logging }: Config['logging']): Config['logging'] {
  return { ...logging, lineage: { ...lineage, url: lineage.url || null, file: lineage.file || null } };
}

/**
 * Brokers may come from one variable, as everybody writes them: with commas.
 *
 * @throws LakeError config for times that do not fit each other
 */
function kafkaOf(kafka: Config['kafka'], { path, origins }: LoadedFile): Config['kafka'] {
  const fault = timesFault(kafka, (key) => origins.get(key)?.references[0]);
  if (fault !== undefined) throw new LakeError('config', `${path}: ${fault}`);
  const brokers = kafka.brokers.flatMap((item) => item.split(',')).filter((broker) => broker !== '');
  return { ...kafka, brokers, security: { ...kafka.security, caFile: kafka.security.caFile || null } };
}

/** @throws LakeError config for a session conf that is not a matter of configuration */
function sparkOf(spark: Config['spark'], { path }: LoadedFile): Config['spark'] {
  for (const [key, value] of Object.entries(spark.conf)) {
    const fault = confFault(key, value);
    if (fault === undefined) continue;
    const message = `${path}: conf.${key} ${fault}, because it decides what a day holds; remove the line`;
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
