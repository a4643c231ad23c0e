import { describe, expect, test } from '@jest/globals';
import { fingerprint } from 'lake';
import { configsWith } from '../../testing/configs.ts';
import { loadConfig, withParts } from './config.ts';
import { referencePlaces } from './files.ts';
import type { Environment } from './variables.ts';

const AWS = 'lake: data/lake\noutput: data/output\n';
const failure = (message: string) =>
  expect.objectContaining({ code: 'config', exitCode: 2, message: expect.stringContaining(message) });

describe('what AWS holds', () => {
  const values = new Map([
    ['ssm:/lake', 's3://hidden-lake/recipes'],
    ['ssm:/days', '4711'],
    ['ssm:/level', 'warn'],
    ['ssm:/brokers', 'hidden-a:9092,hidden-b:9092'],
    ['ssm:/topic', 'hidden-topic'],
    ['secretsmanager:spark#token', 't0ken-of-spark'],
    ['ssm:/wrong', 'hidden-and-wrong'],
  ]);
  const loaded = (files: Readonly<Record<string, string>>, more: Environment = {}) =>
    loadConfig('local', configsWith(files), more, values);
  const FILES = {
    aws_config: 'lake: ssm:/lake\noutput: out\nold_version_days: ssm:/days\n',
    kafka_config: 'brokers: ["${BROKERS}"]\ntopic: ssm:/topic\n',
    spark_config: 'remote: sc://h/;token=${TOKEN}\nconf: { spark.app.name: ssm:/topic }\n',
    logging_config: 'level: ssm:/level\n',
  };
  const VARIABLES = { BROKERS: 'ssm:/brokers', TOKEN: 'secretsmanager:spark#token' };

  test('stands where a file or a variable refers to it, as the type that is due', () => {
    expect(loaded(FILES, VARIABLES)).toMatchObject({
      lake: { uri: 's3://hidden-lake/recipes', oldVersionDays: 4711 },
      kafka: { brokers: ['hidden-a:9092', 'hidden-b:9092'], topic: 'hidden-topic' },
      spark: { remote: 'sc://h/;token=t0ken-of-spark', conf: { 'spark.app.name': 'hidden-topic' } },
      logging: { level: 'warn' },
    });
  });

  test('is in no JSON of the configuration, where its reference may be', () => {
    const json = JSON.stringify(loaded(FILES, VARIABLES));
    expect(json).not.toMatch(/hidden|4711|t0ken/);
    expect(JSON.parse(json)).toMatchObject({
      lake: { uri: 'ssm:/lake', oldVersionDays: 'ssm:/days' },
      kafka: { topic: 'ssm:/topic' },
    });
  });

  test('does not change the fingerprint, another reference does', () => {
    const one = loaded(FILES, VARIABLES);
    const rotated = new Map([...values].map(([reference, value]) => [reference, value.replace('hidden', 'rotated')]));
    expect(fingerprint(loadConfig('local', configsWith(FILES), VARIABLES, rotated))).toBe(fingerprint(one));
    const other = loaded({ ...FILES, aws_config: FILES.aws_config.replace('ssm:/lake', 'ssm:/topic') }, VARIABLES);
    expect(fingerprint(other)).not.toBe(fingerprint(one));
  });

  test('is in no JSON of a copy with other parts', () => {
    const one = loaded(FILES, VARIABLES);
    const copy = withParts(one, { lake: { ...one.lake, output: 'elsewhere' } });
    expect(copy.lake.output).toBe('elsewhere');
    expect(JSON.stringify(copy)).not.toMatch(/hidden|4711|t0ken/);
  });

  test.each([
    ['of another type', { aws_config: `${AWS}single_writer: ssm:/wrong` }, 'single_writer must be boolean'],
    ['that is none of the known', { logging_config: 'level: ssm:/wrong' }, 'level is what ssm:/wrong holds'],
    ['of another form', { kafka_config: 'brokers: [ssm:/wrong]' }, 'brokers.0 must match pattern'],
    ['in place of a part', { aws_config: `${AWS}audit: ssm:/wrong` }, 'audit must be object'],
    ['out of bounds', { logging_config: 'progress_seconds: ssm:/days' }, 'progress_seconds must be <= 30'],
    ['of times that do not fit', { kafka_config: 'overlap_minutes: ssm:/days' }, 'overlap_minutes (ssm:/days)'],
    ['in a variable', { kafka_config: 'topic: x\ngrace_minutes: ${X}' }, 'grace_minutes must be number'],
  ])('%s is refused by key and reference, and not shown', (_, files, message) => {
    const load = () => loaded(files, { X: 'ssm:/wrong' });
    expect(load).toThrow(failure(message));
    expect(load).toThrow(failure('ssm:/'));
    expect(load).not.toThrow(/hidden|4711/);
  });

  test('is refused by key where it was not read', () => {
    expect(() => loadConfig('local', configsWith({ kafka_config: 'topic: ssm:/topic' }), {})).toThrow(
      failure('kafka_config.yml: topic: ssm:/topic was not read from AWS'),
    );
  });

  test('is looked for at each place of files and variables, once', () => {
    const variables = { ...VARIABLES, KAFKA_PASSWORD: 'secretsmanager:spark#token', AWS_PROFILE: 'ssm:/not-ours' };
    const places = [...referencePlaces('local', configsWith(FILES), variables)];
    const short = places.map(([reference, of]) => [reference, of.map((place) => place.replace(/^.*\/local\//, ''))]);
    expect(Object.fromEntries(short)).toStrictEqual({
      'ssm:/lake': ['aws_config.yml: lake'],
      'ssm:/days': ['aws_config.yml: old_version_days'],
      'ssm:/brokers': ['kafka_config.yml: brokers.0 (variable BROKERS)'],
      'ssm:/topic': ['kafka_config.yml: topic', 'spark_config.yml: conf.spark.app.name'],
      'secretsmanager:spark#token': ['spark_config.yml: remote (variable TOKEN)', 'variable KAFKA_PASSWORD'],
      'ssm:/level': ['logging_config.yml: level'],
    });
  });

  test('is not asked for by an ill-formed reference, which is named', () => {
    const places = (files: Readonly<Record<string, string>>, variables: Environment = {}) =>
      referencePlaces('local', configsWith(files), variables);
    expect(() => places({ kafka_config: 'topic: ssm:topic' })).toThrow(failure('topic: ssm:topic is ill-formed'));
    expect(() => places({}, { KAFKA_PASSWORD: 'secretsmanager:' })).toThrow(failure('variable KAFKA_PASSWORD: '));
  });
});
