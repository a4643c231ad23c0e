/** The day's raw files: which count, and whether they are still the ones the job began with. */
import { LakeError } from './failure.ts';
import { fingerprint } from './fingerprint.ts';
import { assertNoPattern } from './stores/path-characters.ts';
import type { FolderListing, ListedObject, ObjectStore } from './stores/store.ts';

/** Where raw files lie: a folder in a store. */
export interface InputFolder {
  readonly store: ObjectStore;
  /** Key of the folder; '' for the root of the store. */
  readonly prefix: string;
}

export interface FrozenFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly etag: string;
  /** What Spark is given. */
  readonly url: string;
}

export interface FrozenFiles {
  readonly files: readonly FrozenFile[];
  readonly fingerprint: string;
  /** As the manifest records it. */
  readonly input: {
    readonly source: 'files';
    readonly folder: string;
    readonly files: readonly Omit<FrozenFile, 'url'>[];
    readonly ignored: readonly string[];
  };
}

const ENDING = /\.(json|jsonl|ndjson)(\.gz|\.zst)?$/;

/**
 * Lists the day's files and remembers their sizes and etags.
 *
 * @throws LakeError no-input, or usage naming what does not belong
 */
export async function freezeInputFiles(landing: InputFolder, options: { allowEmpty: boolean }): Promise<FrozenFiles> {
  const folder = landing.store.url(landing.prefix);
  const { files, ignored } = chooseFiles(await listLanding(landing), folder);
  if (files.length === 0 && !options.allowEmpty) {
    const seen = ignored.length === 0 ? '' : ` (ignored: ${ignored.join(', ')})`;
    const expected = 'expected are .json, .jsonl or .ndjson files, each optionally .gz or .zst';
    const advice = 'If the day had no events, run it with --allow-empty';
    throw new LakeError('no-input', `no input in ${folder}${seen}: ${expected}. ${advice}`);
  }
  const input = { source: 'files', folder, files: files.map(withoutKey), ignored } as const;
  const urls = files.map((file) => ({ ...withoutKey(file), url: landing.store.url(join(landing.prefix, file.key)) }));
  return { files: urls, fingerprint: fingerprint(input.files), input };
}

/** @throws LakeError input-changed, naming the files that were added, removed or written since they were frozen */
export async function assertSameListing(landing: InputFolder, frozen: FrozenFiles): Promise<void> {
  const folder = landing.store.url(landing.prefix);
  const now = chooseFiles(await listLanding(landing), folder).files.map(withoutKey);
  const changed = changedNames(frozen.input.files, now);
  if (changed.length === 0) return;
  const message = `the input changed while it was read: ${changed.join(', ')} in ${folder}. Nothing was published; run it again`;
  throw new LakeError('input-changed', message);
}

/** Nobody has to make an empty folder for a day without events; but a folder that was named by hand must be there. */
async function listLanding({ store, prefix }: InputFolder): Promise<FolderListing> {
  const listing = await store.listFolder(prefix);
  if (listing !== undefined) return listing;
  const folder = store.url(prefix);
  const isNamed = prefix === '';
  const what = isNamed ? `--input ${folder}` : folder;
  if ((await store.head(prefix)) !== undefined) {
    throw new LakeError('usage', `${what} is a file, expected is a folder: name the folder that holds it`);
  }
  if (isNamed) throw new LakeError('usage', `${what} does not exist`);
  return { objects: [], folders: [] };
}

/** Names that begin with _ or . and other endings are ignored, as everywhere in the Hadoop world; folders end in `/`. */
export function chooseFiles(listing: FolderListing, folder: string): { files: ListedObject[]; ignored: string[] } {
  const sub = listing.folders.find((name) => !isHidden(name));
  if (sub !== undefined) {
    const advice = "a day's files lie directly in its folder: move them up, or it away";
    throw new LakeError('usage', `${folder} contains the sub-folder ${sub}; ${advice}`);
  }
  const files = listing.objects.filter(isInput);
  for (const { key } of files) assertNoPattern(key, `the file ${JSON.stringify(key)} in ${folder}`);
  const others = listing.objects.filter((file) => !isInput(file)).map((file) => file.key);
  return { files, ignored: [...others, ...listing.folders.map((name) => `${name}/`)].toSorted() };
}

const isHidden = (name: string): boolean => /^[._]/.test(name);
const isInput = (file: ListedObject): boolean => !isHidden(file.key) && ENDING.test(file.key);

function changedNames(before: readonly Omit<FrozenFile, 'url'>[], after: readonly Omit<FrozenFile, 'url'>[]): string[] {
  const key = (file: Omit<FrozenFile, 'url'>): string => JSON.stringify([file.name, file.sizeBytes, file.etag]);
  const old = new Set(before.map(key));
  const now = new Set(after.map(key));
  const changed = [...before.filter((file) => !now.has(key(file))), ...after.filter((file) => !old.has(key(file)))];
  return [...new Set(changed.map((file) => file.name))];
}

const withoutKey = ({ key, sizeBytes, etag }: ListedObject) => ({ name: key, sizeBytes, etag });
const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}/${name}`);
