/** Buckets that cannot be used: each way ends a job within 20 s, with a sentence and an exit code of its own. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type S3User, startVersitygw, type Versitygw } from 'lake/testing/versitygw';
import { makeCertificates } from 'spark-connect/testing';
import { closedPort, silentPort } from '../../servers/unreachable-servers.ts';
import { DATE, scriptOf } from '../../lakes/process-lake.ts';
import { runScript, summaryOf, type Variables } from '../../processes.ts';

const LIMIT_MS = 20_000;
const USER: S3User = { access: 'nobody-yet', secret: 'a-secret-of-nobody', role: 'user' };
const READER: S3User = { access: 'reader', secret: 'a-secret-of-a-reader', role: 'user' };
const BUCKET = 'unusable';
let gateway: Versitygw;

beforeAll(async () => {
  gateway = await startVersitygw();
  await gateway.createBucket(BUCKET);
  await gateway.addUser(USER);
  await gateway.addUser(READER);
  await gateway.letRead(BUCKET, READER);
});
afterAll(() => gateway.stop());

const right = (): Variables => ({
  AWS_ACCESS_KEY_ID: gateway.accessKeyId,
  AWS_SECRET_ACCESS_KEY: gateway.secretAccessKey,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL: gateway.endpoint,
  RECIPE_ETL_LAKE: `s3://${BUCKET}/lake`,
  RECIPE_ETL_OUTPUT: `s3://${BUCKET}/reports`,
  // Nobody is there, and nobody is asked: the buckets come first.
  SPARK_REMOTE: 'sc://127.0.0.1:9',
});

async function expectFailure(wrong: Variables, exitCode: number, sentence: string): Promise<void> {
  const ended = await runScript(scriptOf('dataload'), ['--date', DATE], { ...right(), ...wrong });
  expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', exitCode, message: expect.stringContaining(sentence) });
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.elapsedMs).toBeLessThan(LIMIT_MS);
  for (const secret of [gateway.secretAccessKey, wrong['AWS_SECRET_ACCESS_KEY'] ?? gateway.secretAccessKey]) {
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(secret);
  }
}

test.each([
  ['a wrong key', { AWS_ACCESS_KEY_ID: 'nobody' }, 'does not know the access key'],
  ['a wrong secret', { AWS_SECRET_ACCESS_KEY: 'a-wrong-secret' }, 'the secret is not that of the access key'],
  ['no key at all', { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, 'no credentials were found'],
  ['a missing lake', { RECIPE_ETL_LAKE: 's3://nowhere/lake' }, 'no such bucket'],
  ['a missing output', { RECIPE_ETL_OUTPUT: 's3://nowhere' }, 'no such bucket'],
  ['TLS where there is none', { AWS_ENDPOINT_URL: 'tls' }, 'does not speak TLS'],
  ['encryption that the store does not have', { RECIPE_ETL_ENCRYPTION: 'sse-s3' }, 'is not encrypted'],
] as const)('%s ends with exit code 2', async (_, wrong: Variables, sentence) => {
  const isTls = wrong['AWS_ENDPOINT_URL'] === 'tls';
  await expectFailure(isTls ? { AWS_ENDPOINT_URL: gateway.endpoint.replace('http:', 'https:') } : wrong, 2, sentence);
});

test('a user without rights ends with exit code 2', async () => {
  const user = { AWS_ACCESS_KEY_ID: USER.access, AWS_SECRET_ACCESS_KEY: USER.secret };
  await expectFailure(user, 2, 'have no right to');
});

test('a user who may read but not write ends with exit code 2', async () => {
  const user = { AWS_ACCESS_KEY_ID: READER.access, AWS_SECRET_ACCESS_KEY: READER.secret };
  await expectFailure(user, 2, `have no right to write to s3://${BUCKET}/lake/_staging/`);
});

test('a certificate of an unknown authority ends with exit code 2', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-etl-tls-'));
  const { certFile, keyFile } = makeCertificates(folder).server;
  const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (_, answer) =>
    answer.end(),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await expectFailure({ AWS_ENDPOINT_URL: `https://127.0.0.1:${port}` }, 2, 'NODE_EXTRA_CA_CERTS');
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});

test('an endpoint that refuses and one that never answers end with exit code 6', async () => {
  await using refusing = await closedPort();
  await using silent = await silentPort();
  await Promise.all([
    expectFailure({ AWS_ENDPOINT_URL: `http://${refusing.address}` }, 6, 'nobody answers'),
    expectFailure({ AWS_ENDPOINT_URL: `http://${silent.address}` }, 6, 'no answer in time'),
  ]);
});
