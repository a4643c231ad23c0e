/** Values of a configuration that AWS holds: read from a real server, named where they cannot be, and in nothing that can be read. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type LakeError, toLakeError } from 'lake';
import { readConfig } from 'runtime';
import { smallDay, smallLines } from '../../events/small-day.ts';
import { recordSender } from '../../lakes/kafka-records.ts';
import { DATE, type ProcessLake, processLake, scriptOf } from '../../lakes/process-lake.ts';
import { pageCommand } from '../../pages.ts';
import { type Ended, runScript, summaryOf, type Variables } from '../../processes.ts';
import { foundIn, readAll } from './found-in.ts';
import { PASSWORD, plant, referencesTo, TOPIC } from './planted.ts';
import { startAws, type TestAws } from '../../servers/aws.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';
import { closedPort, silentPort } from '../../servers/unreachable-servers.ts';

const CONFIG = 'jobs/cli/src/config/config.ts';
/** Of places where a secret could stand; each is looked at. */
const KINDS = '/manifests/ /quarantine/ recipes.parquet .csv stderr stdout CloudWatch'.split(' ');
const kafka: Broker = sharedBroker();
let aws: TestAws;
let lake: ProcessLake;
/** What is planted, by its reference. */
let planted: Readonly<Record<string, string>>;
/** What was read, by where it stood. */
const readable = new Map<string, string>();

beforeAll(async () => {
  [aws, lake] = await Promise.all([startAws(), processLake()]);
  planted = await plant(aws, lake, kafka);
  await lake.configure(
    ['configs/local/aws_config.yml', 'superseded_days: 30', 'superseded_days: ssm:/etl/retention'],
    ['configs/local/logging_config.yml', 'level: info', 'level: debug'],
  );
  await kafka.createTopic(TOPIC, 1);
  await using sender = recordSender(kafka.broker, TOPIC);
  const lines = [...smallLines('aws', 20), '{"url":'];
  await sender.send(lines.map((value, index) => ({ partition: 0, ms: Date.parse(DATE) + index, value })));
});
afterAll(async () => {
  await Promise.all([aws, lake, kafka].map((server) => server?.[Symbol.asyncDispose]()));
});

const references = (): Variables => referencesTo(aws, lake, kafka);

async function run(file: string, words: readonly string[], variables: Variables = {}): Promise<Ended> {
  const ended = await runScript(file, words, { ...references(), ...variables });
  const name = `${file} ${words.join(' ')} ${Object.keys(variables).join(' ')}`;
  readable.set(`stdout of ${name}`, ended.stdout).set(`stderr of ${name}`, ended.stderr);
  return ended;
}

describe('a day of Kafka', () => {
  const DAY = ['--date', DATE] as const;
  test('is loaded, made and looked at with all that is secret in AWS, and CloudWatch has the log', async () => {
    const ended = await run(scriptOf('dataload'), [...DAY, '--source', 'kafka'], { RECIPE_ETL_CLOUDWATCH: 'true' });
    const loaded = summaryOf(ended);
    expect(loaded.message).toBeUndefined();
    expect(loaded).toMatchObject({ outcome: 'published', counts: { read: 21, published: 20, quarantined: 1 } });
    const group = '/recipe-etl/local/dataload';
    expect(await aws.retentionOf(group)).toBe(30);
    const events = await aws.eventsOf(group, `${DATE}/${loaded.runId}`);
    for (const event of events)
      expect(event).toMatchObject({ environment: 'local', job: 'dataload', date: DATE, run: loaded.runId });
    // The lines of stderr, and nothing else but the metrics at the end.
    const lines = events.slice(0, -1).map(({ message }) => String(message).split('\n')[0]);
    expect(lines).not.toEqual([]);
    expect(lines).toEqual(ended.stderr.match(/(?<=^\d\d:\d\d:\d\d ((error|warn|debug): )?)\S.*/gm));
    const metrics = { Namespace: 'recipe-etl', Dimensions: [['environment', 'job']], Metrics: expect.anything() };
    expect(events.at(-1)).toMatchObject({
      _aws: { CloudWatchMetrics: [metrics] },
      failed: 0,
      read: 21,
      quarantined: 1,
    });
    readable.set('events in CloudWatch', JSON.stringify(events));
    expect(summaryOf(await run(scriptOf('prepare'), DAY))).toMatchObject({ outcome: 'published' });
    for (const words of [['status'], ['status', '--json'], ['quarantine', ...DAY], ['clean']])
      expect(await run('jobs/cli/src/lake/lake.ts', words)).toMatchObject({ exitCode: 0 });
    const words = ['backfill', '--job', 'prepare', '--from', DATE, '--to', DATE];
    expect(await run('jobs/cli/src/lake/lake.ts', words)).toMatchObject({ exitCode: 0 });
  });

  test('and fails in ways that name where it was', async () => {
    await using closed = await closedPort();
    await lake.configure(
      ['configs/local/kafka_config.yml', 'timeout_seconds: 30', 'timeout_seconds: 10'],
      ['configs/local/spark_config.yml', 'connect_timeout_seconds: 10', 'connect_timeout_seconds: 3'],
    );
    await aws.putParameter('/etl/closed', closed.remote);
    await aws.putParameter('/etl/closed-broker', closed.address);
    planted = { ...planted, 'ssm:/etl/closed': closed.remote, 'ssm:/etl/closed-broker': closed.address };
    const noSpark = await run(scriptOf('prepare'), DAY, { SPARK_REMOTE: 'ssm:/etl/closed' });
    expect(summaryOf(noSpark)).toMatchObject({ exitCode: 6, message: expect.stringContaining('***') });
    const words = [...DAY, '--source', 'kafka', '--refetch'];
    const noBroker = await run(scriptOf('dataload'), words, { KAFKA_BROKER: 'ssm:/etl/closed-broker' });
    expect(summaryOf(noBroker)).toMatchObject({ exitCode: 6, message: expect.stringContaining('***') });
  });

  test('and nothing that AWS held is in a log, a summary, a manifest or an object', async () => {
    for (const folder of [lake.lake, lake.output]) await readAll(folder, readable);
    const places = [...readable.keys()];
    for (const kind of KINDS) expect(places.filter((place) => place.includes(kind))).not.toEqual([]);
    // Three letters would be found in every file.
    const long = Object.entries(planted).filter(([, value]) => value.length > 3);
    expect(long.length).toBe(8);
    expect(foundIn(readable, long)).toEqual([]);
  });
});

