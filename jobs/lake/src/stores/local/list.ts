/** What lies below a local folder; an entry that cannot be looked at is named, never left out. */
import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LakeError } from '../../failure.ts';
import type { FolderListing, ListedObject, OtherEntry } from '../store.ts';
import { statOf, undefinedIfMissing } from './files.ts';

/** All files below a prefix, links left out. */
export async function listFiles(root: string, prefix: string): Promise<ListedObject[]> {
  const options = { recursive: true, withFileTypes: true } as const;
  const entries = (await readdir(join(root, prefix), options).catch(undefinedIfMissing)) ?? [];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const listed = await Promise.all(
    files.map(async (file) => {
      const facts = await statOf(file);
      // Gone since it was listed.
      return facts === undefined ? [] : [objectOf(file.slice(root.length + 1), facts)];
    }),
  );
  return listed.flat().toSorted(byKey);
}

/** What lies directly in a folder; a link counts as what it points to. @throws LakeError unreadable-input for a folder that is a link to nothing */
export async function listFolder(root: string, prefix: string): Promise<FolderListing | undefined> {
  const folder = join(root, prefix);
  const entries = await readdir(folder, { encoding: 'buffer', withFileTypes: true }).catch(undefinedIfMissing);
  if (entries === undefined) {
    await assertNoDeadLink(folder);
    return undefined;
  }
  const listed = await Promise.all(entries.map((entry) => entryOf(folder, entry)));
  const kept = listed.filter((entry) => entry !== undefined);
  return {
    objects: kept.flatMap((entry) => ('object' in entry ? [entry.object] : [])).toSorted(byKey),
    folders: kept.flatMap((entry) => ('folder' in entry ? [entry.folder] : [])).toSorted(),
    others: kept
      .flatMap((entry) => ('other' in entry ? [entry.other] : []))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

type Entry = { readonly object: ListedObject } | { readonly folder: string } | { readonly other: OtherEntry };

/** On a disk a name is bytes: read as text, one that is not UTF-8 would name another file or none. @returns undefined for an entry that is gone since it was listed */
async function entryOf(folder: string, entry: Dirent<Buffer>): Promise<Entry | undefined> {
  const bytes = entry.name;
  const name = bytes.toString();
  // Most of a lake is folders, and the list itself says so.
  if (entry.isDirectory()) return { folder: name };
  const file = Buffer.concat([Buffer.from(`${folder}/`), bytes]);
  let facts: BigIntStats;
  try {
    facts = await stat(file, { bigint: true });
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    const link = await lstat(file).catch(() => undefined);
    if (link === undefined && code === 'ENOENT') return undefined;
    const is = code === 'ENOENT' || code === 'ELOOP' ? 'a link that leads nowhere' : `not to be looked at (${code})`;
    return { other: { name, is } };
  }
  if (facts.isDirectory()) return { folder: name };
  if (!bytes.equals(Buffer.from(name))) return { other: { name, is: 'a name that is not UTF-8' } };
  if (facts.isFile()) return { object: objectOf(name, facts) };
  return { other: { name, is: KINDS.find(([isOne]) => isOne(facts))?.[1] ?? 'no regular file' } };
}

const KINDS: readonly (readonly [(facts: BigIntStats) => boolean, string])[] = [
  [(facts) => facts.isFIFO(), 'a named pipe'],
  [(facts) => facts.isSocket(), 'a socket'],
  [(facts) => facts.isBlockDevice() || facts.isCharacterDevice(), 'a device'],
];

function objectOf(key: string, { size, mtime, mtimeNs, ino }: BigIntStats): ListedObject {
  return { key, sizeBytes: Number(size), etag: `${size}-${mtimeNs}-${ino}`, modifiedAt: mtime };
}

const byKey = (a: ListedObject, b: ListedObject): number => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

/** A link to a disk that is not mounted must not look like a folder that does not exist yet. */
async function assertNoDeadLink(folder: string): Promise<void> {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    const entry = await lstat(path).catch(undefinedIfMissing);
    if (entry === undefined) continue;
    if (!entry.isSymbolicLink() || (await statOf(path)) !== undefined) return;
    const message = `${path} is a link that leads nowhere: mount what it points to, or remove it`;
    throw new LakeError('unreadable-input', message);
  }
}
