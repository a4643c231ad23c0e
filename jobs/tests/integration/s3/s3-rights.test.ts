/** What the key of each role may do in the stack's store, tried on a real one: everything that is allowed, and everything else. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startVersitygw, type Versitygw } from 'lake/testing/versitygw';
import { makeBuckets, storeClient } from '../../../stack/contents.ts';
import type { Stack } from '../../../stack/stack.ts';
import { ROLES, type Role } from '../../../stack/store-rights.ts';

/** l: list its folder, r: read, w: write and complete uploads, d: delete. What is not named is refused. */
const ALLOWED: Readonly<Record<string, Partial<Record<Role, string>>>> = {
  'lake recipes/events/recipe_changes/2019/11/29/some.json': { dataload: 'lr', prepare: 'l', health: 'l', spark: 'lr' },
  'lake recipes/events/recipe_changes/2019/11/29/kafka.parquet': {
    dataload: 'lrw',
    prepare: 'lr',
    health: 'lr',
    spark: 'lr',
  },
  'lake recipes/events/others/some.json': {},
  'lake recipes/recipes/year=2019/month=11/day=29/recipes.parquet': {
    dataload: 'lrw',
    prepare: 'lr',
    health: 'lr',
    spark: 'lr',
  },
  'lake recipes/quarantine/recipe_changes/year=2019/month=11/day=29/run.json': {
    dataload: 'lw',
    prepare: 'l',
    health: 'l',
  },
  'lake recipes/manifests/landing/2019/11/29/run.json': { dataload: 'lrw', prepare: 'lr', health: 'lr' },
  'lake recipes/manifests/dataload/2019/11/29/run.json': { dataload: 'lrw', prepare: 'lr', health: 'lr' },
  'lake recipes/manifests/prepare/2019/11/29/run.json': { dataload: 'l', prepare: 'lrw', health: 'lr' },
  'lake recipes/manifests/pork_cooking_time/2019/11/29.json': { dataload: 'l', prepare: 'lrw', health: 'lr' },
  'lake recipes/_staging/recipes/2019-11-29/run/day/part.parquet': {
    dataload: 'lrwd',
    prepare: 'lrwd',
    health: 'l',
    spark: 'lrwd',
  },
  'lake recipes/other/a.txt': {},
  'lake recipes-of-others/a.txt': {},
  'lake elsewhere/recipes/year=2019/month=11/day=29/recipes.parquet': {},
  'reports beef_cooking_time/year=2019/month=11/day=29/beef_cooking_time.csv': { prepare: 'lrw', health: 'lr' },
  'reports pages/index.html': { prepare: 'lrw', health: 'lrw' },
  'reports _staging/beef_cooking_time/2019-11-29/run/report.csv': { dataload: 'l', prepare: 'lrwd', health: 'lr' },
  'strangers recipes/year=2019/month=11/day=29/recipes.parquet': {},
};
const PLACES = Object.keys(ALLOWED).map((place) => place.split(' ') as [bucket: string, key: string]);
const BODY = 'content';

let gateway: Versitygw;
/** What the set-up made, and what it made when it was called again, as by each `npm run up`. */
let made: readonly (readonly string[])[];
let operator: S3Client;
let clients: Readonly<Record<Role, S3Client>>;

beforeAll(async () => {
  gateway = await startVersitygw();
  const keys = Object.fromEntries(ROLES.map((role) => [role, { access: `key-${role}`, secret: `secret-of-${role}` }]));
  for (const key of Object.values(keys)) await gateway.addUser({ ...key, role: 'user' });
  const stack = {
    settings: {
      S3_PORT: new URL(gateway.endpoint).port,
      AWS_REGION: gateway.region,
      RECIPE_ETL_LAKE: 's3://lake/recipes',
      RECIPE_ETL_OUTPUT: 's3://reports',
    } as Stack['settings'],
    secrets: {
      S3_ACCESS_KEY_ID: gateway.accessKeyId,
      S3_SECRET_ACCESS_KEY: gateway.secretAccessKey,
      ...Object.fromEntries(
        Object.entries(keys).flatMap(([role, { access, secret }]) => [
          [`S3_${role.toUpperCase()}_ACCESS_KEY_ID`, access],
          [`S3_${role.toUpperCase()}_SECRET_ACCESS_KEY`, secret],
        ]),
      ),
    },
  };
  made = [await makeBuckets(stack), await makeBuckets(stack)];
  operator = storeClient(stack);
  await gateway.createBucket('strangers');
  clients = Object.fromEntries(ROLES.map((role) => [role, storeClient(stack, role)])) as Record<Role, S3Client>;
});
afterAll(async () => {
  for (const client of [operator, ...Object.values(clients)]) client.destroy();
  await gateway.stop();
});

type Request = Parameters<S3Client['send']>[0];

/** @throws Error where it fails for another reason than that it is refused */
async function mayDo(client: S3Client, command: unknown): Promise<boolean> {
  return client.send(command as Request).then(
    () => true,
    (error: { $metadata?: { httpStatusCode?: number } }) => {
      if (error.$metadata?.httpStatusCode !== 403) throw error;
      return false;
    },
  );
}

const put = (Bucket: string, Key: string) => operator.send(new PutObjectCommand({ Bucket, Key, Body: BODY }));

