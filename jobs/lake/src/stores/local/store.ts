/** A lake in a local folder: whole files appear by rename, conditions are compared under a lock. */
import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LakeError } from '../../failure.ts';
import { concatenateFiles } from './concatenate.ts';
import { contentFacts, makeFolder, moveInto, statOf, syncFile, undefinedIfMissing, writeWhole } from './files.ts';
import { listFiles, listFolder } from './list.ts';
import { withLocalLock } from './lock.ts';
import { assertNoPattern } from '../path-characters.ts';
import type { Answer, Condition, ObjectFacts, ObjectStore } from '../store.ts';

/**
 * The etag of {@link ObjectStore.head} is the content's hash: on a disk nothing else is sure to change with it.
 *
 * @throws LakeError usage where the folder's path holds characters that Spark would read as a pattern
 */
export function localStore(folder: string): ObjectStore {
  const root = resolve(folder);
  assertNoPattern(root, `the folder ${root}`);
  const path = (key: string): string => join(root, key);

  return {
    uri: root,
    isLocal: true,
    url: path,
    head: (key) => headFile(path(key), key),
    get: (key) => readWhole(path(key)),
    readRange: (key, startByte, endByte) => readRange(path(key), startByte, endByte),
    list: (prefix) => listFiles(root, prefix),
    listFolder: (prefix) => listFolder(root, prefix),
    put: (key, content) => writeWhole(path(key), content),
    async place(stagedKey, key) {
      await syncFile(path(stagedKey));
      await moveInto(path(stagedKey), path(key));
    },
    concatenate: (pieces, key) => concatenateFiles(pieces, path(key), path),
    putIf(key, content, condition) {
      const staged = path(`_staging/${randomUUID()}.put`);
      return ifHolds(root, key, condition, async (isHeld) => {
        await writeWhole(staged, content);
        const answer = await moveIfHeld(staged, path(key), isHeld);
        if (answer !== 'ok') await rm(staged, { force: true });
        return answer;
      });
    },
    publish(staged, key, condition, { sha256 }) {
      return ifHolds(root, key, condition, (isHeld) => publishFile(path(staged.key), path(key), sha256, isHeld));
    },
    removeAll: (prefix) => rm(path(prefix), { recursive: true, force: true }),
    assertReachable: () => assertReachable(root),
    assertWritable: () => assertWritable(root),
  };
}

/** Compare and act under the lock of the key; a local disk answers like a store does. */
async function ifHolds(
  root: string,
  key: string,
  condition: Condition,
  act: (isHeld: IsHeld) => Promise<Answer>,
): Promise<Answer> {
  return withLocalLock(join(root, '_staging/locks', key), `the publish of ${join(root, key)}`, async (isHeld) => {
    const current = await headFile(join(root, key), key);
    const holds = condition.kind === 'absent' ? current === undefined : current?.etag === condition.etag;
    if (!holds) return current === undefined ? 'missing' : 'refused';
    return act(isHeld);
  });
}

type IsHeld = () => Promise<boolean>;

/** A process that slept may have been taken for dead, and its lock with it: then another one acts by now. */
async function moveIfHeld(staged: string, file: string, isHeld: IsHeld): Promise<Answer> {
  if (!(await isHeld())) return 'conflict';
  await moveInto(staged, file);
  return 'ok';
}

/** @throws LakeError unexpected where the staged file is no longer what was audited */
async function publishFile(staged: string, file: string, sha256: string, isHeld: IsHeld): Promise<Answer> {
  if ((await statOf(staged)) === undefined) return 'missing';
  await syncFile(staged);
  const found = await contentFacts(staged);
  if (found?.sha256 !== sha256) {
    const message = `${staged} changed after it was audited: its hash was ${sha256} and is ${found?.sha256}. Nothing was published`;
    throw new LakeError('unexpected', message);
  }
  // A checksum that Hadoop wrote for an earlier file of this name: Spark would compare the new file with it and refuse.
  await rm(join(dirname(file), `.${basename(file)}.crc`), { force: true });
  return moveIfHeld(staged, file, isHeld);
}

async function headFile(file: string, key: string): Promise<ObjectFacts | undefined> {
  const facts = await contentFacts(file);
  return facts === undefined ? undefined : { key, ...facts, etag: facts.sha256 };
}

async function readWhole(file: string): Promise<Uint8Array | undefined> {
  const facts = await statOf(file);
  if (facts === undefined || facts.isDirectory()) return undefined;
  return readFile(file).catch(undefinedIfMissing);
}

async function readRange(file: string, startByte: number, endByte: number): Promise<Uint8Array> {
  await using handle = await open(file);
  const content = new Uint8Array(endByte - startByte);
  const { bytesRead } = await handle.read(content, 0, content.length, startByte);
  return content.subarray(0, bytesRead);
}

/** Nothing there is no error: the first run makes the folder. */
async function assertReachable(root: string): Promise<void> {
  try {
    await readdir(root).catch(undefinedIfMissing);
  } catch (error) {
    const message = `cannot read ${root}: ${(error as Error).message}; correct its rights or name another folder`;
    throw new LakeError('config', message, { cause: error });
  }
}

async function assertWritable(root: string): Promise<void> {
  const probe = join(root, `_staging/${randomUUID()}.probe`);
  try {
    await makeFolder(dirname(probe));
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const why = (error as Error).message;
    const message = `cannot write to ${root}: ${why}; correct its rights or name another folder`;
    throw new LakeError('config', message, { cause: error });
  }
}
