/** A real server of SSM, Secrets Manager, CloudWatch Logs and IAM on the loopback: moto, in a Python of its own. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { freePort, startWatched } from 'lake/testing/watched-process';
import { pythonWith } from 'spark-connect/testing/python';
import type { Variables } from '../processes.ts';

const REGION = 'eu-central-1';
const READY_MS = 180_000;
const PACKAGES = join(import.meta.dirname, 'aws-requirements.txt');
/** What docker/README.md says that a job needs. */
const READER = ['ssm:GetParameter', 'secretsmanager:GetSecretValue', 'kms:Decrypt'];
const LOGGER = ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents'];

export interface TestAws extends AsyncDisposable {
  /** What a process needs to read from here, as a user with the rights of a job. */
  readonly variables: Variables;
  /** Keys of a user who may do nothing. */
  readonly stranger: Variables;
  putParameter(name: string, value: string): Promise<void>;
  /** @returns the ARN */
  putSecret(name: string, content: string | Uint8Array): Promise<string>;
  /** After how many days the events of a group are removed. */
  retentionOf(group: string): Promise<number | undefined>;
  /** The events of a stream, each as JSON, in the order of the service. */
  eventsOf(group: string, stream: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** @throws Error where Python or the packages are missing, or it does not answer */
export async function startAws(): Promise<TestAws> {
  const hash = createHash('sha256').update(readFileSync(PACKAGES)).digest('hex').slice(0, 12);
  const python = pythonWith(`aws-${hash}`, ['--require-hashes', '--no-deps', '-r', PACKAGES]);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const command = [join(dirname(python), 'moto_server'), '-H', '127.0.0.1', '-p', String(port)];
  const folder = mkdtempSync(join(tmpdir(), 'aws-'));
  const server = startWatched(folder, command, { PATH: process.env['PATH'], HOME: folder }, ['ignore', 'ignore']);
  for (const end = performance.now() + READY_MS; ; await sleep(50)) {
    if (await fetch(`${endpoint}/moto-api/`).catch(() => undefined)) break;
    if (server.hasEnded() || performance.now() > end) throw new Error('the AWS of the tests does not answer');
  }
  const [admin, job, stranger] = [
    await newUser(endpoint, 'admin', ['*']),
    await newUser(endpoint, 'job', [...READER, ...LOGGER]),
    await newUser(endpoint, 'stranger', ['s3:GetObject']),
  ];
  // From now on a request must be signed by a user who may do it.
  await fetch(`${endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' });
  const client = { endpoint, region: REGION, credentials: admin };
  const ssm = new SSMClient(client);
  const secrets = new SecretsManagerClient(client);
  const logs = new CloudWatchLogsClient(client);
  return {
    variables: {
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint,
      AWS_ENDPOINT_URL_SSM: endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
      ...variablesOf(job),
    },
    stranger: variablesOf(stranger),
    async putParameter(Name, Value) {
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }));
    },
    async putSecret(Name, content) {
      const text = typeof content === 'string' ? { SecretString: content } : { SecretBinary: content };
      const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name, ...text }));
      return ARN;
    },
    async retentionOf(group) {
      const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }));
      return logGroups?.[0]?.retentionInDays;
    },
    async eventsOf(logGroupName, logStreamName) {
      const { events = [] } = await logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }),
      );
      return events.map(({ message = '' }) => JSON.parse(message) as Record<string, unknown>);
    },
    async [Symbol.asyncDispose]() {
      logs.destroy();
      ssm.destroy();
      secrets.destroy();
      await server.end('SIGKILL');
    },
  };
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const variablesOf = ({ accessKeyId, secretAccessKey }: Keys): Variables => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

async function newUser(endpoint: string, UserName: string, Action: readonly string[]): Promise<Keys> {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
  const iam = async (action: string, words: Readonly<Record<string, string>> = {}): Promise<string> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/iam/aws4_request' },
      body: new URLSearchParams({ Action: action, Version: '2010-05-08', UserName, ...words }),
    });
    const text = await answer.text();
    if (answer.ok) return text;
    throw new Error(`the user ${UserName} could not be made: ${text}`);
  };
  await iam('CreateUser');
  await iam('PutUserPolicy', { PolicyName: 'all', PolicyDocument: JSON.stringify(policy) });
  const keys = await iam('CreateAccessKey');
  const textOf = (tag: string): string => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(keys)?.[1] ?? '';
  return { accessKeyId: textOf('AccessKeyId'), secretAccessKey: textOf('SecretAccessKey') };
}