/** A multipart upload of a copy, as a day is published: its source is in the role's staging. @returns whether it was completed */
async function mayUpload(role: Role, Bucket: string, Key: string): Promise<boolean> {
  const readsOutput = role === 'prepare' || role === 'health';
  const staged = readsOutput && Bucket === 'reports' ? 'reports/_staging/of-test' : 'lake/recipes/_staging/of-test';
  const [sourceBucket = '', ...path] = staged.split('/');
  await put(sourceBucket, path.join('/'));
  const { UploadId } = await operator.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const upload = { Bucket, Key, UploadId };
  const client = clients[role];
  const part = { ...upload, PartNumber: 1, CopySource: staged };
  const parts = [{ PartNumber: 1, ETag: (await operator.send(new UploadPartCopyCommand(part))).CopyPartResult?.ETag }];
  const answers = [
    await mayDo(client, new CreateMultipartUploadCommand({ Bucket, Key })),
    await mayDo(client, new UploadPartCopyCommand(part)),
    await mayDo(client, new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } })),
  ];
  const begun = await operator.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  answers.push(await mayDo(client, new AbortMultipartUploadCommand({ Bucket, Key, UploadId: begun.UploadId })));
  return agreed(answers);
}

function agreed(answers: readonly boolean[]): boolean {
  expect(new Set(answers).size).toBe(1);
  return answers[0]!;
}

async function deletes(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  await put(Bucket, Key);
  const one = await mayDo(client, new DeleteObjectCommand({ Bucket, Key }));
  await put(Bucket, Key);
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }));
  await put(Bucket, Key);
  return agreed([one, Errors.length === 0]);
}

async function rightsAt(role: Role, Bucket: string, Key: string): Promise<string> {
  await put(Bucket, Key);
  const client = clients[role];
  const named = { Bucket, Key };
  const Prefix = Key.slice(0, Key.lastIndexOf('/') + 1);
  const reads = [await mayDo(client, new GetObjectCommand(named)), await mayDo(client, new HeadObjectCommand(named))];
  const writes = [
    await mayDo(client, new PutObjectCommand({ ...named, Body: BODY })),
    await mayUpload(role, Bucket, Key),
  ];
  const rights = {
    l: await mayDo(client, new ListObjectsV2Command({ Bucket, Prefix })),
    r: agreed(reads),
    w: agreed(writes),
    d: await deletes(client, Bucket, Key),
  };
  return Object.entries(rights)
    .flatMap(([letter, isAllowed]) => (isAllowed ? letter : []))
    .join('');
}

test('buckets are made once, and their policies set again', () => {
  expect(made).toEqual([['bucket lake', 'bucket reports'], []]);
});

test.each(ROLES)('%s may do what the table says and nothing else', async (role) => {
  const found: Record<string, string> = {};
  for (const [bucket, key] of PLACES) found[`${bucket} ${key}`] = await rightsAt(role, bucket, key);
  expect(found).toEqual(Object.fromEntries(Object.entries(ALLOWED).map(([place, of]) => [place, of[role] ?? ''])));
});

test('nobody copies what they may not read into a place where they may', async () => {
  const [ours, secret] = ['recipes/_staging/mine', 'recipes/other/a.txt'];
  await put('lake', ours);
  await put('lake', secret);
  for (const role of ['dataload', 'prepare', 'spark'] as const) {
    const copy = (source: string) =>
      new CopyObjectCommand({ Bucket: 'lake', Key: 'recipes/_staging/copy', CopySource: `lake/${source}` });
    expect([role, await mayDo(clients[role], copy(ours))]).toEqual([role, true]);
    expect([role, await mayDo(clients[role], copy(secret))]).toEqual([role, false]);
  }
});

test.each(ROLES)(
  '%s looks at no version, lists no whole bucket, changes no bucket or policy, and lists uploads if it is the check',
  async (role) => {
    const Key = 'recipes/_staging/versioned';
    const [Bucket, client] = ['lake', clients[role]];
    const { VersionId } = await put(Bucket, Key);
    expect(VersionId).toBeDefined();
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::lake', 'arn:aws:s3:::lake/*'] },
      ],
    });
    const VersioningConfiguration = { Status: 'Suspended' } as const;
    const refused = {
      readVersion: new GetObjectCommand({ Bucket, Key, VersionId }),
      removeVersion: new DeleteObjectCommand({ Bucket, Key, VersionId }),
      listVersions: new ListObjectVersionsCommand({ Bucket, Prefix: 'recipes/_staging/' }),
      listAll: new ListObjectsV2Command({ Bucket }),
      readPolicy: new GetBucketPolicyCommand({ Bucket }),
      setPolicy: new PutBucketPolicyCommand({ Bucket, Policy }),
      removePolicy: new DeleteBucketPolicyCommand({ Bucket }),
      stopVersioning: new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }),
      removeBucket: new DeleteBucketCommand({ Bucket }),
      makeBucket: new CreateBucketCommand({ Bucket: `of-${role}` }),
    };
    for (const [name, command] of Object.entries(refused)) {
      expect([name, await mayDo(client, command)]).toEqual([name, false]);
    }
    expect((await client.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    for (const name of ['lake', 'reports', 'strangers']) {
      const isLooked = await mayDo(client, new ListMultipartUploadsCommand({ Bucket: name }));
      expect([name, isLooked]).toEqual([name, role === 'health' && name !== 'strangers']);
    }
  },
);

test('the operator may do everything', async () => {
  for (const [Bucket, Key] of PLACES) {
    await put(Bucket, Key);
    expect(await mayDo(operator, new GetObjectCommand({ Bucket, Key }))).toBe(true);
    expect(await deletes(operator, Bucket, Key)).toBe(true);
  }
  expect(await mayDo(operator, new ListObjectVersionsCommand({ Bucket: 'lake' }))).toBe(true);
});