test('the command of the page shows where each value is from, and no secret', async () => {
  const [file, words] = pageCommand('jobs/cli/README.md', 'npm run config', { prod: 'local' });
  const ended = await run(file, words);
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ended.stdout).toMatch(/^ {2}remote +\*\*\* +ssm:\/etl\/remote$/m);
  expect(ended.stdout).toMatch(/^ {2}retention.superseded_days +\*\*\* +ssm:\/etl\/retention$/m);
  expect(ended.stdout).toMatch(/^ {2}KAFKA_PASSWORD +\*\*\* +secretsmanager:etl\/kafka#password$/m);
  const json = await run(file, [...words, '--json']);
  expect(JSON.parse(json.stdout)).toContainEqual({
    file: expect.stringMatching(/configs\/local\/kafka_config.yml$/),
    key: 'topic',
    value: TOPIC,
    origin: 'variable KAFKA_TOPIC',
  });
  for (const value of [kafka.user.password, lake.lake, '47114711'])
    expect(`${ended.stdout}${json.stdout}`).not.toContain(value);
});

test('a secret may be named by its ARN', async () => {
  const arn = await aws.putSecret('etl/by-arn', JSON.stringify({ password: 'hunter33' }));
  const ended = await run(CONFIG, [], { KAFKA_PASSWORD: `secretsmanager:${arn}#password` });
  expect(ended.stdout).toMatch(/KAFKA_PASSWORD +\*\*\* +secretsmanager:arn:/);
});

test('AWS_ENDPOINT_URL is that of the buckets, and asked for nothing else', async () => {
  await using closed = await closedPort();
  const ended = await run(CONFIG, [], { AWS_ENDPOINT_URL: `http://${closed.address}` });
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
});

test('without a reference nobody is asked, and no client is loaded', async () => {
  const plain = { KAFKA_USERNAME: '', KAFKA_PASSWORD: '', KAFKA_BROKER: '', SPARK_REMOTE: '', RECIPE_ETL_HOME: '' };
  const roots = { RECIPE_ETL_LAKE: '', RECIPE_ETL_OUTPUT: '', NODE_DEBUG: 'module' };
  const loads = async (name: string, variables: Variables): Promise<boolean> =>
    (await runScript(CONFIG, [], { ...references(), ...plain, ...roots, ...variables })).stderr.includes(name);
  expect(await loads('@aws-sdk/client-ssm', PASSWORD)).toBe(true);
  expect(await loads('winston', {})).toBe(true);
  // What the S3 store needs is loaded by every command.
  for (const name of ['client-cloudwatch-logs', 'client-ssm', 'client-secrets-manager'])
    expect(await loads(`@aws-sdk/${name}`, {})).toBe(false);
});

