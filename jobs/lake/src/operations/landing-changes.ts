/** Decides whether a landing folder still holds what the table of its day was made of. */
import { type FileChange, fileChanges } from '../input-files.ts';
import type { Manifest } from '../publish/manifest.ts';
import type { ListedObject } from '../stores/store.ts';

export interface LandingNow {
  /** As a manifest names it. */
  readonly folder: string;
  /** The same in any lake: where the folder lies in it. */
  readonly key: string;
  /** What a run would read; undefined where that is not known. */
  readonly files: readonly ListedObject[] | undefined;
}

/**
 * @param input of the manifest of the table
 * @returns none where the day was not made of this folder, or where nothing is left of it to make the day of again
 */
export function landingChanges(input: Manifest['input'], { folder, key, files }: LandingNow): FileChange[] {
  if (!isFilesInput(input) || files === undefined || files.length === 0) return [];
  const { folder: madeOf, files: before } = input;
  if (madeOf !== folder && !madeOf.endsWith(`/${key}`)) return [];
  const now = files.map(({ key: name, sizeBytes, etag }) => ({ name, sizeBytes, etag }));
  if (madeOf === folder) return fileChanges(before, now);
  // A lake that was copied or is mounted elsewhere: its files have the same sizes, and etags of their own.
  return fileChanges(before, now, (a, b) => a.sizeBytes === b.sizeBytes);
}

/** A manifest may be of another source, of a version that was brought back, or not ours. */
function isFilesInput(input: unknown): input is FilesInput {
  const { source, folder, files } = (input ?? {}) as Readonly<Record<string, unknown>>;
  return source === 'files' && typeof folder === 'string' && Array.isArray(files);
}

interface FilesInput {
  readonly folder: string;
  readonly files: Parameters<typeof fileChanges>[0];
}
