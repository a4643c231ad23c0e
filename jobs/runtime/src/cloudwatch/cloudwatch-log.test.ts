/** A job whose log goes to a CloudWatch Logs that takes it, is busy, is silent, or is not there. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startChild } from 'lake/testing/child';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import type { Started } from 'spark-connect/testing/started-process';
import { configsWith } from '../../testing/configs.ts';
import { stopHanging } from '../../testing/stopped.ts';

const JOB = join(import.meta.dirname, '../../testing/children/job');
const WARNING = /warn: the log in CloudWatch Logs is not complete, this one is: [^\n]*/g;
const NOWHERE = 'http://127.0.0.1:1';

function makeHome(cloudwatch = 'enabled: true'): string {
  const home = temporaryFolder();
  const aws_config = `lake: ${home}/lake\noutput: ${home}/output\n`;
  configsWith({ aws_config, logging_config: `cloudwatch: { ${cloudwatch} }\n` }, join(home, 'configs'));
  writeFileIn(home, 'schema/schemas.yml', 'folders: { events: changes, table: things }\n');
  return home;
}

function start(mode: string, endpoint: string, home = makeHome()): Started {
  const aws = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'hush-hush' };
  const variables = { MODE: mode, RECIPE_ETL_HOME: home, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint, ...aws };
  return startChild(JOB, ['--date', '2019-11-29', '--run-id', 'mine'], variables);
}

interface Request {
  readonly action: string;
  readonly body: { readonly logEvents?: readonly { readonly message: string }[]; readonly [key: string]: unknown };
}

/** A difference between texts of a megabyte takes minutes to show. */
const shortened = (text: string): string => text.replaceAll(/x{9,}/g, (run) => `${run.length} times x`);

/** @param answer to a request; by default it is taken */
async function fakeService(answer = (response: ServerResponse): unknown => response.end('{}')) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      const made: Request = {
        action,
        body: JSON.parse(shortened(Buffer.concat(chunks).toString())) as Request['body'],
      };
      requests.push(made);
      answer(response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a job with a copy of its log in CloudWatch', () => {
  test('makes group, retention and stream, and sends its lines and then its counts', async () => {
    using service = await fakeService();
    const home = makeHome('enabled: true, group: /own, retention_days: 7, namespace: own');
    const ended = await start('shout', service.endpoint, home).ended;
    expect(ended.exitCode).toBe(0);
    const place = { logGroupName: '/own/local/dataload', logStreamName: '2019-11-29/mine.try001' };
    expect(service.requests.slice(0, 3)).toEqual([
      { action: 'CreateLogGroup', body: { logGroupName: place.logGroupName } },
      { action: 'PutRetentionPolicy', body: { logGroupName: place.logGroupName, retentionInDays: 7 } },
      { action: 'CreateLogStream', body: place },
    ]);
    const puts = service.requests.slice(3);
    for (const put of puts) expect(put).toMatchObject({ action: 'PutLogEvents', body: place });
    const events = puts.flatMap(({ body }) => body.logEvents ?? []).map(({ message }) => JSON.parse(message));
    const messages = events.map(({ message }) => String(message));
    expect(messages.slice(-3)).toEqual([
      'at work',
      expect.stringMatching(/^\d{7} times x … cut: 1500000 characters$/),
      'undefined',
    ]);
    expect(events.at(-1)).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: 'own' }] }, read: 3, failed: 0 });
  });

  test('sends again what a busy service refuses, and warns of nothing', async () => {
    let refused = 0;
    const busy = (response: ServerResponse): unknown =>
      refused++ < 2
        ? response.writeHead(400).end(JSON.stringify({ __type: 'ThrottlingException' }))
        : response.end('{}');
    using service = await fakeService(busy);
    const ended = await start('', service.endpoint).ended;
    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('warn:') });
    expect(service.requests.map(({ action }) => action)).toContain('PutLogEvents');
  });

  test('leaves a group that has its own retention alone, and is off unless switched on', async () => {
    using service = await fakeService();
    await start('', service.endpoint, makeHome('retention_days: 7')).ended;
    expect(service.requests).toEqual([]);
    await start('', service.endpoint, makeHome('enabled: true, retention_days: null')).ended;
    expect(service.requests.map(({ action }) => action)).toEqual(['CreateLogGroup', 'CreateLogStream', 'PutLogEvents']);
  });
});

describe('a CloudWatch that is not there', () => {
  test.each([
    ['', 0],
    ['throw', 1],
  ])('changes no exit code, and is told once, before the summary: %s', async (mode, exitCode) => {
    const ended = await start(mode, NOWHERE).ended;
    expect(ended).toMatchObject({ exitCode, stdout: expect.stringContaining(`"exitCode":${exitCode}`) });
    expect(ended.stderr.match(WARNING)).toEqual([expect.stringContaining('it does not answer')]);
    expect(ended.streams.at(-1)).toBe('stdout');
    expect(ended.stderr).not.toContain('hush-hush');
  });

  test('or refuses, is told what right it needs', async () => {
    const refuse = (response: ServerResponse): unknown =>
      response.writeHead(400).end(JSON.stringify({ __type: 'AccessDeniedException' }));
    using service = await fakeService(refuse);
    const ended = await start('', service.endpoint).ended;
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr.match(WARNING)).toEqual([expect.stringContaining('grant logs:CreateLogGroup')]);
    expect(service.requests.length).toBe(1);
  });

  test('or never answers, keeps no job that is stopped: it ends within 4 s', async () => {
    using service = await fakeService(() => undefined);
    const ended = await stopHanging(start('hang', service.endpoint));
    expect(ended.stderr.match(WARNING)?.length).toBe(1);
  });
});