describe('what cannot be read ends a job with', () => {
  const REMOTE = 'spark_config.yml: remote (variable SPARK_REMOTE): ssm:/etl/nowhere cannot be read: ';
  const failed = async (variables: Variables): Promise<Ended> =>
    await run(scriptOf('prepare'), ['--date', DATE], variables);

  const own = { ...process.env };
  afterEach(() => {
    process.env = { ...own };
  });
  /** What a job reads first, without a process each. The SDK looks for keys, region and addresses in its own process. */
  async function refusal(variables: Variables): Promise<LakeError> {
    const given = { ...references(), ...variables };
    process.env = { ...own, ...given };
    const { signal } = new AbortController();
    const configs = join(given['RECIPE_ETL_HOME'] || '.', 'configs');
    return await readConfig('local', configs, given, signal).then(
      () => Promise.reject(new Error('nothing was refused')),
      (error: unknown) => toLakeError(error),
    );
  }

  test.each<[string, Variables, readonly string[]]>([
    ['that is not there', { SPARK_REMOTE: 'ssm:/etl/nowhere' }, [`configs/local/${REMOTE}there is no such parameter`]],
    [
      'that is not there, a secret',
      { KAFKA_PASSWORD: 'secretsmanager:etl/no' },
      ['variable KAFKA_PASSWORD: secretsmanager:etl/no cannot be read: there is no such secret'],
    ],
    [
      'without the key',
      { KAFKA_PASSWORD: 'secretsmanager:etl/kafka#pw' },
      ['etl/kafka#pw cannot be read: the secret has no key "pw"'],
    ],
    [
      'of another type',
      { KAFKA_PASSWORD: 'secretsmanager:etl/kafka#list' },
      ['the key "list" of the secret holds no text'],
    ],
    [
      'that is no JSON',
      { KAFKA_PASSWORD: 'secretsmanager:etl/text#key' },
      ['the text of the secret is not a JSON object'],
    ],
    ['that is binary', { KAFKA_PASSWORD: 'secretsmanager:etl/binary' }, ['the secret is binary']],
    [
      'that is ill-formed',
      { KAFKA_PASSWORD: 'secretsmanager:' },
      ['variable KAFKA_PASSWORD: secretsmanager: is ill-formed'],
    ],
    ['by unknown keys', { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN' }, ['does not accept the credentials']],
    [
      'without any credentials',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' },
      ['no credentials were found'],
    ],
    ['without a region', { AWS_REGION: '' }, ['no region is known; set AWS_REGION']],
    [
      'of the wrong type',
      { KAFKA_SECURITY_PROTOCOL: 'ssm:/etl/brokers' },
      ['security.protocol is what ssm:/etl/brokers holds'],
    ],
    [
      'two at once',
      { SPARK_REMOTE: 'ssm:/etl/a', KAFKA_PASSWORD: 'ssm:/etl/b' },
      ['remote (variable SPARK_REMOTE): ssm:/etl/a', 'variable KAFKA_PASSWORD: ssm:/etl/b'],
    ],
  ])('exit code 2, for a value %s', async (_, variables, says) => {
    const error = await refusal(variables);
    expect(error).toMatchObject({ code: 'config', exitCode: 2 });
    for (const text of says) expect(error.message).toContain(text);
  });

  test('exit code 2 and a summary, which says that a retry does not help', async () => {
    const { message, ...summary } = summaryOf(await failed({ SPARK_REMOTE: 'ssm:/etl/nowhere' }));
    expect(summary).toMatchObject({ code: 'config', exitCode: 2, retryHelps: 'no' });
    expect(message).toContain(REMOTE);
  });

  test('exit code 2, for a user without the right', async () => {
    expect(await refusal(aws.stranger)).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('grant ssm:GetParameter'),
    });
  });

  test('exit code 6, where nobody answers, in time', async () => {
    await using closed = await closedPort();
    await using silent = await silentPort();
    await Promise.all(
      [closed, silent].map(async ({ address }) => {
        const ended = await failed({ AWS_ENDPOINT_URL_SSM: `http://${address}` });
        expect(summaryOf(ended)).toMatchObject({
          code: 'unreachable',
          exitCode: 6,
          message: expect.stringContaining('SSM'),
        });
        expect(ended.elapsedMs).toBeLessThan(40_000);
      }),
    );
  });

  test.each([
    ['ThrottlingException', 400, 6],
    ['InternalServerError', 500, 6],
    ['AccessDeniedException', 400, 2],
    ['ExpiredTokenException', 400, 2],
  ])('the code for %s, after the retries that it is worth', async (name, status, exitCode) => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked++;
      request.resume().on('end', () => response.writeHead(status).end(JSON.stringify({ __type: name, message: 'no' })));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const one = { KAFKA_BROKER: '', RECIPE_ETL_OUTPUT: lake.output, RECIPE_ETL_LAKE: lake.lake, RECIPE_ETL_HOME: '' };
    const error = await refusal({ ...one, AWS_ENDPOINT_URL_SSM: endpoint });
    server.close();
    expect(error).toMatchObject({ exitCode });
    expect(asked).toBe(exitCode === 6 ? 3 : 1);
  });

  test('exit code 143, where it is stopped while AWS is silent', async () => {
    await using silent = await silentPort();
    const variables = { ...references(), AWS_ENDPOINT_URL_SSM: `http://${silent.address}` };
    await using job = lake.start('prepare', [], variables);
    setTimeout(() => job.kill('SIGTERM'), 3_000);
    expect(summaryOf(await job.ended)).toMatchObject({ code: 'stopped', exitCode: 143 });
  });
});

test('the one file of an image reads them too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recipe-etl-bundle-'));
  try {
    execFileSync(process.execPath, ['jobs/tools/bundle.mjs', 'dataload', folder]);
    await lake.land([smallDay('bundle')]);
    expect(await readdir(folder)).toEqual(['job.mjs', 'start.mjs']);
    const ended = await run(join(folder, 'start.mjs'), ['--date', DATE]);
    expect(summaryOf(ended)).toMatchObject({ outcome: 'published', counts: { published: 40 } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
