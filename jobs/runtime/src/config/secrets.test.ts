import { describe, expect, test } from '@jest/globals';
import { redacted, redactRemote, scrub, scrubTexts, secretsOf } from './secrets.ts';

describe('a remote that may be shown', () => {
  test.each([
    ['sc://h', 'sc://h'],
    ['sc://h:15002/;use_ssl=true;user_agent=x', 'sc://h:15002/;use_ssl=true;user_agent=x'],
    ['sc://h/;token=abc', 'sc://h/;token=***'],
    ['sc://h/;use_ssl=true;token=a/b=c;user_id=me', 'sc://h/;use_ssl=true;token=***;user_id=***'],
    ['sc://h/;x-api-key=abc;grpc_max_message_size=9', 'sc://h/;x-api-key=***;grpc_max_message_size=9'],
    ['sc://me:pw@h:1/;token=abc', 'sc://***@h:1/;token=***'],
  ])('%s is shown as %s', (remote, shown) => {
    expect(redactRemote(remote)).toBe(shown);
  });
});

const config = (remote: string, conf: Record<string, string> = {}) => ({
  env: 'x',
  spark: { remote, conf, connectTimeoutSeconds: 1, retryBudgetSeconds: 1, bytesPerWriter: 1 },
});

test('session confs that hold credentials are blanked by their names', () => {
  const conf = { 'spark.hadoop.fs.s3a.secret.key': 'k', 'spark.hadoop.fs.s3a.access.key': 'a', 'spark.sql.x': 'y' };
  expect(redacted(config('sc://h', conf)).spark.conf).toStrictEqual({
    'spark.hadoop.fs.s3a.secret.key': '***',
    'spark.hadoop.fs.s3a.access.key': '***',
    'spark.sql.x': 'y',
  });
});

test('secrets are known as written and as decoded; names, harmless parts and very short ones are none', () => {
  const remote = 'sc://me:hunter22@h/;use_ssl=true;user_id=etl-user;token=a%2Fbcd;x=1';
  const secrets = secretsOf(config(remote, { 'spark.my.password': 'longest-of-all' }));
  expect(secrets).toStrictEqual(['longest-of-all', 'hunter22', 'a%2Fbcd', 'a/bcd']);
  expect(scrub('sent a/bcd, and a%2Fbcd, to etl-user', secrets)).toBe('sent ***, and ***, to etl-user');
});

test("what the store's SDK and the sender of lineage take from the environment is secret too; the name of a key is none", () => {
  const variables = {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 's3cr3t/key',
    AWS_SESSION_TOKEN: 'token',
    OPENLINEAGE_API_KEY: 'l1neage',
    OPENLINEAGE_URL: 'http://marquez:5000',
  };
  expect(secretsOf(config('sc://h'), variables)).toStrictEqual(['s3cr3t/key', 'l1neage', 'token']);
});

test('a secret with quotes and backslashes is found in JSON too, and in JSON within JSON', () => {
  const secret = 'a"b\\c\nd';
  const secrets = secretsOf(config('sc://h'), { KAFKA_PASSWORD: secret });
  const told = JSON.stringify({ message: `server said ${JSON.stringify({ login: secret })} of ${secret}` });
  expect(JSON.parse(scrub(told, secrets))).toStrictEqual({ message: 'server said {"login":"***"} of ***' });
});

test('a token that cannot be decoded is a secret as written', () => {
  expect(secretsOf(config('sc://h/;token=100%sure'))).toStrictEqual(['100%sure']);
});

describe('what is from AWS', () => {
  const fromAws = [
    { reference: 'ssm:/remote', value: 'sc://spark.hidden:15002/;token=t0ken' },
    { reference: 'ssm:/brokers', value: 'a.hidden:9092,b.hidden:9092' },
    { reference: 'ssm:/user', value: 'hidden-user\n' },
    { reference: 'ssm:/short', value: '7' },
  ];
  const secrets = secretsOf({ ...config('sc://h'), fromAws });

  test.each([
    'cannot reach sc://spark.hidden:15002/;token=t0ken',
    'connecting to sc://spark.hidden:15002/;token=***',
    'asked a.hidden:9092, b.hidden:9092',
    'topic of b.hidden:9092',
    'hidden-user may not read',
    JSON.stringify({ said: JSON.stringify({ by: 'hidden-user\n' }) }),
  ])('is secret as a whole, and in the parts that our messages name: %s', (text) => {
    expect(scrub(text, secrets)).not.toMatch(/hidden|t0ken/);
  });

  test('has no part in a redacted configuration, whatever became of it', () => {
    const full = {
      ...config(fromAws[0]!.value, { x: 'for hidden-user' }),
      brokers: ['a.hidden:9092', 'b.hidden:9092'],
    };
    expect(redacted({ ...full, days: 7, fromAws })).toStrictEqual({
      ...full,
      spark: { ...full.spark, remote: 'ssm:/remote', conf: { x: 'for ***' } },
      brokers: ['***', '***'],
      days: 'ssm:/short',
    });
  });
});

test('a secret that is a number or a word of JSON leaves a summary JSON', () => {
  const summary = { rows: 4711, isRight: true, said: 'true is 4711', 'of true': null };
  expect(scrubTexts(summary, ['true', '4711'])).toStrictEqual({
    rows: 4711,
    isRight: true,
    said: '*** is ***',
    'of ***': null,
  });
});
