import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fingerprint, isS3Uri } from 'lake';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import { configsWith } from '../../testing/configs.ts';
import { loadConfig } from './config.ts';
import type { Environment } from './variables.ts';

const AWS = 'lake: data/lake\noutput: data/output\n';
const SPARK = 'remote: sc://127.0.0.1\n';

const load = (files: Readonly<Record<string, string>>, variables: Environment = {}) =>
  loadConfig('local', configsWith(files), variables);
const failure = (message: string) =>
  expect.objectContaining({ code: 'config', exitCode: 2, message: expect.stringContaining(message) });

describe('a configuration', () => {
  test('has the defaults of what is left out; empty files and files of comments count as {}', () => {
    expect(load({})).toStrictEqual(
      expect.objectContaining({
        env: 'local',
        lake: {
          uri: 'data/lake',
          output: 'data/output',
          singleWriter: false,
          region: 'us-east-1',
          endpoint: null,
          pathStyle: false,
          encryption: 'none',
          kmsKey: null,
          versioning: false,
          oldVersionDays: 30,
          audit: { maxQuarantinedShare: 0.2, minRows: null, maxShrinkage: null },
          retention: { stagingDays: 2, supersededDays: 30 },
        },
        kafka: {
          brokers: [],
          topic: 'recipe_changes',
          security: { protocol: 'PLAINTEXT', mechanism: 'SCRAM-SHA-512', caFile: null },
          overlapMinutes: 60,
          graceMinutes: 120,
          scheduleMinutes: 130,
          expectedMinutes: 360,
          closeWaitMinutes: 30,
          timeoutSeconds: 30,
        },
        spark: {
          remote: 'sc://127.0.0.1',
          connectTimeoutSeconds: 10,
          retryBudgetSeconds: 120,
          bytesPerWriter: 134_217_728,
          conf: {},
        },
        logging: {
          format: 'text',
          level: 'info',
          progressSeconds: 10,
          cloudwatch: { enabled: false, group: '/recipe-etl', retentionDays: 30, namespace: 'recipe-etl' },
          lineage: { url: null, file: null, namespace: 'recipe-etl' },
        },
      }),
    );
  });

  test.each(['', '---\n', '\n# a\n  # b\n', '\uFEFF'])('the file %j counts as {}', (kafka_config) => {
    expect(load({ kafka_config }).kafka.topic).toBe('recipe_changes');
  });

  test('is frozen through and through', () => {
    expect(Object.isFrozen(load({}).lake.audit)).toBe(true);
  });

  test('keeps session confs as Spark spells them', () => {
    expect(load({ spark_config: `${SPARK}conf: { spark.some_key: 'x' }` }).spark.conf).toStrictEqual({
      'spark.some_key': 'x',
    });
  });

  test("the repository's own configurations are complete", () => {
    const folder = temporaryFolder();
    cpSync(join(import.meta.dirname, '../../../../configs'), folder, { recursive: true });
    expect(loadConfig('local', folder, {})).toMatchObject({ env: 'local', lake: { uri: 'data/lake' } });
    for (const env of ['dev', 'staging', 'prod']) {
      const { lake } = loadConfig(env, folder, {});
      expect([lake.uri, lake.output].every(isS3Uri)).toBe(true);
    }
  });
});

test.each([
  ['cloudwatch', 'retention_days: 31', 'cloudwatch.retention_days is 31, expected is one of null, 1, 3'],
  ['cloudwatch', 'group: "a:b"', 'cloudwatch.group must match pattern'],
  ['cloudwatch', 'namespace: AWS/Logs', 'cloudwatch.namespace must NOT be valid'],
  ['cloudwatch', 'enable: true', 'unknown key cloudwatch.enable; did you mean enabled?'],
  ['lineage', 'url: marquez:5000', 'lineage.url must match pattern'],
  ['lineage', 'url: "http://me:pw@marquez:5000"', 'lineage.url must match pattern'],
  ['lineage', 'namespace: ""', 'lineage.namespace must NOT have fewer'],
  ['lineage', 'endpoint: x', 'unknown key lineage.endpoint'],
])('%s with %s is refused by name', (section, text, message) => {
  expect(() => load({ logging_config: `${section}: { ${text} }` })).toThrow(failure(message));
});

