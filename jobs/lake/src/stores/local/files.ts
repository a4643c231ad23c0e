/** Files that are whole and safe on disk once they have their name. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type ContentHash, hashContent } from '../content-hash.ts';

/** The file appears whole or not at all. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.new`;
  await makeFolder(dirname(file));
  await writeFile(unfinished, content);
  await syncFile(unfinished);
  await moveInto(unfinished, file);
}

/** Content first, then the name, then the folder that holds the name: a power cut leaves the old file or the new one. */
export async function moveInto(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await rename(from, to);
  await syncFile(dirname(to));
}

export async function syncFile(file: string): Promise<void> {
  await using handle = await open(file);
  await handle.sync();
}

/**
 * The folder with all its parents. A new one is only safe on disk once the parent that got the entry is.
 *
 * Walks the parents itself: Node's recursive mkdir never ends where the kernel answers "not found" below a folder that is
 * there, as it does in /proc.
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let parent = folder; (await statOf(parent)) === undefined; parent = dirname(parent)) missing.unshift(parent);
  for (const made of missing) {
    await mkdir(made).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (error.code !== 'EEXIST') throw error;
    });
    await syncFile(dirname(made));
  }
}

/** @returns undefined where there is nothing */
export async function statOf(file: string) {
  return stat(file, { bigint: true }).catch(undefinedIfMissing);
}

/** @returns undefined where there is no file */
export async function contentFacts(file: string): Promise<ContentHash | undefined> {
  const facts = await statOf(file);
  if (facts === undefined || facts.isDirectory()) return undefined;
  try {
    return await hashContent(createReadStream(file) as AsyncIterable<Buffer>);
  } catch (error) {
    return undefinedIfMissing(error);
  }
}

/** @throws whatever is no "not found" */
export function undefinedIfMissing(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  // A link that leads to itself leads nowhere too.
  if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'ELOOP') throw error;
  return undefined;
}
