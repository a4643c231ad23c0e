/** A real S3 server on the loopback, with keys and folders of its own, or the one that all tests share. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutBucketPolicyCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { versitygwBinary } from './versitygw-binary.ts';
import { freePort, startWatched, type WatchedProcess } from './watched-process.ts';

const REGION = 'us-east-1';
const READY_MS = 30_000;

export interface S3User {
  readonly access: string;
  readonly secret: string;
  /** A user may do nothing in buckets that are not theirs. */
  readonly role: 'user' | 'userplus' | 'admin';
}

export interface Versitygw extends AsyncDisposable {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  createBucket(name: string, options?: { readonly versioning?: boolean }): Promise<void>;
  addUser(user: S3User): Promise<void>;
  /** Lets a user look at a bucket and read its objects, and nothing else. */
  letRead(bucket: string, user: S3User): Promise<void>;
  stop(): Promise<void>;
}

export interface VersitygwOptions {
  /** False for a server of one user only; it answers an unknown access key with 404 instead of 403. */
  readonly users?: boolean;
  /** Of the user who may do everything; else they are made up. */
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** @throws Error where the program is missing or does not answer */
export async function startVersitygw({
  users = true,
  keys: { accessKeyId, secretAccessKey } = newKeys(),
}: VersitygwOptions = {}): Promise<Versitygw> {
  const binary = versitygwBinary();
  const folder = mkdtempSync(join(tmpdir(), 'versitygw-'));
  const below = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const address = `127.0.0.1:${await freePort()}`;
  const endpoint = `http://${address}`;
  const command = [binary, '--port', address, '--region', REGION, '--keep-alive', '--quiet']
    .concat(users ? ['--iam-dir', below('users')] : [])
    .concat('posix', '--versioning-dir', below('versions'), below('data'));
  const variables = { PATH: process.env['PATH'], ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey };
  const server = startWatched(folder, command, variables, ['ignore', 'inherit']);
  const stop = async (): Promise<void> => {
    // What it holds is thrown away: no need to wait until clients have let go of their connections.
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  await ready(server, endpoint).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return handle({ endpoint, accessKeyId, secretAccessKey, users }, stop);
}

/** The server that jest's globalSetup started: tests keep to buckets and users of their own. */
export function sharedVersitygw(): Versitygw {
  const access = JSON.parse(process.env['TEST_S3'] ?? '') as Access;
  return handle(access, async () => undefined);
}

interface Access {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly users: boolean;
}

function handle({ endpoint, accessKeyId, secretAccessKey, users }: Access, end: () => Promise<void>): Versitygw {
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region: REGION, forcePathStyle: true, credentials });
  const stop = async (): Promise<void> => {
    client.destroy();
    await end();
  };
  return {
    endpoint,
    region: REGION,
    accessKeyId,
    secretAccessKey,
    async createBucket(name, { versioning = false } = {}) {
      await client.send(new CreateBucketCommand({ Bucket: name }));
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      if (versioning) await client.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    },
    async addUser({ access, secret, role }) {
      if (!users) throw new Error('a server started with users: false has one user only');
      const root = ['--access', accessKeyId, '--secret', secretAccessKey, '--endpoint-url', endpoint];
      const user = ['--access', access, '--secret', secret, '--role', role];
      const words = ['admin', '--allow-insecure', ...root, 'create-user', ...user];
      const admin = spawn(versitygwBinary(), words, { stdio: 'ignore' });
      const [code] = (await once(admin, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`the user ${access} could not be made: versitygw admin ended with ${code}`);
    },
    async letRead(Bucket, { access }) {
      const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Principal: access, Action, Resource });
      const Statement = [
        allow('s3:ListBucket', `arn:aws:s3:::${Bucket}`),
        allow('s3:GetObject', `arn:aws:s3:::${Bucket}/*`),
      ];
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const newKeys = () => ({
  accessKeyId: `root${randomBytes(6).toString('hex')}`,
  secretAccessKey: randomBytes(20).toString('hex'),
});

async function ready(server: WatchedProcess, endpoint: string): Promise<void> {
  for (const end = performance.now() + READY_MS; performance.now() < end; await sleep(20)) {
    if (server.hasEnded()) throw new Error(`versitygw ended with ${server.child.exitCode} before it answered`);
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer !== undefined) return;
  }
  throw new Error(`versitygw does not answer at ${endpoint}`);
}