test('lineage goes nowhere where its variables are not set', () => {
  const logging_config = 'lineage: { url: "${OPENLINEAGE_URL:-}", file: "" }';
  expect(load({ logging_config }).logging.lineage).toMatchObject({ url: null, file: null });
  const OPENLINEAGE_URL = 'http://marquez:5000';
  expect(load({ logging_config }, { OPENLINEAGE_URL }).logging.lineage.url).toBe(OPENLINEAGE_URL);
});

describe('Kafka in a configuration', () => {
  const kafkaOf = (kafka_config: string, variables: Environment = {}) => load({ kafka_config }, variables).kafka;

  test.each([
    ['', []],
    ['a:1', ['a:1']],
    ['a:1,b:2', ['a:1', 'b:2']],
  ])('the variable %j names the brokers %j', (KAFKA_BROKER, brokers) => {
    expect(kafkaOf('brokers: ["${KAFKA_BROKER:-}"]', { KAFKA_BROKER }).brokers).toStrictEqual(brokers);
  });

  test.each(['kafka', 'kafka:', 'a:1;b:2', 'a:1 b:2', 'kafka://a:1'])('the broker %j is refused', (broker) => {
    expect(() => kafkaOf(`brokers: [${JSON.stringify(broker)}]`)).toThrow(failure('brokers'));
  });

  test.each([
    ['overlap_minutes: 90\ngrace_minutes: 60', 'grace_minutes (60) must be at least overlap_minutes (90)'],
    ['grace_minutes: 180', 'schedule_minutes (130) must be at least grace_minutes (180)'],
    ['close_wait_minutes: 1310', 'schedule_minutes (130) and close_wait_minutes (1310) must be less than a day'],
  ])('the times %j do not fit each other', (text, message) => {
    expect(() => kafkaOf(text)).toThrow(failure(`kafka_config.yml: ${message}`));
  });

  test.each(['overlap_minutes: 120', 'grace_minutes: 130', 'close_wait_minutes: 1309'])('the times %j fit', (text) => {
    expect(() => kafkaOf(text)).not.toThrow();
  });

  test('an empty file of authorities counts as none, and the rest keeps its defaults', () => {
    expect(kafkaOf('security: { protocol: SASL_SSL, ca_file: "${CA:-}" }').security).toStrictEqual({
      protocol: 'SASL_SSL',
      mechanism: 'SCRAM-SHA-512',
      caFile: null,
    });
  });
});

describe('the store in a configuration', () => {
  const lakeOf = (text: string, variables: Environment = {}) =>
    load({ aws_config: `lake: s3://lake\noutput: s3://reports\n${text}` }, variables).lake;

  test('an empty variable counts as none', () => {
    const text = 'endpoint: ${ENDPOINT:-}\nkms_key: ${KEY:-}\n';
    expect(lakeOf(text)).toMatchObject({ endpoint: null, kmsKey: null, pathStyle: false });
    expect(lakeOf(text, { ENDPOINT: 'http://store:1', KEY: 'k' })).toMatchObject({
      endpoint: 'http://store:1',
      kmsKey: 'k',
      pathStyle: true,
    });
  });

  test('the style of paths may be said', () => {
    expect(lakeOf('endpoint: http://store\npath_style: false\n').pathStyle).toBe(false);
    expect(lakeOf('path_style: ${STYLE}\n', { STYLE: 'true' }).pathStyle).toBe(true);
  });

  test.each(['http://me:secret@store', 'store:9000', 'http://store/bucket', 'ftp://store'])(
    'the endpoint %s is refused',
    (endpoint) => {
      expect(() => lakeOf(`endpoint: ${endpoint}\n`)).toThrow(failure('endpoint must match pattern'));
    },
  );
});

