/** What a stack holds in its store and topic: what a new one needs before its first run, who may do what there, and objects to read and remove. */
import { readFileSync } from 'node:fs';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { makeTopic } from 'cli/produce';
import { loadConfig } from 'runtime';
import { bucketPolicies, TEMPLATE_FILE } from './bucket-policies.ts';
import type { Stack } from './stack.ts';
import { type PolicyTemplate, ROLES, type Role } from './store-rights.ts';

const PARTITIONS = 4;

/** @returns what was made */
export async function makeContents(stack: Stack, signal: AbortSignal): Promise<string[]> {
  return [...(await makeBuckets(stack)), ...(await makeTopicOfEvents(stack, signal))];
}

type StoreAccess = Pick<Stack, 'settings' | 'secrets'>;

/** @param role the operator where none is given */
const keyOf = ({ secrets }: Pick<Stack, 'secrets'>, role?: Role) => {
  const prefix = role === undefined ? 'S3' : `S3_${role.toUpperCase()}`;
  return {
    accessKeyId: secrets[`${prefix}_ACCESS_KEY_ID`] ?? '',
    secretAccessKey: secrets[`${prefix}_SECRET_ACCESS_KEY`] ?? '',
  };
};

/** A client for the stack's store, from outside of it. */
export function storeClient({ settings, secrets }: StoreAccess, role?: Role): S3Client {
  return new S3Client({
    endpoint: `http://127.0.0.1:${settings.S3_PORT}`,
    region: settings.AWS_REGION,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    credentials: keyOf({ secrets }, role),
  });
}

/** @param root `s3://bucket[/prefix]` @returns the object's text, or undefined where there is none */
export async function textOf(client: S3Client, root: string, key: string): Promise<string | undefined> {
  const { bucket, path } = placeIn(root, key);
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: path }));
    return await Body?.transformToString();
  } catch (error) {
    if ((error as { name?: string }).name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** @param root `s3://bucket[/prefix]` */
export async function putText(client: S3Client, root: string, key: string, text: string): Promise<void> {
  const { bucket, path } = placeIn(root, key);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: path, Body: text }));
}

/** @param root `s3://bucket[/prefix]` @param prefix a whole key, or a day's folder without its slash: no other day begins so */
export async function removeBelow(client: S3Client, root: string, prefix: string): Promise<void> {
  const { bucket: Bucket, path: Prefix } = placeIn(root, prefix);
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
  for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
}

function placeIn(root: string, key: string): { bucket: string; path: string } {
  const { host, pathname } = new URL(root);
  return { bucket: host, path: [pathname.slice(1), key].filter(Boolean).join('/') };
}

/** And gives each role its rights, which may have changed since the buckets were made. */
export async function makeBuckets(stack: StoreAccess): Promise<string[]> {
  const { RECIPE_ETL_LAKE, RECIPE_ETL_OUTPUT } = stack.settings;
  const buckets = new Set([RECIPE_ETL_LAKE, RECIPE_ETL_OUTPUT].map((uri) => new URL(uri).host));
  const client = storeClient(stack);
  const made: string[] = [];
  try {
    for (const Bucket of buckets) {
      const isThere = await client.send(new HeadBucketCommand({ Bucket })).then(
        () => true,
        (error: { $metadata?: { httpStatusCode?: number } }) => {
          if (error.$metadata?.httpStatusCode === 404) return false;
          throw error;
        },
      );
      if (isThere) continue;
      await client.send(new CreateBucketCommand({ Bucket }));
      // What `lake restore` brings back.
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
      made.push(`bucket ${Bucket}`);
    }
    await setPolicies(client, stack);
  } finally {
    client.destroy();
  }
  return made;
}

async function setPolicies(client: S3Client, stack: StoreAccess): Promise<void> {
  const { RECIPE_ETL_LAKE: lake, RECIPE_ETL_OUTPUT: output } = stack.settings;
  const template = JSON.parse(readFileSync(TEMPLATE_FILE, 'utf8')) as PolicyTemplate;
  const ids = ROLES.map((role) => [role, keyOf(stack, role).accessKeyId] as const);
  const names = { lake, output, accessKeyIds: Object.fromEntries(ids) as Record<Role, string> };
  for (const { bucket: Bucket, policy: Policy } of bucketPolicies(template, names)) {
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }
}

async function makeTopicOfEvents({ settings }: Stack, signal: AbortSignal): Promise<string[]> {
  const { KAFKA_PORT, KAFKA_TOPIC } = settings;
  const { kafka } = loadConfig('local', 'configs', { KAFKA_BROKER: `127.0.0.1:${KAFKA_PORT}`, KAFKA_TOPIC });
  return (await makeTopic(kafka, {}, signal, PARTITIONS)) ? [`topic ${KAFKA_TOPIC}`] : [];
}
