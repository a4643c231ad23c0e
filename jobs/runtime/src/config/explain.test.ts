import { expect, test } from '@jest/globals';
import { configsWith } from '../../testing/configs.ts';
import { loadConfig } from './config.ts';
import { explainConfig } from './explain.ts';
import type { Environment } from './variables.ts';

const VALUES = new Map([
  ['ssm:/lake', 's3://hidden/recipes'],
  ['secretsmanager:spark#token', 't0ken'],
  ['secretsmanager:kafka#user', 'hidden-user'],
]);

function explained(files: Readonly<Record<string, string>>, given: Environment = {}) {
  const configsDir = configsWith(files);
  const config = loadConfig('local', configsDir, given, VALUES);
  const rows = explainConfig({ config, variables: given, values: VALUES }, configsDir, given);
  const short = (text: string): string => text.replace(`${configsDir}/`, '');
  return Object.fromEntries(rows.map(({ key, value, origin }) => [key, [value, short(origin)]]));
}

test('each key has its value and where that is from', () => {
  const files = {
    aws_config: 'lake: ssm:/lake\noutput: ${OUTPUT}\nregion: ${REGION:-eu-central-1}\naudit: { min_rows: 3 }\n',
    kafka_config: 'brokers: ["${BROKER}", "b:2"]\ntopic: recipes\n',
    spark_config: 'remote: sc://${HOST}/;token=${TOKEN}\n',
  };
  const given = { OUTPUT: 'out', BROKER: 'a:1', HOST: 'spark', TOKEN: 'secretsmanager:spark#token' };
  expect(explained(files, given)).toMatchObject({
    lake: ['***', 'ssm:/lake'],
    output: ['out', 'variable OUTPUT'],
    region: ['eu-central-1', 'local/aws_config.yml'],
    'audit.min_rows': [3, 'local/aws_config.yml'],
    'audit.max_shrinkage': [null, 'default'],
    'retention.staging_days': [2, 'default'],
    brokers: [['a:1', 'b:2'], 'variable BROKER'],
    topic: ['recipes', 'local/kafka_config.yml'],
    'security.protocol': ['PLAINTEXT', 'default'],
    remote: ['***', 'variable HOST + secretsmanager:spark#token'],
    conf: [{}, 'default'],
    level: ['info', 'default'],
  });
});

test('credentials of the environment are there by name, and hidden', () => {
  const given = {
    KAFKA_USERNAME: 'secretsmanager:kafka#user',
    KAFKA_PASSWORD: 'hunter22',
    OPENLINEAGE_API_KEY: 'k3y',
  };
  expect(explained({}, given)).toMatchObject({
    KAFKA_USERNAME: ['***', 'secretsmanager:kafka#user'],
    KAFKA_PASSWORD: ['***', 'variable KAFKA_PASSWORD'],
    OPENLINEAGE_API_KEY: ['***', 'variable OPENLINEAGE_API_KEY'],
  });
  expect(explained({}, { KAFKA_USERNAME: 'etl' })).toMatchObject({
    KAFKA_USERNAME: ['etl', 'variable KAFKA_USERNAME'],
  });
});

test('no secret is shown, wherever it stands', () => {
  const files = {
    aws_config: 'lake: s3://lake\noutput: out/hunter22\n',
    spark_config: 'remote: sc://h/;token=hunter33\nconf: { spark.my.password: hunter44, spark.x: hidden-user }\n',
  };
  const shown = JSON.stringify(explained(files, { KAFKA_PASSWORD: 'hunter22' }));
  expect(shown).not.toMatch(/hunter|hidden/);
  expect(shown).toContain('sc://h/;token=***');
});