describe('variables in a configuration', () => {
  test('stand for text, and where no text is due for what they say', () => {
    const aws_config = [
      'lake: ${LAKE}',
      'output: "${LAKE}/out"',
      'single_writer: ${SINGLE:-true}',
      'audit: { max_quarantined_share: "${SHARE:-0.2}", max_shrinkage: "${SHRINK:-null}" }',
      'retention: { staging_days: "${DAYS}" }',
    ].join('\n');
    expect(load({ aws_config }, { LAKE: '2019', DAYS: '7' }).lake).toMatchObject({
      uri: '2019',
      output: '2019/out',
      singleWriter: true,
      audit: { maxQuarantinedShare: 0.2, minRows: null, maxShrinkage: null },
      retention: { stagingDays: 7 },
    });
  });

  test('in a map of texts stay text', () => {
    const spark_config = `${SPARK}conf: { spark.x: "\${X:-1}" }`;
    expect(load({ spark_config }).spark.conf).toStrictEqual({ 'spark.x': '1' });
  });

  test.each<[string, string, string]>([
    [
      'that is not set',
      'audit: { max_shrinkage: "${NOT_SET}" }',
      'audit.max_shrinkage: the variable NOT_SET is not set',
    ],
    ['that is no reference', 'single_writer: "${LAKE"', 'single_writer: "${LAKE" holds a ${ that is no reference'],
    ['of the wrong kind', 'single_writer: "${X:-perhaps}"', 'single_writer must be boolean, found "perhaps"'],
    ['that would bring in a structure', 'audit: "${X:-{a: 1}}"', 'audit'],
  ])('one %s is refused by key', (_, line, message) => {
    const files = { aws_config: `${AWS}${line}\n` };
    expect(() => load(files)).toThrow(failure(message));
    expect(() => load(files)).toThrow(failure('local/aws_config.yml'));
  });
});

describe('what is wrong with a configuration is told by file and key', () => {
  test.each<[string, string, string, string]>([
    ['an unknown key', 'kafka_config', 'topci: x', 'unknown key topci; did you mean topic?'],
    [
      'an unknown key inside',
      'aws_config',
      `${AWS}audit: { max_shrinkag: 1 }`,
      'unknown key audit.max_shrinkag; did you mean max_shrinkage?',
    ],
    ['a key like no other', 'kafka_config', 'unimaginable: x', 'unknown key unimaginable; known are brokers, topic'],
    ['a missing key', 'aws_config', 'lake: x', 'lacks the key output'],
    ['another type', 'aws_config', `${AWS}single_writer: 1`, 'single_writer must be boolean, found 1'],
    [
      'a number out of bounds',
      'aws_config',
      `${AWS}audit: { max_quarantined_share: 2 }`,
      'audit.max_quarantined_share must be <= 1, found 2',
    ],
    [
      'a word that is not known',
      'logging_config',
      'level: wran',
      'level is "wran", expected is one of error, warn, info, debug; did you mean warn?',
    ],
    ['a list', 'kafka_config', '- a', 'the file must be object'],
    ['no YAML', 'kafka_config', 'topic: [', 'kafka_config.yml'],
    ['a key twice', 'kafka_config', 'topic: a\nbrokers: []\ntopic: b', 'the key topic is there twice, again in line 3'],
  ])('%s', (_, file, text, message) => {
    expect(() => load({ [file]: text })).toThrow(failure(message));
    expect(() => load({ [file]: text })).toThrow(failure(`local/${file}.yml`));
  });

  test('a missing file', () => {
    const folder = temporaryFolder();
    writeFileIn(folder, 'local/kafka_config.yml', '');
    expect(() => loadConfig('local', folder, {})).toThrow(failure('aws_config.yml: there is no such file'));
  });

  test.each(['lcoal', '../local', '', 'LOCAL/x'])('the environment %j', (env) => {
    expect(() => loadConfig(env, configsWith(), {})).toThrow(failure(`there is no environment ${JSON.stringify(env)}`));
  });
});

describe('credentials of a configuration', () => {
  const remote = (token: string, user: string) => `remote: sc://h:15002/;use_ssl=true;token=${token};user_id=${user}\n`;
  const loaded = (token: string, user = 'etl') => load({ spark_config: remote(token, user) });

  test('are there for the client', () => {
    expect(loaded('s3cr3t').spark.remote).toContain('token=s3cr3t');
  });

  test('are in no JSON of it', () => {
    expect(JSON.stringify(loaded('s3cr3t'))).not.toMatch(/s3cr3t|=etl"/);
    expect(JSON.stringify(loaded('s3cr3t'))).toContain('sc://h:15002/;use_ssl=true;token=***;user_id=***');
  });

  test('do not change its fingerprint, another server does', () => {
    expect(fingerprint(loaded('one', 'ann'))).toBe(fingerprint(loaded('two', 'bob')));
    const elsewhere = load({ spark_config: remote('one', 'ann').replace('sc://h:', 'sc://i:') });
    expect(fingerprint(elsewhere)).not.toBe(fingerprint(loaded('one', 'ann')));
  });
});
