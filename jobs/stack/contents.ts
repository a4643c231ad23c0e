/** What a stack holds in its store and topic: what a new one needs before its first run, and objects to read and remove. */
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { makeTopic } from 'cli/produce';
import { loadConfig } from 'runtime';
import type { Stack } from './stack.ts';

const PARTITIONS = 4;

/** @returns what was made */
export async function makeContents(stack: Stack, signal: AbortSignal): Promise<string[]> {
  return [...(await makeBuckets(stack)), ...(await makeTopicOfEvents(stack, signal))];
}

/** A client for the stack's store, from outside of it. */
export function storeClient({ settings, secrets }: Pick<Stack, 'settings' | 'secrets'>): S3Client {
  return new S3Client({
    endpoint: `http://127.0.0.1:${settings.S3_PORT}`,
    region: settings.AWS_REGION,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    credentials: {
      accessKeyId: secrets['S3_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: secrets['S3_SECRET_ACCESS_KEY'] ?? '',
    },
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

async function makeBuckets(stack: Stack): Promise<string[]> {
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
  } finally {
    client.destroy();
  }
  return made;
}

async function makeTopicOfEvents({ settings }: Stack, signal: AbortSignal): Promise<string[]> {
  const { KAFKA_PORT, KAFKA_TOPIC } = settings;
  const { kafka } = loadConfig('local', 'configs', { KAFKA_BROKER: `127.0.0.1:${KAFKA_PORT}`, KAFKA_TOPIC });
  return (await makeTopic(kafka, {}, signal, PARTITIONS)) ? [`topic ${KAFKA_TOPIC}`] : [];
}
