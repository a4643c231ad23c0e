/** A lake in a local folder: whole files appear by rename, conditions are compared under a lock. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LakeError } from './failure.ts';
import { withLocalLock } from './local-lock.ts';
import type { Answer, Condition, FolderListing, ListedObject, ObjectFacts, ObjectStore } from './store.ts';

/** The etag of {@link ObjectStore.head} is the content's hash: on a disk nothing else is sure to change with it. */
export function localStore(folder: string): ObjectStore {
  const root = resolve(folder);
  const path = (key: string): string => join(root, key);

  return {
    uri: root,
    isLocal: true,
    url: path,
    head: (key) => headFile(path(key), key),
    get: (key) => readFile(path(key)).catch(undefinedIfMissing),
    readRange: (key, startByte, endByte) => readRange(path(key), startByte, endByte),
    list: (prefix) => listFiles(root, prefix),
    listFolder: (prefix) => listFolder(root, prefix),
    put: (key, content) => writeWhole(path(key), content),
    async place(stagedKey, key) {
      await syncFile(path(stagedKey));
      await moveInto(path(stagedKey), path(key));
    },
    putIf(key, content, condition) {
      const staged = path(`_staging/${randomUUID()}.put`);
      return ifHolds(root, key, condition, async () => {
        await writeWhole(staged, content);
        await moveInto(staged, path(key));
      });
    },
    async publish(stagedKey, key, condition) {
      if ((await fileSize(path(stagedKey))) === undefined) return 'missing';
      await syncFile(path(stagedKey));
      return ifHolds(root, key, condition, () => moveInto(path(stagedKey), path(key)));
    },
    removeAll: (prefix) => rm(path(prefix), { recursive: true, force: true }),
    assertWritable: () => assertWritable(root),
  };
}

/** Compare and act under the lock of the key; a local disk answers like a store does. */
async function ifHolds(root: string, key: string, condition: Condition, act: () => Promise<void>): Promise<Answer> {
  return withLocalLock(join(root, '_staging/locks', key), `the publish of ${join(root, key)}`, async () => {
    const current = await headFile(join(root, key), key);
    const holds = condition.kind === 'absent' ? current === undefined : current?.etag === condition.etag;
    if (!holds) return current === undefined ? 'missing' : 'refused';
    await act();
    return 'ok';
  });
}

async function headFile(file: string, key: string): Promise<ObjectFacts | undefined> {
  const sizeBytes = await fileSize(file);
  if (sizeBytes === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  const sha256 = hash.digest('hex');
  return { key, sizeBytes, etag: sha256, sha256 };
}

const fileSize = async (file: string): Promise<number | undefined> => (await stat(file).catch(undefinedIfMissing))?.size;

async function readRange(file: string, startByte: number, endByte: number): Promise<Uint8Array> {
  await using handle = await open(file);
  const content = new Uint8Array(endByte - startByte);
  const { bytesRead } = await handle.read(content, 0, content.length, startByte);
  return content.subarray(0, bytesRead);
}

async function listFiles(root: string, prefix: string): Promise<ListedObject[]> {
  const entries = await readdir(join(root, prefix), { recursive: true, withFileTypes: true }).catch(undefinedIfMissing);
  const files = (entries ?? []).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const listed = await Promise.all(files.map((file) => listedFile(file, file.slice(root.length + 1))));
  return listed.filter((file) => file !== undefined).toSorted(byKey);
}

async function listFolder(root: string, prefix: string): Promise<FolderListing | undefined> {
  const folder = join(root, prefix);
  const entries = await readdir(folder, { withFileTypes: true }).catch(undefinedIfMissing);
  if (entries === undefined) return undefined;
  const listed = await Promise.all(entries.map((entry) => listedFile(join(folder, entry.name), entry.name)));
  // A link counts as what it points to, so it is asked by stat.
  const folders = entries.filter((_, index) => listed[index] === undefined).map((entry) => entry.name);
  return { objects: listed.filter((file) => file !== undefined).toSorted(byKey), folders };
}

/** Undefined for a folder, and for what is gone since it was listed. */
async function listedFile(file: string, key: string): Promise<ListedObject | undefined> {
  const facts = await stat(file, { bigint: true }).catch(undefinedIfMissing);
  if (facts === undefined || facts.isDirectory()) return undefined;
  return { key, sizeBytes: Number(facts.size), etag: `${facts.size}-${facts.mtimeNs}-${facts.ino}` };
}

const byKey = (a: ListedObject, b: ListedObject): number => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

async function writeWhole(file: string, content: Uint8Array): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.new`;
  await makeFolder(dirname(file));
  await writeFile(unfinished, content);
  await syncFile(unfinished);
  await moveInto(unfinished, file);
}

/** Content first, then the name, then the folder that holds the name: a power cut leaves the old file or the new one. */
async function moveInto(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await rename(from, to);
  await syncFile(dirname(to));
}

async function syncFile(file: string): Promise<void> {
  await using handle = await open(file);
  await handle.sync();
}

/** A new folder is only safe on disk once each parent that got a new entry is. */
async function makeFolder(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  if (firstMade === undefined) return;
  for (let made = folder; made.length >= firstMade.length; made = dirname(made)) await syncFile(dirname(made));
}

async function assertWritable(root: string): Promise<void> {
  const probe = join(root, `_staging/${randomUUID()}.probe`);
  try {
    await mkdir(dirname(probe), { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const why = (error as Error).message;
    throw new LakeError('config', `cannot write to ${root}: ${why}; mend its rights or name another folder`, { cause: error });
  }
}

/** @throws whatever is no "not found" */
function undefinedIfMissing(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  return undefined;
}
