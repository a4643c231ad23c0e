/** The S3 store against a real S3 server: the contract of every store, and what only buckets have. */
import { randomUUID } from 'node:crypto';
import { CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import type { S3Settings } from '../../src/stores/s3/settings.ts';
import { s3Store, type S3StoreOptions } from '../../src/stores/s3/store.ts';
import type { Condition, ListedObject, ObjectStore } from '../../src/stores/store.ts';
import { bytes, publishDay, textOf } from '../../testing/publish-day.ts';
import { type S3Request, startS3Proxy } from '../../testing/s3-proxy.ts';
import { sha256Of, storeContract } from '../../testing/store-contract.ts';
import { sharedVersitygw } from '../../testing/versitygw.ts';
import { useKeysOf } from '../gateway-keys.ts';

const ABSENT: Condition = { kind: 'absent' };
const gateway = sharedVersitygw();
useKeysOf(gateway);

const settings = (more: Partial<S3Settings> = {}): S3Settings => ({
  region: gateway.region,
  endpoint: gateway.endpoint,
  pathStyle: true,
  encryption: 'none',
  kmsKey: null,
  singleWriter: false,
  ...more,
});

async function newBucket(versioning = false): Promise<string> {
  const name = `b-${randomUUID()}`;
  await gateway.createBucket(name, { versioning });
  return name;
}

async function newStore(more: Partial<S3Settings> = {}, options?: S3StoreOptions): Promise<ObjectStore> {
  return s3Store(`s3://${await newBucket()}/team/lake`, settings(more), options);
}

storeContract('an S3 store', () => newStore());

describe('names', () => {
  test.each(['a b', '1+1=2', '100%20', 'ü/é ñ', "it's (1)!", 'a&b<c>', ' lead', '魚'])(
    '%j is a key like any other',
    async (name) => {
      const store = await newStore();
      const staged = `_staging/${name}`;
      await store.put(staged, bytes(name));
      await store.place(staged, `placed/${name}`);
      const note = { runId: 'r', sha256: sha256Of(name) };
      expect(await store.publish({ key: staged }, `published/${name}`, ABSENT, note)).toBe('ok');
      for (const prefix of ['placed', 'published']) {
        expect((await store.list(prefix)).map(({ key }) => key)).toStrictEqual([`${prefix}/${name}`]);
        expect(textOf(await store.get(`${prefix}/${name}`))).toBe(name);
        await store.removeAll(prefix);
        expect(await store.list(prefix)).toStrictEqual([]);
      }
    },
  );

  test('a store keeps to its prefix', async () => {
    const bucket = await newBucket();
    const [one, two] = ['one', 'one-more'].map((prefix) => s3Store(`s3://${bucket}/${prefix}`, settings()));
    await one!.put('a', bytes('1'));
    await two!.put('a', bytes('2'));
    await one!.removeAll('');
    expect(await one!.list('')).toStrictEqual([]);
    expect(textOf(await two!.get('a'))).toBe('2');
    expect(one!.url('k')).toBe(`s3a://${bucket}/one/k`);
    expect(one!.uri).toBe(`s3://${bucket}/one`);
  });
});

describe('concatenate', () => {
  const MIB = 1024 ** 2;
  /** Of no pattern that a part begins with. */
  const content = (length: number, seed: number): Uint8Array =>
    Uint8Array.from({ length }, (_, index) => (index * seed) % 251);
  const parts = [content(6 * MIB, 3), content(MIB, 7), content(13 * MIB, 11)];
  const staged = async (store: ObjectStore): Promise<ListedObject[]> => {
    for (const [index, part] of parts.entries()) await store.put(`_staging/p/${index}`, part);
    return store.list('_staging/p');
  };

  test('copies what is large and sends what is small, through parts of the size that S3 asks for', async () => {
    const store = await newStore({}, { partBytes: 8 * MIB });
    const objects = await staged(store);
    const end = bytes('the end');
    const pieces = objects.map((object) => ({ object, startByte: 4, endByte: object.sizeBytes }));
    await store.concatenate([...pieces, end], 'joined');
    const owed = Buffer.concat([...parts.map((part) => part.subarray(4)), end]);
    expect(await store.head('joined')).toMatchObject({ sizeBytes: owed.length, sha256: sha256Of(owed) });
    expect(await store.uploads?.list()).toStrictEqual([]);
  });

  test('takes no object that changed since it was listed, and leaves no upload behind', async () => {
    const store = await newStore();
    const pieces = (await staged(store)).map((object) => ({ object, startByte: 0, endByte: object.sizeBytes }));
    await store.put('_staging/p/2', content(13 * MIB, 13));
    await expect(store.concatenate(pieces, 'joined')).rejects.toThrow('joined');
    expect(await store.head('joined')).toBeUndefined();
    expect(await store.uploads?.list()).toStrictEqual([]);
  });

  test.each(['500', 'cut-before'] as const)('leaves no upload behind that cannot be completed (%s)', async (fault) => {
    await using proxy = await startS3Proxy(gateway.endpoint, { keys: gateway });
    const store = await newStore({ endpoint: proxy.endpoint });
    const pieces = (await staged(store)).map((object) => ({ object, startByte: 0, endByte: object.sizeBytes }));
    const isComplete = ({ method, query }: S3Request): boolean => method === 'POST' && query.includes('uploadId=');
    proxy.failWhen(isComplete, fault);
    await expect(store.concatenate(pieces, 'joined')).rejects.toThrow('joined');
    expect(proxy.requests.filter(isComplete)).toHaveLength(1);
    expect(await store.head('joined')).toBeUndefined();
    expect(await store.uploads?.list()).toStrictEqual([]);
  });
});

describe('a publish', () => {
  const big = Uint8Array.from({ length: 11 * 1024 ** 2 }, (_, index) => index % 251);
  const partBytes = 5 * 1024 ** 2;

  test('copies a large object in parts, and carries run and hash', async () => {
    const store = await newStore({}, { partBytes });
    await store.put('_staging/big', big);
    const { sha256 } = (await store.head('_staging/big'))!;
    expect(await store.publish({ key: '_staging/big' }, 'k', ABSENT, { runId: 'run-1', sha256 })).toBe('ok');
    expect(await store.head('k')).toMatchObject({ sizeBytes: big.length, sha256, runId: 'run-1' });
    expect(Buffer.compare((await store.get('k'))!, big)).toBe(0);
    expect(await store.uploads?.list()).toStrictEqual([]);
    await store.place('_staging/big', 'quarantine/big');
    expect(await store.head('quarantine/big')).toMatchObject({ sizeBytes: big.length, sha256 });
    expect(Buffer.compare((await store.get('quarantine/big'))!, big)).toBe(0);
  });

  test('of an empty object, and of content at hand, keeps the conditions', async () => {
    const store = await newStore();
    await store.put('_staging/empty', new Uint8Array());
    const empty = { runId: 'r', sha256: sha256Of('') };
    expect(await store.publish({ key: '_staging/empty' }, 'k', ABSENT, empty)).toBe('ok');
    expect(await store.head('k')).toMatchObject({ sizeBytes: 0, runId: 'r' });
    const report = { key: '_staging/report', content: bytes('a,b\n') };
    const note = { runId: 'r2', sha256: sha256Of('a,b\n') };
    expect(await store.publish(report, 'k', ABSENT, note)).toBe('refused');
    expect(await store.publish(report, 'other', ABSENT, note)).toBe('ok');
    expect(await store.head('other')).toMatchObject({ sizeBytes: 4, ...note });
  });

  test('a staged object that changed after it was looked at is not published', async () => {
    const bucket = await newBucket();
    const [store, stranger] = [0, 1].map(() => s3Store(`s3://${bucket}`, settings()));
    await store!.put('_staging/a', bytes('audited'));
    await store!.head('_staging/a');
    await stranger!.put('_staging/a', bytes('changed'));
    const note = { runId: 'r', sha256: sha256Of('audited') };
    for (const reader of [store!, stranger!]) {
      await expect(reader.publish({ key: '_staging/a' }, 'k', ABSENT, note)).rejects.toMatchObject({
        code: 'unexpected',
        message: expect.stringContaining('changed after it was audited'),
      });
    }
    expect(await store!.head('k')).toBeUndefined();
    expect(await store!.uploads?.list()).toStrictEqual([]);
  });

  test('that is refused leaves no upload behind', async () => {
    const store = await newStore();
    await store.put('k', bytes('old'));
    await store.put('_staging/a', bytes('new'));
    const note = { runId: 'r', sha256: sha256Of('new') };
    expect(await store.publish({ key: '_staging/a' }, 'k', ABSENT, note)).toBe('refused');
    expect(await store.uploads?.list()).toStrictEqual([]);
  });

  test('of a whole day sends its one Complete with a condition, and publishes', async () => {
    await using proxy = await startS3Proxy(gateway.endpoint);
    const store = await newStore({ endpoint: proxy.endpoint });
    const { outcome } = await publishDay(store, 'run-1', 'day');
    expect(outcome).toBe('published');
    const completes = proxy.requests.filter(({ method, query }) => method === 'POST' && /uploadId/.test(query));
    expect(completes.map(({ headers }) => headers['if-none-match'])).toStrictEqual(['*']);
    // Every request of a day is counted: more of them would cost every day.
    expect(proxy.requests.length).toBeLessThanOrEqual(25);
  });
});

test('the hash of an object without a note is that of its content', async () => {
  const bucket = await newBucket();
  const client = new S3Client({ endpoint: gateway.endpoint, region: gateway.region, forcePathStyle: true });
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'foreign' }));
  const facts = await s3Store(`s3://${bucket}`, settings()).head('k');
  expect(facts).toMatchObject({ sizeBytes: 7, sha256: sha256Of('foreign') });
  expect(facts).not.toHaveProperty('runId');
});

