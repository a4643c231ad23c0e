/** A real S3 server on the loopback, with keys and folders of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { versitygwBinary } from './versitygw-binary.ts';

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
  readonly pid: number;
  createBucket(name: string, options?: { readonly versioning?: boolean }): Promise<void>;
  addUser(user: S3User): Promise<void>;
  stop(): Promise<void>;
}

/** @param options versioning: whether buckets can keep old versions of objects */
export async function startVersitygw(options: { readonly versioning?: boolean } = {}): Promise<Versitygw> {
  const binary = versitygwBinary();
  const folder = mkdtempSync(join(tmpdir(), 'versitygw-'));
  const [data, versions, users] = ['data', 'versions', 'users'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [data, versions, users]) mkdirSync(path);
  const accessKeyId = `root${randomBytes(6).toString('hex')}`;
  const secretAccessKey = randomBytes(20).toString('hex');
  const address = `127.0.0.1:${await freePort()}`;
  const endpoint = `http://${address}`;
  const server = spawn(
    binary,
    ['--port', address, '--region', REGION, '--keep-alive', '--iam-dir', users, 'posix']
      .concat(options.versioning === true ? ['--versioning-dir', versions] : [])
      .concat(data),
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    },
  );
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region: REGION, forcePathStyle: true, credentials });
  const stop = async (): Promise<void> => {
    client.destroy();
    if (server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  await ready(server, endpoint).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    endpoint,
    region: REGION,
    accessKeyId,
    secretAccessKey,
    pid: server.pid ?? 0,
    async createBucket(name, { versioning = false } = {}) {
      await client.send(new CreateBucketCommand({ Bucket: name }));
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      if (versioning) await client.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    },
    async addUser({ access, secret, role }) {
      const root = ['--access', accessKeyId, '--secret', secretAccessKey, '--endpoint-url', endpoint];
      const user = ['--access', access, '--secret', secret, '--role', role];
      const admin = spawn(binary, ['admin', '--allow-insecure', ...root, 'create-user', ...user], { stdio: 'ignore' });
      const [code] = (await once(admin, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`the user ${access} could not be made: versitygw admin ended with ${code}`);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function ready(server: ChildProcess, endpoint: string): Promise<void> {
  for (const end = performance.now() + READY_MS; performance.now() < end; await sleep(20)) {
    if (server.exitCode !== null) throw new Error(`versitygw ended with ${server.exitCode} before it answered`);
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer !== undefined) return;
  }
  throw new Error(`versitygw does not answer at ${endpoint}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
