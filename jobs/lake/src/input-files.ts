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
  /** URL that Spark reads. */
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
const EXPECTED = 'expected are .json, .jsonl or .ndjson files, each optionally .gz or .zst';

/**
 * Lists the day's files and remembers their sizes and etags.
 *
 * @throws LakeError no-input, or usage naming what does not belong
 */
export async function freezeInputFiles(landing: InputFolder, options: { allowEmpty: boolean }): Promise<FrozenFiles> {
  const folder = landing.store.url(landing.prefix);
  const { files, ignored } = chooseFiles(await listLanding(landing), folder);
  if (files.length === 0 && !options.allowEmpty) {
    const seen = ignored.length === 0 ? '' : ` (ignored: ${ignored.map(nameText).join(', ')})`;
    const advice = 'If the day had no events, run it with --allow-empty';
    throw new LakeError('no-input', `no input in ${folder}${seen}: ${EXPECTED}. ${advice}`);
  }
  const input = { source: 'files', folder, files: files.map(withoutKey), ignored } as const;
  const urls = files.map((file) => ({ ...withoutKey(file), url: landing.store.url(join(landing.prefix, file.key)) }));
  return { files: urls, fingerprint: fingerprint(input.files), input };
}

/** @throws LakeError input-changed, naming the files that were added, removed or written since they were frozen */
export async function assertSameListing(landing: InputFolder, frozen: FrozenFiles): Promise<void> {
  const folder = landing.store.url(landing.prefix);
  const now = chooseFiles(await listLanding(landing), folder).files.map(withoutKey);
  const changed = fileChanges(frozen.input.files, now).map(({ name }) => name);
  if (changed.length === 0) return;
  const message = `the input changed while it was read: ${changed.join(', ')} in ${folder}. Nothing was published; run it again`;
  throw new LakeError('input-changed', message);
}

/** A day without events needs no folder; but a folder that was named by hand must exist. */
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
  return { objects: [], folders: [], others: [] };
}

/**
 * Names that begin with _ or . and other endings are ignored, as everywhere in the Hadoop world; folders end in `/`.
 *
 * @throws LakeError usage for a sub-folder or a pattern, unreadable-input for what cannot be read as a file
 */
export function chooseFiles(listing: FolderListing, folder: string): { files: ListedObject[]; ignored: string[] } {
  const sub = listing.folders.find((name) => !isHidden(name));
  if (sub !== undefined) {
    const advice = "a day's files lie directly in its folder: move them up, or it away";
    throw new LakeError('usage', `${folder} contains the sub-folder ${nameText(sub)}; ${advice}`);
  }
  const unreadable = listing.others.find(({ name }) => isInputName(name));
  if (unreadable !== undefined) {
    const what = `${nameText(unreadable.name)} in ${folder} cannot be read: ${unreadable.is}`;
    throw new LakeError('unreadable-input', `${what}; repair it, rename it or move it away`);
  }
  const files = listing.objects.filter(({ key }) => isInputName(key));
  for (const { key } of files) assertNoPattern(key, `the file ${JSON.stringify(key)} in ${folder}`);
  const ignored = [
    ...listing.objects.map(({ key }) => key).filter((name) => !isInputName(name)),
    ...listing.others.map(({ name }) => name),
    ...listing.folders.map((name) => `${name}/`),
  ];
  return { files, ignored: ignored.toSorted() };
}

const isHidden = (name: string): boolean => /^[._]/.test(name);
const isInputName = (name: string): boolean => !isHidden(name) && ENDING.test(name);

/** Names are data: quoted where one could be taken for the text around it, or for an order to the terminal. */
function nameText(name: string): string {
  if (/^[\p{L}\p{M}\p{N}._=+/-]+$/u.test(name)) return name;
  return JSON.stringify(name).replaceAll(
    /[\p{Cc}\p{Cf}]/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const MAX_NAMES = 10;

/** For the console. @returns undefined where nothing was left out */
export function leftOutText({ input: { folder, ignored } }: Pick<FrozenFiles, 'input'>): string | undefined {
  if (ignored.length === 0) return undefined;
  const more = ignored.length > MAX_NAMES ? ` and ${ignored.length - MAX_NAMES} more` : '';
  const names = ignored.slice(0, MAX_NAMES).map(nameText).join(', ');
  return `left out in ${folder}: ${names}${more} (${EXPECTED}, and names that do not begin with _ or .)`;
}

type FileFacts = Omit<FrozenFile, 'url'>;

/** How a folder differs from what it was. */
export interface FileChange {
  readonly name: string;
  readonly change: 'added' | 'removed' | 'written';
}

/** @param isSame whether two files of one name have the same content, as far as a listing shows it */
export function fileChanges(
  before: readonly FileFacts[],
  after: readonly FileFacts[],
  isSame = (a: FileFacts, b: FileFacts): boolean => a.sizeBytes === b.sizeBytes && a.etag === b.etag,
): FileChange[] {
  const [old, now] = [byName(before), byName(after)];
  const gone = before.flatMap((file): FileChange[] => {
    const same = now.get(file.name);
    if (same === undefined) return [{ name: file.name, change: 'removed' }];
    return isSame(file, same) ? [] : [{ name: file.name, change: 'written' }];
  });
  const added = after.filter(({ name }) => !old.has(name));
  return [...gone, ...added.map(({ name }): FileChange => ({ name, change: 'added' }))];
}

const byName = (files: readonly FileFacts[]) => new Map(files.map((file) => [file.name, file]));

const withoutKey = ({ key, sizeBytes, etag }: ListedObject) => ({ name: key, sizeBytes, etag });
const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}/${name}`);