test('listing and removing go beyond a page', async () => {
  const store = await newStore();
  const keys = Array.from({ length: 1100 }, (_, index) => `m/${String(index).padStart(4, '0')}`);
  for (let start = 0; start < keys.length; start += 50) {
    await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, bytes('x'))));
  }
  expect((await store.list('m')).map(({ key }) => key)).toStrictEqual(keys);
  expect((await store.listFolder('m'))?.objects).toHaveLength(keys.length);
  await store.removeAll('m');
  expect(await store.list('m')).toStrictEqual([]);
});

describe('what a bucket keeps', () => {
  test('versions are listed, the newest first, and staged again', async () => {
    const store = s3Store(`s3://${await newBucket(true)}/lake`, settings());
    await publishDay(store, 'run-1', 'one');
    await publishDay(store, 'run-2', 'two');
    const key = 'recipes/year=2019/month=11/day=29/recipes.parquet';
    const found = (await store.versions?.list(key)) ?? [];
    expect(found.map(({ runId, sha256, isCurrent }) => [runId, sha256, isCurrent])).toStrictEqual([
      ['run-2', sha256Of('two'), true],
      ['run-1', sha256Of('one'), false],
    ]);
    await store.versions?.stage(key, found[1]!.versionId, '_staging/old');
    expect(textOf(await store.get('_staging/old'))).toBe('one');
    expect(await store.head('_staging/old')).toMatchObject({ sha256: sha256Of('one') });
  });

  test('a bucket without versions says so', async () => {
    const store = await newStore();
    await expect(store.versions?.list('k')).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('keeps no versions'),
    });
  });

  test('uploads that nobody ended are listed and aborted', async () => {
    const bucket = await newBucket();
    const client = new S3Client({ endpoint: gateway.endpoint, region: gateway.region, forcePathStyle: true });
    for (const Key of ['lake/k', 'other']) await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
    const store = s3Store(`s3://${bucket}/lake`, settings());
    const found = (await store.uploads?.list()) ?? [];
    expect(found.map(({ key }) => key)).toStrictEqual(['k']);
    await store.uploads?.abort(found[0]!);
    await store.uploads?.abort(found[0]!);
    expect(await store.uploads?.list()).toStrictEqual([]);
    expect(await s3Store(`s3://${bucket}`, settings()).uploads?.list()).toHaveLength(1);
  });

  test('policies are set where the store has them, and not at all by a dry run', async () => {
    const store = await newStore();
    const folders = { staging: ['_staging/recipes/'], published: [], landing: 'events/' };
    const policies = { folders, versioning: true, encryption: 'sse-s3', stagingDays: 2, oldVersionDays: 30 } as const;
    const outcomes = async (isDryRun: boolean) =>
      (await store.applyPolicies!(policies, isDryRun)).map(({ policy, outcome }) => [policy, outcome]);
    const unsupported = [
      ['encryption', 'not supported by this store'],
      ['lifecycle', 'not supported by this store'],
    ];
    expect(await outcomes(true)).toStrictEqual([['versioning', 'set'], ...unsupported]);
    expect(await outcomes(false)).toStrictEqual([['versioning', 'set'], ...unsupported]);
    expect(await outcomes(false)).toStrictEqual([['versioning', 'already set'], ...unsupported]);
  });
});

describe('the start', () => {
  test('a store that ignores conditions is refused, unless one writer is promised', async () => {
    await using proxy = await startS3Proxy(gateway.endpoint, { keys: gateway });
    proxy.stripConditions = true;
    const { endpoint } = proxy;
    const store = await newStore({ endpoint });
    await expect(store.assertWritable()).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('single_writer: true'),
    });
    expect(await store.list('')).toStrictEqual([]);
    await expect((await newStore({ endpoint, singleWriter: true })).assertWritable()).resolves.toBeUndefined();
  });

  test('the probe leaves nothing behind', async () => {
    const store = await newStore();
    await store.assertWritable();
    expect(await store.list('')).toStrictEqual([]);
    expect(await store.uploads?.list()).toStrictEqual([]);
  });

  test.each(['sse-s3', 'sse-kms'] as const)(
    'a store that does not encrypt is refused where %s is asked for',
    async (encryption) => {
      const store = await newStore({ encryption });
      await expect(store.assertWritable()).rejects.toMatchObject({
        code: 'config',
        message: expect.stringContaining('is not encrypted'),
      });
      expect(await store.list('')).toStrictEqual([]);
    },
  );
});
